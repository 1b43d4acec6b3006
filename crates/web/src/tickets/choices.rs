//! What can be chosen in the forms of a ticket: value, words, and whether it is the one that stands.

use desk::people::Technician;
use desk::teams::Team;
use desk::topics::Topic;

use crate::layout::Shell;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

/// A fixed list of words, each with its own sentence.
pub(crate) fn of_words(shell: &Shell, key: impl Fn(&str) -> String, words: &[&str], chosen: &str) -> Vec<Choice> {
    let choice = |word: &&str| Choice {
        value: (*word).to_string(),
        words: shell.t(&key(word)),
        chosen: *word == chosen,
    };
    words.iter().map(choice).collect()
}

/// Nobody, or nothing: the empty choice on top of a list.
pub(crate) fn none(words: String, chosen: bool) -> Choice {
    Choice {
        value: String::new(),
        words,
        chosen,
    }
}

pub(crate) fn of_technicians(all: &[Technician], chosen: &str) -> Vec<Choice> {
    let choice = |t: &Technician| choice(t.id.0, t.name.clone(), chosen);
    all.iter().map(choice).collect()
}

pub(crate) fn of_teams(shell: &Shell, all: &[Team], chosen: &str) -> Vec<Choice> {
    all.iter()
        .map(|t| choice(t.id.0, t.name(shell.lang).to_string(), chosen))
        .collect()
}

/// The tree of two levels as one list: "Network: Wi-Fi". Retired topics stay only where they stand already.
pub(crate) fn of_topics(shell: &Shell, all: &[Topic], chosen: &str) -> Vec<Choice> {
    let shown = |t: &&Topic| !t.retired || t.id.0.to_string() == chosen;
    let mut list: Vec<Choice> = all
        .iter()
        .filter(shown)
        .map(|t| choice(t.id.0, topic_words(shell, all, t), chosen))
        .collect();
    list.sort_by(|a, b| a.words.cmp(&b.words));
    list
}

pub(crate) fn topic_words(shell: &Shell, all: &[Topic], topic: &Topic) -> String {
    let parent = all.iter().find(|t| Some(t.id) == topic.parent);
    match parent {
        Some(parent) => shell.t2(
            "topic-path",
            "parent",
            parent.name(shell.lang),
            "topic",
            topic.name(shell.lang),
        ),
        None => topic.name(shell.lang).to_string(),
    }
}

fn choice(id: i64, words: String, chosen: &str) -> Choice {
    let value = id.to_string();
    Choice {
        chosen: value == chosen,
        value,
        words,
    }
}
