//! What a list offers to choose from, and reading what was chosen.

use desk::Error;
use desk::teams::Team;
use desk::words::Lang;

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) words: String,
}

impl Choice {
    pub(super) fn new(value: &impl ToString, words: impl Into<String>) -> Choice {
        Choice {
            value: value.to_string(),
            words: words.into(),
        }
    }

    pub(super) fn is(&self, chosen: &str) -> bool {
        self.value == chosen
    }
}

/// All teams, after the words for none.
pub(super) fn teams(lang: Lang, none: String, teams: &[Team]) -> Vec<Choice> {
    let each = teams.iter().map(|team| Choice::new(&team.id, team.name(lang)));
    [Choice::new(&"", none)].into_iter().chain(each).collect()
}

/// The number that was chosen; nothing for the first line of the list.
pub(super) fn number(text: &str, field: &'static str, key: &'static str) -> desk::Result<Option<i64>> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().map_err(|_| Error::refused(field, key))?;
    Ok(Some(number))
}
