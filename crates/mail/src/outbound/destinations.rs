//! A slow start for each place letters go to: two at a time, more with each that is taken, fewer and
//! later when the place is in trouble, so that a server that comes back is not pushed over again.
//! Pure: the time is an argument, in microseconds since 1970.

use std::collections::HashMap;

const SECOND: i64 = 1_000_000;
/// At the first try of a place, and after its trouble at least.
const FIRST: u32 = 2;
/// When others to the same place are on their way: until one of them ends.
const TURN: i64 = SECOND;
/// After the first trouble; doubled with each that follows.
const PAUSE: i64 = 30 * SECOND;
const LONGEST: i64 = 15 * 60 * SECOND;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// It counts as on its way until [`Destinations::ended`] is told.
    Go,
    /// Ask again then.
    Wait(i64),
}

/// How an attempt ended, for the place it went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The server took the letter, or refused this one for good: it is well.
    Answered,
    /// It asked for another time (421, 450, 451, 452).
    Later,
    /// There was no conversation, or it broke.
    Line,
}

#[derive(Debug)]
struct Place {
    at_once: u32,
    on_their_way: u32,
    troubles: u32,
    not_before: i64,
    seen: i64,
}

impl Place {
    fn new(now: i64) -> Place {
        Place {
            at_once: FIRST,
            on_their_way: 0,
            troubles: 0,
            not_before: i64::MIN,
            seen: now,
        }
    }
}

/// What is known of the places letters go to, bounded.
#[derive(Debug)]
pub struct Destinations {
    places: HashMap<String, Place>,
    most_at_once: u32,
    most_places: usize,
}

impl Default for Destinations {
    fn default() -> Destinations {
        Destinations::new(20, 10_000)
    }
}

impl Destinations {
    /// At most so many letters at once to one place, and so many places remembered.
    pub fn new(most_at_once: u32, most_places: usize) -> Destinations {
        Destinations {
            places: HashMap::new(),
            most_at_once: most_at_once.max(1),
            most_places: most_places.max(1),
        }
    }

    /// Whether a letter to this domain may start now.
    pub fn may_start(&mut self, domain: &str, now: i64) -> May {
        let domain = key(domain);
        if self.places.len() >= self.most_places && !self.places.contains_key(&domain) && !self.forget(now) {
            return May::Wait(now + TURN);
        }
        let most = self.most_at_once;
        let place = self.places.entry(domain).or_insert_with(|| Place::new(now));
        place.seen = now;
        if place.not_before > now {
            return May::Wait(place.not_before);
        }
        if place.on_their_way >= place.at_once.min(most) {
            return May::Wait(now + TURN);
        }
        place.on_their_way += 1;
        May::Go
    }

    pub fn ended(&mut self, domain: &str, how: Ended, now: i64) {
        let most = self.most_at_once;
        let Some(place) = self.places.get_mut(&key(domain)) else {
            return;
        };
        place.seen = now;
        place.on_their_way = place.on_their_way.saturating_sub(1);
        if how == Ended::Answered {
            place.at_once = (place.at_once + 1).min(most);
            place.troubles = 0;
            place.not_before = i64::MIN;
        } else if place.not_before <= now {
            // Of those that were on their way together only the first counts: it is one trouble.
            place.at_once = (place.at_once / 2).max(1);
            place.not_before = now + (PAUSE << place.troubles.min(10)).min(LONGEST);
            place.troubles += 1;
        }
    }

    /// Makes room: the place unseen for longest of those to which nothing is on its way.
    fn forget(&mut self, now: i64) -> bool {
        let idle = self.places.iter().filter(|(_, place)| place.on_their_way == 0);
        // A place in trouble is remembered while there is another to forget.
        let oldest = idle.min_by_key(|(_, place)| (place.not_before > now, place.seen));
        let Some(domain) = oldest.map(|(domain, _)| domain.clone()) else {
            return false;
        };
        self.places.remove(&domain).is_some()
    }
}

/// One name for one place, of bounded length.
fn key(domain: &str) -> String {
    domain
        .trim_end_matches('.')
        .chars()
        .take(255)
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Destinations, Ended, May, SECOND};

    fn started(all: &mut Destinations, domain: &str, now: i64) -> u32 {
        (0..100).filter(|_| all.may_start(domain, now) == May::Go).count() as u32
    }

    #[test]
    fn a_place_is_filled_slowly() {
        let mut all = Destinations::new(5, 10);
        assert_eq!(started(&mut all, "a.example", 0), 2);
        assert_eq!(all.may_start("A.example.", 0), May::Wait(SECOND));
        assert_eq!(started(&mut all, "b.example", 0), 2, "another place is another matter");
        let (mut on_their_way, mut most) = (2, Vec::new());
        for round in 1..6 {
            all.ended("a.example", Ended::Answered, round);
            on_their_way += started(&mut all, "a.example", round) - 1;
            most.push(on_their_way);
        }
        assert_eq!(most, [3, 4, 5, 5, 5]);
    }

    #[test]
    fn trouble_halves_and_waits_longer_each_time() {
        let mut all = Destinations::new(8, 10);
        for _ in 0..6 {
            assert_eq!(all.may_start("a.example", 0), May::Go);
            all.ended("a.example", Ended::Answered, 0);
        }
        assert_eq!(started(&mut all, "a.example", 0), 8);
        for _ in 0..8 {
            all.ended("a.example", Ended::Later, 1);
        }
        assert_eq!(
            all.may_start("a.example", 2),
            May::Wait(1 + 30 * SECOND),
            "one trouble, not eight"
        );
        let mut now = 1 + 30 * SECOND;
        assert_eq!(started(&mut all, "a.example", now), 4);
        let mut pauses = Vec::new();
        for _ in 0..7 {
            all.ended("a.example", Ended::Line, now);
            let May::Wait(until) = all.may_start("a.example", now) else {
                panic!("it goes on in trouble");
            };
            pauses.push((until - now) / SECOND);
            now = until;
            all.may_start("a.example", now);
        }
        assert_eq!(pauses, [60, 120, 240, 480, 900, 900, 900]);
        for _ in 0..4 {
            all.ended("a.example", Ended::Answered, now);
        }
        // The control: what is well again is no longer waited for, and its next trouble is a first one.
        assert_eq!(all.may_start("a.example", now), May::Go);
        all.ended("a.example", Ended::Line, now);
        assert_eq!(all.may_start("a.example", now), May::Wait(now + 30 * SECOND));
    }

    #[test]
    fn the_table_is_bounded_and_keeps_what_is_on_its_way() {
        let mut all = Destinations::new(5, 100);
        assert_eq!(all.may_start("busy.example", 0), May::Go);
        all.may_start("bad.example", 0);
        all.ended("bad.example", Ended::Line, 0);
        for n in 1..10_000 {
            let domain = format!("d{n}.example");
            assert_eq!(all.may_start(&domain, n), May::Go);
            all.ended(&domain, Ended::Answered, n);
            assert!(all.places.len() <= 100);
        }
        assert_eq!(all.may_start("bad.example", 10_000), May::Wait(30 * SECOND));
        assert_eq!(all.places["busy.example"].on_their_way, 1);
        for n in 0..98 {
            assert_eq!(all.may_start(&format!("e{n}.example"), 40 * SECOND), May::Go);
        }
        assert_eq!(started(&mut all, "bad.example", 40 * SECOND), 1);
        assert!(matches!(all.may_start("one.more.example", 40 * SECOND), May::Wait(_)));
    }
}
