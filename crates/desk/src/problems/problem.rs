//! One problem as it is kept, and the rules of its parts. Pure.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::ids::{PersonId, ProblemNumber, TopicId};
use crate::words::Lang;

db::text_enum! {
    pub enum ProblemState {
        /// Looked into.
        Open => "open",
        /// Its cause is known, or what helps until it is mended.
        KnownError => "known_error",
        /// What mends it is known, and not everywhere yet.
        FixFound => "fix_found",
        Solved => "solved",
        Closed => "closed",
    }
}

impl ProblemState {
    /// Somebody still has to do something about it.
    pub fn is_live(self) -> bool {
        !matches!(self, ProblemState::Solved | ProblemState::Closed)
    }
}

db::text_enum! {
    /// The texts of a problem, each in English and in French.
    pub enum Part {
        Title => "title", Symptom => "symptom", Cause => "cause", Workaround => "workaround", Fix => "fix",
    }
}

db::table! {
    /// Read by staff alone. What it knows of tickets is not here: that goes past the policy, ticket by ticket.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Problem {
        pub number: ProblemNumber,
        pub state: ProblemState,
        pub known_at: Option<Time>,
        pub title_en: String,
        pub title_fr: String,
        pub symptom_en: String,
        pub symptom_fr: String,
        pub cause_en: String,
        pub cause_fr: String,
        pub workaround_en: String,
        pub workaround_fr: String,
        pub fix_en: String,
        pub fix_fr: String,
        pub owner: Option<PersonId>,
        pub topic: Option<TopicId>,
        /// Requesters see its title and what helps while they write.
        pub public: bool,
        pub opened_at: Time,
        pub changed_at: Time,
        pub solved_at: Option<Time>,
    }
}

impl Problem {
    /// In that language alone; empty where it was not written.
    pub fn text(&self, part: Part, lang: Lang) -> &str {
        match (part, lang) {
            (Part::Title, Lang::En) => &self.title_en,
            (Part::Title, Lang::Fr) => &self.title_fr,
            (Part::Symptom, Lang::En) => &self.symptom_en,
            (Part::Symptom, Lang::Fr) => &self.symptom_fr,
            (Part::Cause, Lang::En) => &self.cause_en,
            (Part::Cause, Lang::Fr) => &self.cause_fr,
            (Part::Workaround, Lang::En) => &self.workaround_en,
            (Part::Workaround, Lang::Fr) => &self.workaround_fr,
            (Part::Fix, Lang::En) => &self.fix_en,
            (Part::Fix, Lang::Fr) => &self.fix_fr,
        }
    }

    /// In that language, else in the other, with the language it is in.
    pub fn text_or(&self, part: Part, lang: Lang) -> (Lang, &str) {
        let other = lang.other();
        match self.text(part, lang) {
            "" if !self.text(part, other).is_empty() => (other, self.text(part, other)),
            text => (lang, text),
        }
    }

    /// Written in one language at least.
    pub fn has(&self, part: Part) -> bool {
        !self.text_or(part, Lang::En).1.is_empty()
    }

    /// `P-12`; `KE-12` once it is a known error.
    pub fn name(&self) -> String {
        name_of(self.number, self.known_at.is_some())
    }

    /// It is compared with what comes in.
    pub fn is_matched(&self) -> bool {
        self.known_at.is_some() && self.state != ProblemState::Closed
    }
}

pub fn name_of(number: ProblemNumber, known: bool) -> String {
    format!("{}-{number}", if known { "KE" } else { "P" })
}

/// A problem as somebody names it: `P-12`, `ke 12` or `12`.
pub fn parse_name(text: &str) -> Option<ProblemNumber> {
    let text = text.trim().to_ascii_lowercase();
    let digits = ["ke", "p"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text);
    let digits = digits.trim_start_matches(['-', '\u{2011}', ' ', '#']);
    let number: i64 = digits
        .parse()
        .ok()
        .filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    Some(ProblemNumber(number))
}

/// What a person writes down of a problem; it is given whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewProblem {
    pub title_en: String,
    pub title_fr: String,
    pub symptom_en: String,
    pub symptom_fr: String,
    pub cause_en: String,
    pub cause_fr: String,
    pub workaround_en: String,
    pub workaround_fr: String,
    pub fix_en: String,
    pub fix_fr: String,
    pub owner: Option<PersonId>,
    pub topic: Option<TopicId>,
    pub public: bool,
}

impl NewProblem {
    /// Each text by the name of its field.
    pub(super) fn texts(&mut self) -> [(Part, &'static str, &mut String); 10] {
        [
            (Part::Title, "title_en", &mut self.title_en),
            (Part::Title, "title_fr", &mut self.title_fr),
            (Part::Symptom, "symptom_en", &mut self.symptom_en),
            (Part::Symptom, "symptom_fr", &mut self.symptom_fr),
            (Part::Cause, "cause_en", &mut self.cause_en),
            (Part::Cause, "cause_fr", &mut self.cause_fr),
            (Part::Workaround, "workaround_en", &mut self.workaround_en),
            (Part::Workaround, "workaround_fr", &mut self.workaround_fr),
            (Part::Fix, "fix_en", &mut self.fix_en),
            (Part::Fix, "fix_fr", &mut self.fix_fr),
        ]
    }

    /// What is to be written over an older one.
    pub(super) fn put_on(self, problem: &mut Problem) {
        problem.title_en = self.title_en;
        problem.title_fr = self.title_fr;
        problem.symptom_en = self.symptom_en;
        problem.symptom_fr = self.symptom_fr;
        problem.cause_en = self.cause_en;
        problem.cause_fr = self.cause_fr;
        problem.workaround_en = self.workaround_en;
        problem.workaround_fr = self.workaround_fr;
        problem.fix_en = self.fix_en;
        problem.fix_fr = self.fix_fr;
        problem.owner = self.owner;
        problem.topic = self.topic;
        problem.public = self.public;
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_named_as_people_write_it() {
        for (text, number) in [
            ("P-12", Some(12)),
            ("ke-12", Some(12)),
            ("KE\u{2011}12", Some(12)),
            (" p 12 ", Some(12)),
            ("12", Some(12)),
            ("", None),
            ("P-", None),
            ("P-1.5", None),
            ("P-+5", None),
            ("X-12", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(parse_name(text), number.map(ProblemNumber), "{text}");
        }
        assert_eq!(name_of(ProblemNumber(12), false), "P-12");
        assert_eq!(name_of(ProblemNumber(12), true), "KE-12");
    }
}
