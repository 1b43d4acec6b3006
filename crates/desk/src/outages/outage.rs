//! An outage as it is kept, and what a new one must have. Pure.

use serde::{Deserialize, Serialize};

use crate::clock::{DAY, MINUTE, Time};
use crate::error::Checks;
use crate::ids::{OutageNumber, PersonId, ServiceId, TicketNumber};
use crate::words::Both;

db::text_enum! {
    pub enum Phase {
        Investigating => "investigating",
        /// The cause is known.
        Identified => "identified",
        /// Mended, it seems.
        Watching => "watching",
        Over => "over",
    }
}
db::text_enum! {
    /// What it does to a service; the later is the worse.
    pub enum Effect { Disturbed => "disturbed", Down => "down" }
}

/// A service, and what the outage does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub service: ServiceId,
    pub effect: Effect,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outage {
    pub number: OutageNumber,
    pub title: Both,
    pub phase: Phase,
    /// Requesters are told of it.
    pub shown: bool,
    /// Among technicians.
    pub note: String,
    pub began_at: Time,
    pub ended_at: Option<Time>,
    pub services: Vec<Hit>,
    pub opened_by: PersonId,
    pub removed: bool,
    pub created_at: Time,
}

/// What is said of an outage when it is opened, and when it is edited; `words` and `tickets` only when it is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct NewOutage {
    pub title: Both,
    /// The first update.
    pub words: Both,
    pub phase: Phase,
    pub shown: bool,
    pub note: String,
    /// Now, when it is not said.
    pub began_at: Option<Time>,
    pub services: Vec<Hit>,
    /// The tickets it explains.
    pub tickets: Vec<TicketNumber>,
}

impl Default for NewOutage {
    fn default() -> Self {
        NewOutage {
            title: Both::default(),
            words: Both::default(),
            phase: Phase::Investigating,
            shown: true,
            note: String::new(),
            began_at: None,
            services: Vec::new(),
            tickets: Vec::new(),
        }
    }
}

const MOST_SERVICES: usize = 50;
pub(super) const LONGEST_WORDS: usize = 5000;
/// Clocks differ by a little.
const SLACK: i64 = 5 * MINUTE;
/// What began earlier is no outage but how things are.
const EARLIEST: i64 = 366 * DAY;

impl NewOutage {
    /// One service once; the worse of two effects.
    pub(super) fn hits(&self) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for hit in &self.services {
            match hits.iter_mut().find(|kept| kept.service == hit.service) {
                Some(kept) => kept.effect = kept.effect.max(hit.effect),
                None => hits.push(*hit),
            }
        }
        hits.sort_by_key(|hit| hit.service);
        hits
    }

    /// A title in one language will do: the other is marked as missing until it is there.
    pub(super) fn check(&self, now: Time, checks: &mut Checks) {
        let title = self.title.tidied();
        let one_line = |text: &str| !text.chars().any(char::is_control);
        checks
            .check(!title.is_empty(), "title_en", "refused-empty")
            .at_most(&title.en, 200, "title_en")
            .at_most(&title.fr, 200, "title_fr")
            .check(one_line(&title.en), "title_en", "refused-one-line")
            .check(one_line(&title.fr), "title_fr", "refused-one-line")
            .at_most(&self.note, 20_000, "note")
            .check(self.services.len() <= MOST_SERVICES, "services", "refused-choice");
        if let Some(began) = self.began_at {
            checks
                .check(began <= now.plus(SLACK), "began_at", "refused-future")
                .check(began >= now.plus(-EARLIEST), "began_at", "refused-too-early");
        }
    }
}

/// The words of an update, in one language at least.
pub(super) fn check_words(words: &Both, needed: bool, checks: &mut Checks) {
    checks
        .check(!needed || !words.tidied().is_empty(), "words_en", "refused-empty")
        .at_most(&words.en, LONGEST_WORDS, "words_en")
        .at_most(&words.fr, LONGEST_WORDS, "words_fr");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_hit_once_and_the_worse_effect_counts() {
        let hit = |service, effect| Hit {
            service: ServiceId(service),
            effect,
        };
        let new = NewOutage {
            services: vec![
                hit(2, Effect::Disturbed),
                hit(1, Effect::Down),
                hit(2, Effect::Down),
                hit(1, Effect::Disturbed),
            ],
            ..NewOutage::default()
        };
        assert_eq!(new.hits(), [hit(1, Effect::Down), hit(2, Effect::Down)]);
    }

    #[test]
    fn a_title_in_one_language_will_do_and_none_will_not() {
        let sound = |en: &str, fr: &str| {
            let new = NewOutage {
                title: Both::new(en, fr),
                ..NewOutage::default()
            };
            let mut checks = Checks::default();
            new.check(Time(0), &mut checks);
            checks.done().is_ok()
        };
        assert!(sound("Mail is down", ""));
        assert!(sound("", "Le courriel est en panne"));
        assert!(!sound(" ", ""));
        assert!(!sound("two\nlines", ""));
    }
}
