//! The slow and obvious model: it looks at the local clock once a minute.
//!
//! It holds to the documented rule alone: a wall time is reached the first time the clock shows
//! it or a later one. So it remembers the latest wall time shown, and is open while that lies in
//! a period of a working day.

use crate::MINUTE;
use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};
use worktime::Calendar;

/// Minutes of a stretch of time, each open or shut.
pub(crate) struct Model {
    start_us: i64,
    open: Vec<bool>,
}

impl Model {
    /// Looks at `minutes` minutes from `start_us`, which must be a whole minute.
    pub(crate) fn new(calendar: &Calendar, start_us: i64, minutes: i64) -> Self {
        // Begin to watch the clock two days before, to know what it has shown.
        let mut shown = DateTime::MIN;
        let open = (-2 * 1440..minutes)
            .map(|minute| {
                let at = Timestamp::from_microsecond(start_us + minute * MINUTE).unwrap();
                shown = shown.max(calendar.zone().to_datetime(at));
                is_open(calendar, shown)
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

    fn minutes(&self) -> impl Iterator<Item = (i64, bool)> + '_ {
        (self.start_us..).step_by(60_000_000).zip(self.open.iter().copied())
    }
}

fn is_open(calendar: &Calendar, wall: DateTime) -> bool {
    let minute = u16::try_from(i16::from(wall.hour()) * 60 + i16::from(wall.minute())).unwrap();
    !calendar.holidays().contains(&wall.date())
        && calendar
            .week()
            .periods(wall.weekday())
            .iter()
            .any(|period| period.from <= minute && minute < period.to)
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
