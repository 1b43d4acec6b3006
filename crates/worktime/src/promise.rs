//! A promise: so much working time from a start, on a clock that stands still during pauses; and the ledger that shows
//! how it was counted.

use crate::Calendar;

/// A stretch on which the clock stands still, in microseconds since 1970: from, included, to, excluded. Pauses may come
/// in any order, overlap, and begin before the start; one that does not end after it begins is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pause {
    pub from_us: i64,
    /// `None` while it still stands.
    pub to_us: Option<i64>,
}

impl Pause {
    pub const fn new(from_us: i64, to_us: i64) -> Self {
        let to_us = Some(to_us);
        Self { from_us, to_us }
    }

    /// A pause whose end nobody knows yet.
    pub const fn since(from_us: i64) -> Self {
        Self { from_us, to_us: None }
    }

    fn end(self) -> i64 {
        self.to_us.unwrap_or(i64::MAX)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stretch {
    /// The calendar is open and the clock runs.
    Ran,
    /// The clock stands still, whether the calendar is open or not.
    Paused,
}

/// One line of the ledger. What lies between two lines is time in which the calendar is shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    pub kind: Stretch,
    pub from_us: i64,
    pub to_us: i64,
    /// The working time in it: what was counted of it, or what a pause kept from being counted.
    pub work_us: i64,
}

/// The first instant at which `work_us` of working time have passed since `start_us`, pauses left out.
///
/// No working time (or less) has passed at once. `None` while a pause without an end stands in the way, and when it takes
/// more than ten years.
pub fn due(calendar: &Calendar, start_us: i64, work_us: i64, pauses: &[Pause]) -> Option<i64> {
    let (mut at, mut left) = (start_us, work_us);
    for (from, to) in merged(start_us, i64::MAX, pauses) {
        let ran = calendar.between(at, from);
        if ran >= left {
            break;
        }
        left -= ran;
        at = to;
        if at == i64::MAX {
            return None;
        }
    }
    calendar.add(at, left)
}

/// The working time of `from_us..to_us`, pauses left out, in microseconds.
pub fn counted(calendar: &Calendar, from_us: i64, to_us: i64, pauses: &[Pause]) -> i64 {
    let paused: i64 = merged(from_us, to_us, pauses)
        .into_iter()
        .map(|(from, to)| calendar.between(from, to))
        .sum();
    calendar.between(from_us, to_us) - paused
}

/// How `from_us..to_us` was counted, in order of time: every stretch on which the clock ran and every pause, cut to the
/// interval, no two of them overlapping. What ran adds up to [`counted`].
pub fn ledger(calendar: &Calendar, from_us: i64, to_us: i64, pauses: &[Pause]) -> Vec<Interval> {
    let mut lines = Vec::new();
    let mut at = from_us;
    for (from, to) in merged(from_us, to_us, pauses) {
        ran(calendar, at, from, &mut lines);
        lines.push(Interval {
            kind: Stretch::Paused,
            from_us: from,
            to_us: to,
            work_us: calendar.between(from, to),
        });
        at = to;
    }
    ran(calendar, at, to_us, &mut lines);
    lines
}

fn ran(calendar: &Calendar, from_us: i64, to_us: i64, lines: &mut Vec<Interval>) {
    lines.extend(calendar.open_spans(from_us, to_us).map(|(from_us, to_us)| Interval {
        kind: Stretch::Ran,
        from_us,
        to_us,
        work_us: to_us - from_us,
    }));
}

/// The pauses within an interval, in order and apart.
fn merged(from_us: i64, to_us: i64, pauses: &[Pause]) -> Vec<(i64, i64)> {
    let mut cut: Vec<(i64, i64)> = pauses
        .iter()
        .map(|pause| (pause.from_us.max(from_us), pause.end().min(to_us)))
        .filter(|(from, to)| from < to)
        .collect();
    cut.sort_unstable();
    cut.dedup_by(|next, last| {
        let joined = next.0 <= last.1;
        if joined {
            last.1 = last.1.max(next.1);
        }
        joined
    });
    cut
}
