//! The slow and obvious model: it looks at the local clock once a minute.
//!
//! It holds to the documented rule alone: a wall time is reached the first time the clock shows
//! it or a later one. So it remembers the latest wall time shown, and is open while that lies in
//! a period of a working day.

use crate::MINUTE;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;
use worktime::Calendar;
use worktime::promise::Pause;

/// An error planted in the model, to see that it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// The clock runs on during a pause.
    PauseForgotten,
    /// A pause lasts a minute longer than it does.
    PauseEndsLate,
    /// Public holidays and days of its own are worked.
    HolidayForgotten,
    /// Both passes of a repeated hour count.
    RepeatedHourTwice,
}

/// Minutes of a stretch of time, each open or shut.
pub(crate) struct Model {
    start_us: i64,
    open: Vec<bool>,
}

impl Model {
    /// Looks at `minutes` minutes from `start_us`, which must be a whole minute.
    pub(crate) fn new(calendar: &Calendar, start_us: i64, minutes: i64) -> Self {
        Self::flawed(calendar, start_us, minutes, calendar.holidays(), Flaw::None)
    }

    /// The same, shut on the days that are given, whatever the calendar says of its holidays.
    pub(crate) fn flawed(
        calendar: &Calendar,
        start_us: i64,
        minutes: i64,
        closed: &BTreeSet<Date>,
        flaw: Flaw,
    ) -> Self {
        // Begin to watch the clock two days before, to know what it has shown.
        let mut shown = DateTime::MIN;
        let open = (-2 * 1440..minutes)
            .map(|minute| {
                let at = Timestamp::from_microsecond(start_us + minute * MINUTE).unwrap();
                let shows = calendar.zone().to_datetime(at);
                shown = match flaw {
                    Flaw::RepeatedHourTwice => shows,
                    _ => shown.max(shows),
                };
                let shut = closed.contains(&shown.date()) && flaw != Flaw::HolidayForgotten;
                !shut && is_open(calendar, shown)
            })
            .skip(2 * 1440)
            .collect();
        Self { start_us, open }
    }

    pub(crate) fn end_us(&self) -> i64 {
        self.start_us + i64::try_from(self.open.len()).unwrap() * MINUTE
    }

    pub(crate) fn is_open(&self, at_us: i64) -> bool {
        self.open[usize::try_from((at_us - self.start_us).div_euclid(MINUTE)).unwrap()]
    }

    pub(crate) fn between(&self, from_us: i64, to_us: i64) -> i64 {
        self.minutes()
            .filter(|(_, open)| *open)
            .map(|(at, _)| ((at + MINUTE).min(to_us) - at.max(from_us)).max(0))
            .sum()
    }

    /// The first instant by which `work_us` have passed, when the stretch is long enough.
    pub(crate) fn add(&self, from_us: i64, mut work_us: i64) -> Option<i64> {
        for (at, _) in self.minutes().filter(|(at, open)| *open && at + MINUTE > from_us) {
            let begin = at.max(from_us);
            if at + MINUTE - begin >= work_us {
                return Some(begin + work_us);
            }
            work_us -= at + MINUTE - begin;
        }
        None
    }

    /// The first instant by which `work_us` have passed on a clock that stands still during pauses.
    pub(crate) fn promise(&self, from_us: i64, work_us: i64, pauses: &[Pause], flaw: Flaw) -> Option<i64> {
        let mut left = work_us;
        for (begin, end) in self.running(from_us, self.end_us(), pauses, flaw) {
            if end - begin >= left {
                return Some(begin + left);
            }
            left -= end - begin;
        }
        None
    }

    /// How long the clock ran.
    pub(crate) fn ran(&self, from_us: i64, to_us: i64, pauses: &[Pause], flaw: Flaw) -> i64 {
        let running = self.running(from_us, to_us, pauses, flaw);
        running.map(|(begin, end)| end - begin).sum()
    }

    /// The open minutes, cut at every edge, without the pieces that lie in a pause.
    fn running(&self, from_us: i64, to_us: i64, pauses: &[Pause], flaw: Flaw) -> impl Iterator<Item = (i64, i64)> + '_ {
        let late = if flaw == Flaw::PauseEndsLate { MINUTE } else { 0 };
        let pauses: Vec<(i64, i64)> = pauses
            .iter()
            .map(|pause| (pause.from_us, pause.to_us.map_or(i64::MAX, |to| to + late)))
            .filter(|_| flaw != Flaw::PauseForgotten)
            .collect();
        self.minutes()
            .filter(move |(at, open)| *open && at + MINUTE > from_us && *at < to_us)
            .flat_map(move |(at, _)| pieces(at.max(from_us), (at + MINUTE).min(to_us), &pauses))
    }

    fn minutes(&self) -> impl Iterator<Item = (i64, bool)> + '_ {
        (self.start_us..).step_by(60_000_000).zip(self.open.iter().copied())
    }
}

fn is_open(calendar: &Calendar, wall: DateTime) -> bool {
    let minute = u16::try_from(i16::from(wall.hour()) * 60 + i16::from(wall.minute())).unwrap();
    calendar
        .week()
        .periods(wall.weekday())
        .iter()
        .any(|period| period.from <= minute && minute < period.to)
}

/// An interval cut at the edges of pauses, without the pieces that lie in one.
fn pieces(begin: i64, end: i64, pauses: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let edges = pauses.iter().flat_map(|&(from, to)| [from, to]);
    let mut cuts: Vec<i64> = edges.filter(|cut| begin < *cut && *cut < end).collect();
    cuts.extend([begin, end]);
    cuts.sort_unstable();
    let all = cuts.windows(2).map(|pair| (pair[0], pair[1]));
    let paused = |&(begin, end): &(i64, i64)| pauses.iter().any(|&(from, to)| from <= begin && end <= to);
    all.filter(|piece| piece.0 < piece.1 && !paused(piece)).collect()
}

/// Every change of the clock in a zone from 2020 to 2037.
pub(crate) fn changes(zone: &jiff::tz::TimeZone) -> Vec<i64> {
    let from: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
    let to = from + (24 * 365 * 18).hours();
    zone.following(from)
        .map(|change| change.timestamp())
        .take_while(|at| *at < to)
        .map(Timestamp::as_microsecond)
        .collect()
}
