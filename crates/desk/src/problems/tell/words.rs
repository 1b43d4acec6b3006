//! The words everybody is told in. Both languages, as far as somebody reads them.

use std::collections::BTreeMap;

use db::Read;
use serde::Deserialize;

use crate::access::{self, Action, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Refusal, Result};
use crate::ids::{ProblemNumber, TicketNumber};
use crate::problems::affected::{Affected, all_affected};
use crate::problems::problem::Part;
use crate::problems::store;
use crate::tickets::{self, Stage};
use crate::words::Lang;

/// What is said to all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewTelling {
    pub reply_en: String,
    pub reply_fr: String,
    /// Whoever reads the language that is not written may get the other.
    pub either: bool,
}

impl NewTelling {
    fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.reply_en,
            Lang::Fr => &self.reply_fr,
        }
    }

    /// What a reader of that language gets.
    pub(super) fn reply(&self, lang: Lang) -> &str {
        match self.text(lang) {
            "" => self.text(lang.other()),
            text => text,
        }
    }
}

const FIELDS: [(Lang, &str); 2] = [(Lang::En, "reply_en"), (Lang::Fr, "reply_fr")];
const MOST_WORDS: usize = 20_000;

/// Refuses words that are missing in a language somebody reads, naming it and how many read it, unless the other may
/// stand in. Nothing is sent in a language that nobody asked for unseen.
pub(super) fn checked(given: &NewTelling, readers: &BTreeMap<Lang, i64>) -> Result<NewTelling> {
    let new = NewTelling {
        reply_en: given.reply_en.trim().to_string(),
        reply_fr: given.reply_fr.trim().to_string(),
        either: given.either,
    };
    let mut checks = Checks::default();
    for (lang, field) in FIELDS {
        checks.at_most(new.text(lang), MOST_WORDS, field);
    }
    checks.done()?;
    let missing = |lang: Lang| readers.contains_key(&lang) && new.text(lang).is_empty();
    let other_stands_in = |lang: Lang| new.either && !new.text(lang.other()).is_empty();
    let refusals: Vec<Refusal> = FIELDS
        .into_iter()
        .filter(|(lang, _)| missing(*lang) && !other_stands_in(*lang))
        .map(|(lang, field)| Refusal {
            field,
            key: if lang == Lang::En {
                "refused-told-en"
            } else {
                "refused-told-fr"
            },
            number: readers.get(&lang).copied(),
        })
        .collect();
    if refusals.is_empty() {
        Ok(new)
    } else {
        Err(Error::Refused(refusals))
    }
}

/// Of those affected, the ones that are still open and that this viewer may work on; and how many read each language.
pub(super) fn to_tell(
    r: &mut Read,
    cx: &Context,
    affected: &[Affected],
) -> Result<(Vec<TicketNumber>, BTreeMap<Lang, i64>)> {
    let mut numbers = Vec::new();
    let mut readers = BTreeMap::new();
    for one in affected.iter().filter(|one| one.status.stage() != Stage::Done) {
        let may = match tickets::find_inside(r, cx, one.number) {
            Ok(ticket) => access::may(&cx.viewer, Action::Work, &ticket),
            Err(Error::NotFound) => false,
            Err(fault) => return Err(fault),
        };
        if may {
            numbers.push(one.number);
            *readers.entry(one.language).or_default() += 1;
        }
    }
    Ok((numbers, readers))
}

/// What "tell everybody" would do now: for the page that asks first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    pub tickets: Vec<TicketNumber>,
    pub readers: BTreeMap<Lang, i64>,
    /// What is offered to be sent: the fix, as far as it is written.
    pub offered: NewTelling,
}

pub fn preview(r: &mut Read, cx: &Context, number: ProblemNumber) -> Result<Preview> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let problem = store::load(r, number)?;
    let affected = all_affected(r, number)?;
    let (tickets, readers) = to_tell(r, cx, &affected)?;
    Ok(Preview {
        tickets,
        readers,
        offered: NewTelling {
            reply_en: problem.text(Part::Fix, Lang::En).to_string(),
            reply_fr: problem.text(Part::Fix, Lang::Fr).to_string(),
            either: false,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(en: &str, fr: &str, either: bool) -> NewTelling {
        NewTelling {
            reply_en: en.into(),
            reply_fr: fr.into(),
            either,
        }
    }

    fn refused(given: &NewTelling, readers: &[(Lang, i64)]) -> Vec<(&'static str, Option<i64>)> {
        match checked(given, &readers.iter().copied().collect()) {
            Err(Error::Refused(all)) => all.iter().map(|r| (r.key, r.number)).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_language_somebody_reads_must_be_written_unless_the_other_may_stand_in() {
        let both = [(Lang::En, 7), (Lang::Fr, 2)];
        assert!(refused(&words("Done.", "C’est fait.", false), &both).is_empty());
        assert!(
            refused(&words("Done.", "", false), &both[..1]).is_empty(),
            "nobody reads French"
        );
        assert_eq!(
            refused(&words("Done.", " ", false), &both),
            [("refused-told-fr", Some(2))]
        );
        assert!(refused(&words("Done.", "", true), &both).is_empty());
        assert_eq!(refused(&words("", "", true), &both).len(), 2, "there is no other");
        assert!(refused(&words("", "", false), &[]).is_empty(), "nobody is told");
    }

    #[test]
    fn each_reads_his_own_language_first() {
        let given = words("Done.", "C’est fait.", true);
        assert_eq!((given.reply(Lang::En), given.reply(Lang::Fr)), ("Done.", "C’est fait."));
        assert_eq!(words("Done.", "", true).reply(Lang::Fr), "Done.");
    }
}
