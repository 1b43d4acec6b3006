//! The directory itself, compiled in and read once. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::words::{Both, Lang, sheet};

/// The unit group this desk is for: user support technicians.
pub const OURS: &str = "22221";

/// A unit group of the classification.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Five digits.
    pub code: String,
    pub title: Both,
}

impl Group {
    /// The broad category of the work: the first digit.
    pub fn broad(&self) -> &str {
        &self.code[..1]
    }

    /// What the work asks for in training, education, experience and responsibilities, 0 to 5: the second digit.
    pub fn teer(&self) -> &str {
        &self.code[1..2]
    }

    /// Major, sub-major and minor group: the code's first two, three and four digits.
    pub fn above(&self) -> [&str; 3] {
        [&self.code[..2], &self.code[..3], &self.code[..4]]
    }
}

/// A job title of the work this desk is for, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub words: String,
    pub lang: Lang,
}

/// What is known of the work this desk is for beyond its title.
#[derive(Debug)]
pub struct Ours {
    /// In the same order in both languages.
    pub duties: Vec<Both>,
    pub requirements: Vec<Both>,
    /// Each language by its own alphabet: the lists are not parallel.
    pub jobs: Vec<Job>,
}

/// A group that takes over what is beyond the first line, with the code the classification gave it until 2016.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalation {
    pub code: &'static str,
    pub former: &'static str,
}

/// In the order in which they are asked most.
pub const ESCALATIONS: [Escalation; 5] = [
    Escalation {
        code: "22220",
        former: "2281",
    },
    Escalation {
        code: "21230",
        former: "2174",
    },
    Escalation {
        code: "21222",
        former: "2171",
    },
    Escalation {
        code: "21220",
        former: "2171",
    },
    Escalation {
        code: "22222",
        former: "2283",
    },
];

/// The code before 2021 of a group we know it of.
pub fn former(code: &str) -> Option<&'static str> {
    if code == OURS {
        return Some("2282");
    }
    let found = ESCALATIONS.iter().find(|one| one.code == code)?;
    Some(found.former)
}

pub fn is_ours(code: &str) -> bool {
    code == OURS
}

static GROUPS: LazyLock<BTreeMap<String, Group>> = LazyLock::new(|| {
    let rows = sheet::rows(include_str!("../../data/noc/unit_groups.csv"), ',');
    let group = |cells: Vec<String>| {
        let [code, en, fr] = cells.try_into().ok()?;
        let digits = code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
        let title = Both { en, fr };
        digits.then_some((code.clone(), Group { code, title }))
    };
    rows.into_iter().filter_map(|row| group(row.cells)).collect()
});

#[derive(Deserialize)]
struct Words {
    en: Vec<String>,
    fr: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    main_duties: Words,
    job_titles: Words,
    requirements: Words,
}

static OURS_WORDS: LazyLock<Ours> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("../../data/noc/22221.json"))
        .expect("invariant: the file is compiled in, and a test reads it");
    let both = |words: Words| {
        let pairs = words.en.into_iter().zip(words.fr);
        pairs.map(|(en, fr)| Both { en, fr }).collect()
    };
    let jobs = |words: Vec<String>, lang| words.into_iter().map(move |words| Job { words, lang });
    let all = jobs(file.job_titles.en, Lang::En).chain(jobs(file.job_titles.fr, Lang::Fr));
    Ours {
        duties: both(file.main_duties),
        requirements: both(file.requirements),
        jobs: all.collect(),
    }
});

pub fn ours() -> &'static Ours {
    &OURS_WORDS
}

/// All 516, by code.
pub(super) fn groups() -> impl Iterator<Item = &'static Group> {
    GROUPS.values()
}

pub fn group(code: &str) -> Option<&'static Group> {
    GROUPS.get(code)
}

/// The other groups of the same minor group; of the work this desk is for also those it is taken for.
pub fn neighbours(group: &Group) -> Vec<&'static Group> {
    let minor = &group.code[..4];
    let escalation = |code: &str| is_ours(&group.code) && ESCALATIONS.iter().any(|one| one.code == code);
    let near = |other: &&Group| other.code != group.code && (other.code.starts_with(minor) || escalation(&other.code));
    groups().filter(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directory_is_whole_in_both_languages() {
        assert_eq!(groups().count(), 516);
        assert!(groups().all(|group| !group.title.en.is_empty() && !group.title.fr.is_empty()));
        let ours = ours();
        assert_eq!((ours.duties.len(), ours.requirements.len()), (8, 3));
        let of = |lang| ours.jobs.iter().filter(|job| job.lang == lang).count();
        assert_eq!((of(Lang::En), of(Lang::Fr)), (29, 30));
    }

    #[test]
    fn a_code_says_where_the_work_stands() {
        let group = group(OURS).unwrap();
        assert_eq!((group.broad(), group.teer()), ("2", "2"));
        assert_eq!(group.above(), ["22", "222", "2222"]);
        assert_eq!(super::group("99999"), None);
    }

    #[test]
    fn what_is_not_this_work_is_its_neighbour_and_has_its_former_code() {
        let codes = |code: &str| {
            let all = neighbours(group(code).unwrap());
            all.into_iter().map(|group| group.code.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(codes(OURS), ["21220", "21222", "21230", "22220", "22222"]);
        assert_eq!(codes("22220"), ["22221", "22222"]);
        assert!(ESCALATIONS.iter().all(|one| group(one.code).is_some()));
        assert_eq!((former("21230"), former("00010")), (Some("2174"), None));
    }
}
