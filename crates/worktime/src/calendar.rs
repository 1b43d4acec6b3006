//! The arithmetic: walks a calendar day by day, never minute by minute.

use crate::holidays::{DayOff, HolidaySet};
use crate::{Week, WorktimeError};
use jiff::civil::{Date, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

/// How far ahead a calendar is searched: a promise beyond ten years is none.
const HORIZON_US: i64 = 3653 * 86_400 * 1_000_000;

/// Instants outside years 1 to 9000 are moved to that edge, so that no sum can leave jiff's range.
const EARLIEST_US: i64 = -62_135_596_800_000_000;
const LATEST_US: i64 = 221_845_392_000_000_000;

/// Opening hours in a time zone, without the holidays.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    week: Week,
    holidays: BTreeSet<Date>,
    set: Option<HolidaySet>,
    yearly: BTreeSet<(i8, i8)>,
}

impl Calendar {
    /// A calendar in the zone of that name in the tz database.
    pub fn new(zone_name: &str, week: Week, holidays: BTreeSet<Date>) -> Result<Self, WorktimeError> {
        let zone = TimeZone::get(zone_name).map_err(|_| WorktimeError::UnknownZone(zone_name.to_owned()))?;
        let (set, yearly) = (None, BTreeSet::new());
        Ok(Self {
            zone,
            week,
            holidays,
            set,
            yearly,
        })
    }

    /// Shut on the public holidays of a set too.
    #[must_use]
    pub fn with_set(self, set: Option<HolidaySet>) -> Self {
        Self { set, ..self }
    }

    /// Shut every year on these days too: month and day, both from 1. One that a year does not have (29 February, or
    /// what is no day at all) is passed over.
    #[must_use]
    pub fn with_yearly(self, yearly: BTreeSet<(i8, i8)>) -> Self {
        Self { yearly, ..self }
    }

    /// Monday to Friday 08:00 to 17:00, no holidays.
    pub fn standard(zone_name: &str) -> Result<Self, WorktimeError> {
        Self::new(zone_name, Week::standard(), BTreeSet::new())
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub fn week(&self) -> &Week {
        &self.week
    }

    /// The single days it is shut, without those of its set and those of every year.
    pub fn holidays(&self) -> &BTreeSet<Date> {
        &self.holidays
    }

    /// The public holidays of its set in a year, in order; none without a set. Days in lieu follow the week.
    pub fn public_holidays(&self, year: i16) -> Vec<DayOff> {
        let set = self.set.into_iter();
        set.flat_map(|set| set.days(year, |weekday| self.works(weekday)))
            .collect()
    }

    /// Whether it is shut all of that day, whatever its weekday.
    pub fn is_day_off(&self, day: Date) -> bool {
        Closed::of(self).on(day)
    }

    fn works(&self, weekday: Weekday) -> bool {
        !self.week.periods(weekday).is_empty()
    }

    /// The first instant at which `work_us` of working time have passed since `start_us`.
    ///
    /// No working time (or less) has passed at once. `None` when it takes more than ten years,
    /// as it does for a calendar that never opens.
    pub fn add(&self, start_us: i64, work_us: i64) -> Option<i64> {
        if work_us <= 0 {
            return Some(start_us);
        }
        let mut left = work_us;
        for (from, to) in self.spans_after(start_us) {
            let from = from.max(start_us);
            if to - from >= left {
                return Some(from + left);
            }
            left -= to - from;
        }
        None
    }

    /// The working time in `from_us..to_us`, in microseconds; 0 when the interval is empty.
    pub fn between(&self, from_us: i64, to_us: i64) -> i64 {
        self.open_spans(from_us, to_us).map(|(from, to)| to - from).sum()
    }

    /// The stretches of `from_us..to_us` in which it is open, in order, cut to the interval.
    pub fn open_spans(&self, from_us: i64, to_us: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let (from_us, to_us) = (clamp(from_us), clamp(to_us));
        self.spans(from_us, to_us)
            .map(move |(from, to)| (from.max(from_us), to.min(to_us)))
            .filter(|(from, to)| from < to)
    }

    /// Whether the calendar is open at that instant.
    pub fn is_open(&self, at_us: i64) -> bool {
        self.spans(at_us, at_us.saturating_add(1))
            .any(|(from, to)| from <= at_us && at_us < to)
    }

    /// That instant when the calendar is open, otherwise the next opening within ten years.
    pub fn next_open(&self, at_us: i64) -> Option<i64> {
        self.spans_after(at_us).next().map(|(from, _)| from.max(at_us))
    }

    fn spans_after(&self, at_us: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let end = clamp(at_us.saturating_add(HORIZON_US));
        self.spans(at_us, end).take_while(move |&(from, _)| from < end)
    }

    /// The open spans that touch `from_us..to_us`, in order, each whole.
    fn spans(&self, from_us: i64, to_us: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        // In a repeated hour around midnight the local date lags behind the wall times already
        // reached, never the other way; a day to each side covers it.
        let first = self.local_date(from_us).saturating_sub(1.day());
        let last = self.local_date(to_us).saturating_add(1.day());
        let open = if self.week.is_empty() || from_us >= to_us {
            None
        } else {
            Some(first)
        };
        let mut closed = Closed::of(self);
        open.into_iter()
            .flat_map(move |first| first.series(1.day()).take_while(move |day| *day <= last))
            .filter(move |day| self.works(day.weekday()) && !closed.on(*day))
            .flat_map(|day| self.day_spans(day))
            .filter(move |&(from, to)| from < to && to > from_us && from < to_us)
    }

    fn day_spans(&self, day: Date) -> impl Iterator<Item = (i64, i64)> + '_ {
        let reached = move |minute| self.reached(day, minute);
        self.week
            .periods(day.weekday())
            .iter()
            .map(move |p| (reached(p.from), reached(p.to)))
    }

