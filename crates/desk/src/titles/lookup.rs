//! A title looked up by what somebody typed: in either language, with or without accents, and with typing errors. Pure.

use std::sync::LazyLock;

use super::directory::{Group, Job, former, groups, is_ours, ours};
use crate::words::{Lang, fold};

/// More are not read.
pub const MOST_HITS: usize = 40;
/// Words of a question that are looked at.
const MOST_WORDS: usize = 8;
/// Letters of a word that are looked at.
const LONGEST: usize = 30;

/// A group, or one of its job titles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub group: &'static Group,
    pub job: Option<&'static Job>,
}

struct Entry {
    hit: Hit,
    lang: Lang,
    words: Vec<String>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for group in groups() {
        for lang in [Lang::En, Lang::Fr] {
            all.push(Entry {
                hit: Hit { group, job: None },
                lang,
                words: words_of(group.title.of(lang)),
            });
        }
        let jobs = ours().jobs.iter().filter(|_| is_ours(&group.code));
        all.extend(jobs.map(|job| Entry {
            hit: Hit { group, job: Some(job) },
            lang: job.lang,
            words: words_of(&job.words),
        }));
    }
    all
});

/// The best first; nothing for words that say nothing. A code, or one from before 2021, finds its group.
pub fn look_up(typed: &str, lang: Lang) -> Vec<Hit> {
    let wanted: Vec<String> = words_of(typed).into_iter().take(MOST_WORDS).collect();
    if let [code] = wanted.as_slice()
        && code.bytes().all(|b| b.is_ascii_digit())
    {
        return by_code(code);
    }
    let mut found: Vec<_> = ENTRIES
        .iter()
        .filter_map(|entry| Some((rank(entry, &wanted, lang)?, entry.hit)))
        .collect();
    found.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.group.code.cmp(&b.group.code)));
    let mut hits: Vec<Hit> = Vec::new();
    for (_, hit) in found {
        if hits.len() < MOST_HITS && !hits.contains(&hit) {
            hits.push(hit);
        }
    }
    hits
}

fn by_code(code: &str) -> Vec<Hit> {
    let fits = |group: &&'static Group| group.code.starts_with(code) || former(&group.code) == Some(code);
    let hits = groups().filter(fits).map(|group| Hit { group, job: None });
    hits.take(MOST_HITS).collect()
}

/// The lower the nearer: how far the words are from those typed, whose work it is, in whose language, how many more
/// words there are. Every word typed must be found.
fn rank(entry: &Entry, wanted: &[String], lang: Lang) -> Option<(usize, bool, bool, usize)> {
    if wanted.is_empty() {
        return None;
    }
    let mut far = 0;
    for word in wanted {
        far += entry.words.iter().filter_map(|there| distance(word, there)).min()?;
    }
    let elsewhere = !is_ours(&entry.hit.group.code);
    Some((far, elsewhere, entry.lang != lang, entry.words.len()))
}

/// 0 for the word itself, 1 for its beginning, 2 for each typing error that is forgiven.
fn distance(typed: &str, there: &str) -> Option<usize> {
    if typed == there {
        return Some(0);
    }
    let letters = typed.chars().count();
    if letters >= 3 && there.starts_with(typed) {
        return Some(1);
    }
    let most = match letters {
        ..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    let errors = errors(typed, there);
    (errors <= most).then(|| 2 * errors)
}

/// Letters left out, put in, changed, or two of them turned round.
fn errors(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        (before, last) = (last, row);
    }
    last[b.len()]
}

/// Words that stand in every title and tell nothing apart.
const SMALL: [&str; 18] = [
    "a", "and", "au", "aux", "d", "de", "des", "du", "en", "et", "for", "in", "l", "la", "le", "les", "of", "the",
];

fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !SMALL.contains(word))
        .map(|word| word.chars().take(LONGEST).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(typed: &str, lang: Lang) -> String {
        let hits = look_up(typed, lang);
        let hit = hits.first().unwrap_or_else(|| panic!("nothing for {typed:?}"));
        hit.job
            .map_or(hit.group.title.of(lang).to_string(), |job| job.words.clone())
    }

    #[test]
    fn a_title_is_found_in_both_languages_without_accents_and_with_typing_errors() {
        for (typed, lang, wanted) in [
            ("help desk technician", Lang::En, "Help desk technician"),
            ("hlep desk tecnician", Lang::En, "Help desk technician"),
            ("HELP DESK SUPERVISOR", Lang::En, "Computer help desk supervisor"),
            (
                "superviseur du soutien",
                Lang::Fr,
                "Superviseur/superviseure du soutien technique",
            ),
            (
                "technicienne bureau depannage",
                Lang::Fr,
                "Technicien/technicienne de bureau de dépannage",
            ),
            ("analiste sotien technique", Lang::Fr, "Analyste en soutien technique"),
            ("user support technicians", Lang::En, "User support technicians"),
            ("cybersecurity", Lang::En, "Cybersecurity specialists"),
            ("cybersecurite", Lang::Fr, "Spécialistes de la cybersécurité"),
        ] {
            assert_eq!(first(typed, lang), wanted, "{typed}");
        }
        let french = look_up("agente de soutien technique", Lang::En);
        assert!(
            french[0].job.is_some_and(|job| job.lang == Lang::Fr),
            "in the other language too"
        );
    }

    #[test]
    fn a_code_finds_its_group_and_so_does_the_one_before() {
        let codes = |typed| {
            let hits = look_up(typed, Lang::En);
            hits.into_iter().map(|hit| hit.group.code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(codes("22221"), ["22221"]);
        assert_eq!(codes("2282"), ["22221"]);
        assert_eq!(codes("2171"), ["21220", "21222"]);
        assert_eq!(codes("2222"), ["22220", "22221", "22222"]);
    }

    #[test]
    fn words_that_are_no_title_find_nothing() {
        for typed in [
            "",
            " ",
            "de la",
            "xylophonist quark",
            "zz",
            "desk xylophonist",
            "\u{0}\u{301}",
        ] {
            assert!(look_up(typed, Lang::En).is_empty(), "{typed:?}");
        }
        assert!(look_up("technicians", Lang::En).len() <= MOST_HITS);
    }

    #[test]
    fn two_letters_turned_round_are_one_error() {
        for (one, other, wanted) in [
            ("hlep", "help", 1),
            ("desk", "desks", 1),
            ("desk", "dusk", 1),
            ("abcd", "dcba", 3),
        ] {
            assert_eq!(errors(one, other), wanted, "{one} {other}");
        }
    }
}
