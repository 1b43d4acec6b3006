//! Who looks at a ticket now, and who types a reply to it. It lives in the memory of this node alone: nothing of it is
//! stored, nothing is an event, and what is not said again is forgotten after twenty seconds.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use desk::clock::SECOND;
use desk::{PersonId, TicketNumber, Time};

/// What was not said again for so long is over.
pub(super) const FORGOTTEN: i64 = 20 * SECOND;
/// All that is remembered; who comes beyond that is not shown.
const MOST: usize = 4096;
/// More tickets than anybody looks at.
const MOST_OF_ONE: usize = 40;

#[derive(Debug, Default)]
pub(super) struct Presence {
    here: Mutex<BTreeMap<(TicketNumber, PersonId), Here>>,
}

#[derive(Debug)]
struct Here {
    name: String,
    looked: Time,
    /// When he last typed a reply; nothing while he does not.
    wrote: Option<Time>,
}

/// Somebody who looks at a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Looker {
    pub person: PersonId,
    pub name: String,
    pub writes: bool,
}

impl Presence {
    fn all(&self) -> MutexGuard<'_, BTreeMap<(TicketNumber, PersonId), Here>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody is still there. Whether that is news to others.
    pub(super) fn say(&self, number: TicketNumber, person: PersonId, name: &str, writes: bool, now: Time) -> bool {
        let mut all = self.all();
        let wrote = writes.then_some(now);
        if let Some(here) = all.get_mut(&(number, person)) {
            let news = here.wrote.is_some() != writes;
            (here.looked, here.wrote) = (now, wrote);
            return news;
        }
        let own = all.keys().filter(|(_, who)| *who == person).count();
        if all.len() >= MOST || own >= MOST_OF_ONE {
            return false;
        }
        let here = Here {
            name: name.to_string(),
            looked: now,
            wrote,
        };
        all.insert((number, person), here);
        true
    }

    pub(super) fn leave(&self, number: TicketNumber, person: PersonId) -> bool {
        self.all().remove(&(number, person)).is_some()
    }

    /// Forgets what is over; the tickets it was about.
    pub(super) fn sweep(&self, now: Time) -> Vec<TicketNumber> {
        let mut changed = Vec::new();
        self.all().retain(|(number, _), here| {
            let gone = now.since(here.looked) >= FORGOTTEN;
            let rests = here.wrote.is_some_and(|at| now.since(at) >= FORGOTTEN);
            if rests {
                here.wrote = None;
            }
            if gone || rests {
                changed.push(*number);
            }
            !gone
        });
        changed.dedup();
        changed
    }

    /// Who looks at a ticket besides one.
    pub(super) fn of(&self, number: TicketNumber, but: PersonId, now: Time) -> Vec<Looker> {
        let all = self.all();
        let here = all.range((number, PersonId(i64::MIN))..=(number, PersonId(i64::MAX)));
        let fresh = |at: Time| now.since(at) < FORGOTTEN;
        here.filter(|((_, person), here)| *person != but && fresh(here.looked))
            .map(|((_, person), here)| Looker {
                person: *person,
                name: here.name.clone(),
                writes: here.wrote.is_some_and(fresh),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: TicketNumber = TicketNumber(1001);
    const CEDAR: PersonId = PersonId(1);
    const SPRUCE: PersonId = PersonId(2);

    fn at(seconds: i64) -> Time {
        Time(seconds * SECOND)
    }

    fn seen(presence: &Presence, now: Time) -> Vec<(String, bool)> {
        let here = presence.of(ONE, SPRUCE, now);
        here.into_iter().map(|one| (one.name, one.writes)).collect()
    }

    #[test]
    fn who_says_nothing_for_twenty_seconds_is_gone() {
        let presence = Presence::default();
        assert!(presence.say(ONE, CEDAR, "Cedar", true, at(0)), "it is news");
        assert!(
            !presence.say(ONE, CEDAR, "Cedar", true, at(5)),
            "the same again is none"
        );
        presence.say(ONE, SPRUCE, "Spruce", false, at(5));
        assert_eq!(
            seen(&presence, at(24)),
            [("Cedar".to_string(), true)],
            "oneself is not shown"
        );
        assert!(presence.sweep(at(24)).is_empty());
        assert_eq!(presence.sweep(at(25)), [ONE], "both at once are one piece of news");
        assert!(seen(&presence, at(25)).is_empty() && presence.all().is_empty());
    }

    #[test]
    fn who_stops_typing_still_looks() {
        let presence = Presence::default();
        presence.say(ONE, CEDAR, "Cedar", true, at(0));
        assert!(presence.say(ONE, CEDAR, "Cedar", false, at(10)), "he stopped: news");
        assert_eq!(seen(&presence, at(11)), [("Cedar".to_string(), false)]);
        assert!(presence.leave(ONE, CEDAR) && !presence.leave(ONE, CEDAR));
    }

    #[test]
    fn it_is_bounded_by_person_and_in_all() {
        let presence = Presence::default();
        let looks =
            |person: i64, number: i64| presence.say(TicketNumber(number), PersonId(person), "Larch", false, at(0));
        assert_eq!((0..100).filter(|n| looks(1, *n)).count(), MOST_OF_ONE);
        (2..200).for_each(|person| (0..40).for_each(|n| _ = looks(person, n)));
        assert_eq!(presence.all().len(), MOST);
    }
}
