//! A calendar as it is kept, and what a new one must have.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use worktime::{HolidaySet, Period, Week, WorktimeError};

use super::hours;
use crate::error::{Checks, Error, Result};
use crate::ids::CalendarId;
use crate::words::Both;

/// The fields of the days of the week, Monday first.
pub const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A day on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OwnDay {
    #[serde(with = "as_text")]
    pub day: Date,
    pub name: String,
    /// On that day of every year.
    pub yearly: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    pub id: CalendarId,
    pub name: Both,
    /// The desk's zone, when there is none.
    pub zone: Option<String>,
    /// Monday to Sunday: from, included, to, excluded, in minutes of the day.
    pub week: [Vec<(u16, u16)>; 7],
    /// The code of a set of public holidays, such as `qc`.
    pub holidays: Option<String>,
    /// In order of date.
    pub days: Vec<OwnDay>,
    /// It holds the desk's own hours.
    pub house: bool,
    pub retired: bool,
}

/// A calendar as it was typed: the days of its own are kept apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewCalendar {
    pub name: Both,
    /// The name of a zone; nothing for the desk's.
    pub zone: String,
    /// Monday to Sunday, such as `08:30-12:00, 13:00-17:00`; nothing for a day without work.
    pub week: [String; 7],
    /// The code of a set of public holidays; nothing for none.
    pub holidays: String,
}

/// More than any desk needs; the list is shown whole.
pub(super) const MOST: usize = 200;
pub(super) const MOST_DAYS: usize = 500;

impl Calendar {
    /// What was given in the place of what was there, if all of it can be kept.
    pub(super) fn with(&self, new: &NewCalendar) -> Result<Calendar> {
        let mut checks = Checks::default();
        let name = new.name.tidied();
        for (name, field) in [(&name.en, "name_en"), (&name.fr, "name_fr")] {
            checks
                .text(name, 100, field)
                .check(!name.chars().any(char::is_control), field, "refused-one-line");
        }
        let (zone, set) = (new.zone.trim(), new.holidays.trim());
        let zone_known = zone.is_empty() || TimeZone::get(zone).is_ok();
        checks
            .check(zone_known, "zone", "refused-zone")
            .check(!self.house || zone.is_empty(), "zone", "refused-house-zone")
            .check(
                set.is_empty() || HolidaySet::parse(set).is_some(),
                "holidays",
                "refused-choice",
            );
        let week = week_of(&new.week, &mut checks);
        checks.done()?;
        Ok(Calendar {
            name,
            zone: Some(zone).filter(|zone| !zone.is_empty()).map(str::to_owned),
            holidays: Some(set).filter(|set| !set.is_empty()).map(str::to_owned),
            week,
            ..self.clone()
        })
    }

    pub(super) fn new() -> Calendar {
        Calendar {
            id: CalendarId(0),
            name: Both::default(),
            zone: None,
            week: Default::default(),
            holidays: None,
            days: Vec::new(),
            house: false,
            retired: false,
        }
    }

    pub fn set(&self) -> Option<HolidaySet> {
        self.holidays.as_deref().and_then(HolidaySet::parse)
    }

    /// For the arithmetic, in that zone unless it has its own.
    pub fn built(&self, house_zone: &str) -> Result<worktime::Calendar> {
        let periods = |day: &Vec<(u16, u16)>| day.iter().map(|&(from, to)| Period::new(from, to)).collect();
        let week = Week::new(self.week.each_ref().map(periods)).map_err(Error::fault)?;
        let (yearly, single): (Vec<&OwnDay>, Vec<&OwnDay>) = self.days.iter().partition(|own| own.yearly);
        let single = single.iter().map(|own| own.day).collect();
        let yearly: BTreeSet<(i8, i8)> = yearly.iter().map(|own| (own.day.month(), own.day.day())).collect();
        let built = worktime::Calendar::new(self.zone.as_deref().unwrap_or(house_zone), week, single);
        Ok(built.map_err(Error::fault)?.with_set(self.set()).with_yearly(yearly))
    }
}

/// A day as `2026-12-24`.
mod as_text {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

/// The hours of the week, each day refused at its own field.
fn week_of(typed: &[String; 7], checks: &mut Checks) -> [Vec<(u16, u16)>; 7] {
    let mut week: [Vec<(u16, u16)>; 7] = Default::default();
    let mut sound = true;
    for ((kept, typed), field) in week.iter_mut().zip(typed).zip(DAYS) {
        match hours::read(typed) {
            Ok(periods) => *kept = periods,
            Err(key) => {
                sound = false;
                checks.check(false, field, key);
            }
        }
    }
    let open = week.iter().any(|day| !day.is_empty());
    checks.check(open || !sound, "monday", "refused-no-hours");
    week
}

/// The sentence about a day that the arithmetic refuses.
pub(super) fn refused(error: &WorktimeError) -> &'static str {
    match error {
        WorktimeError::Overlap { .. } => "refused-hours-overlap",
        WorktimeError::BadPeriod { .. } => "refused-hours-backwards",
        _ => "refused-hours-form",
    }
}