    fn local_date(&self, at_us: i64) -> Date {
        let at = Timestamp::from_microsecond(clamp(at_us)).expect("invariant: a clamped instant lies in jiff's range");
        self.zone.to_datetime(at).date()
    }

    /// The first instant at which the local clock shows that minute of that day or a later one.
    fn reached(&self, day: Date, minute: u16) -> i64 {
        let (day, minute) = if minute < 1440 {
            (day, minute)
        } else {
            (day.saturating_add(1.day()), 0)
        };
        let hour = i8::try_from(minute / 60).expect("invariant: an hour is below 24");
        let minute = i8::try_from(minute % 60).expect("invariant: a minute is below 60");
        let wall = day.at(hour, minute, 0, 0);
        let before_gap = match self.zone.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => return micros(offset.to_timestamp(wall)),
            AmbiguousOffset::Fold { before, .. } => return micros(before.to_timestamp(wall)),
            AmbiguousOffset::Gap { after, .. } => after.to_timestamp(wall),
        };
        let before_gap = before_gap.expect("invariant: a clamped day lies in jiff's range");
        self.zone
            .following(before_gap)
            .map(|change| change.timestamp())
            .find(|at| self.zone.to_datetime(*at) >= wall)
            .map_or_else(|| before_gap.as_microsecond(), Timestamp::as_microsecond)
    }
}

/// The days off of a calendar, asked day after day: the set's are worked out once a year.
struct Closed<'a> {
    calendar: &'a Calendar,
    year: Option<i16>,
    public: Vec<DayOff>,
}

impl<'a> Closed<'a> {
    fn of(calendar: &'a Calendar) -> Self {
        let (year, public) = (None, Vec::new());
        Self { calendar, year, public }
    }

    fn on(&mut self, day: Date) -> bool {
        if self.calendar.set.is_some() && self.year != Some(day.year()) {
            self.year = Some(day.year());
            self.public = self.calendar.public_holidays(day.year());
        }
        self.calendar.holidays.contains(&day)
            || self.calendar.yearly.contains(&(day.month(), day.day()))
            || self.public.iter().any(|off| off.date == day)
    }
}

fn micros(at: Result<Timestamp, jiff::Error>) -> i64 {
    at.expect("invariant: a clamped day lies in jiff's range")
        .as_microsecond()
}

fn clamp(at_us: i64) -> i64 {
    at_us.clamp(EARLIEST_US, LATEST_US)
}
