//! The five figures, each with how it went in the days before. Pure but for the reading of the sums.

use db::Read;

use super::day::Day;
use super::scope::Scope;
use super::standing::Measure;
use super::sums::{self, Sum};
use crate::error::Result;
use crate::reports::Spread;

/// Days of a trend, the last one the day that is shown.
const DAYS: i64 = 8;
/// What requesters said is looked at over so many days.
const SAID: i64 = 30;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub part: i64,
    pub of: i64,
}

impl Part {
    /// In a hundred; nothing where there was nothing.
    pub fn percent(self) -> Option<i64> {
        (self.of > 0).then(|| (self.part * 100 + self.of / 2) / self.of)
    }
}

/// A figure now, and day by day, the oldest first; a day without any is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend<T> {
    pub now: T,
    pub days: Vec<Option<i64>>,
}

/// Open at this hour of each day, counted back from what is open now. Its solution counts where it stands: a ticket that
/// was reopened since was open all along.
pub(super) fn open(day: Day, now: i64, opened: &[Sum], solved: &[Sum]) -> Trend<i64> {
    let at = |hour: i64| now - sums::total(opened, hour + 1, i64::MAX) + sums::total(solved, hour + 1, i64::MAX);
    let days = (0..DAYS).rev().map(|ago| Some(at(day.end() - ago * 24)));
    Trend {
        now: at(day.end()),
        days: days.collect(),
    }
}

/// The middle length of the first replies of the day, in working minutes; and how many there were.
pub(super) fn first_reply(r: &mut Read, scope: &Scope, day: i64) -> Result<Trend<(Option<i64>, i64)>> {
    let sums = sums::of(r, scope, Measure::Reply, day - DAYS + 1, day)?;
    let of = |day: i64| {
        let mut spread = Spread::default();
        for sum in sums.iter().filter(|sum| sum.start == day) {
            spread.add(sum.part, sum.n);
        }
        (spread.within(50), spread.total())
    };
    Ok(Trend {
        now: of(day),
        days: days_to(day).map(|day| of(day).0).collect(),
    })
}

fn days_to(day: i64) -> impl Iterator<Item = i64> {
    day - DAYS + 1..=day
}

/// Solved at first contact, of what was solved that day.
pub(super) fn at_once(r: &mut Read, scope: &Scope, day: i64, solved: &[Sum]) -> Result<Trend<Part>> {
    let at_once = sums::of(r, scope, Measure::AtOnce, day - DAYS + 1, day)?;
    let of = |day: i64| Part {
        part: sums::total(&at_once, day, day),
        of: sums::total(solved, day * 24, day * 24 + 23),
    };
    Ok(trend(day, of))
}

/// Promises kept, of those that were answered that day.
pub(super) fn kept(r: &mut Read, scope: &Scope, day: i64) -> Result<Trend<Part>> {
    shares(r, scope, (Measure::Kept, Measure::Missed), day, 1)
}

/// "It went well", of what requesters said in the thirty days up to that one.
pub(super) fn satisfaction(r: &mut Read, scope: &Scope, day: i64) -> Result<Trend<Part>> {
    shares(r, scope, (Measure::Good, Measure::Bad), day, SAID)
}

fn shares(r: &mut Read, scope: &Scope, which: (Measure, Measure), day: i64, span: i64) -> Result<Trend<Part>> {
    let from = day - DAYS - span + 2;
    let yes = sums::of(r, scope, which.0, from, day)?;
    let no = sums::of(r, scope, which.1, from, day)?;
    Ok(trend(day, |day| {
        let of = |sums: &[Sum]| sums::total(sums, day - span + 1, day);
        Part {
            part: of(&yes),
            of: of(&yes) + of(&no),
        }
    }))
}

fn trend(day: i64, of: impl Fn(i64) -> Part) -> Trend<Part> {
    Trend {
        now: of(day),
        days: days_to(day).map(|day| of(day).percent()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Shown;

    #[test]
    fn what_was_open_is_counted_back_from_what_is() {
        let day = Day {
            day: 10,
            shown: Shown::Today,
            hour: 9,
            opens: 8,
            closes: 16,
        };
        let sum = |start: i64, n: i64| Sum { start, part: 0, n };
        // Two came today at eight, one yesterday at eleven; three were solved yesterday at noon.
        let (opened, solved) = ([sum(9 * 24 + 11, 1), sum(10 * 24 + 8, 2)], [sum(9 * 24 + 12, 3)]);
        let found = open(day, 5, &opened, &solved);
        assert_eq!(found.now, 5);
        assert_eq!(found.days[6..], [Some(5), Some(5)], "yesterday at nine: 5 - 3 + 3");
        let later = open(Day { hour: 11, ..day }, 5, &opened, &solved);
        assert_eq!(later.days[6], Some(6), "yesterday at eleven: 5 - 2 + 3");
    }

    #[test]
    fn nothing_of_nothing_is_no_share() {
        assert_eq!(Part { part: 0, of: 0 }.percent(), None);
        assert_eq!(Part { part: 2, of: 3 }.percent(), Some(67));
    }
}
