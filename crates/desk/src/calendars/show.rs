//! One calendar with what follows from it: the days off that come, and when so much work would be done.

use db::Read;
use jiff::tz::TimeZone;
use worktime::HolidaySet;

use super::calendar::Calendar;
use super::store;
use super::upcoming::{DayOff, upcoming};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::house;
use crate::ids::CalendarId;

#[derive(Clone, Debug)]
pub struct Shown {
    pub calendar: Calendar,
    /// The zone it counts in, and its name.
    pub zone: TimeZone,
    pub zone_name: String,
    /// Of the next twelve months, from today in its zone.
    pub upcoming: Vec<DayOff>,
    /// When the work tried out would be done; `None` when that takes more than ten years.
    pub ends: Option<Time>,
}

/// `work` is what is tried out from now on, in microseconds of working time.
pub fn show(r: &mut Read, cx: &Context, id: CalendarId, work: i64) -> Result<Shown> {
    access::require(&cx.viewer, Place::Admin)?;
    let calendar = store::load(r, id)?;
    let zone_name = match &calendar.zone {
        Some(zone) => zone.clone(),
        None => house::zone_name(r)?,
    };
    let built = calendar.built(&zone_name)?;
    let zone = built.zone().clone();
    Ok(Shown {
        upcoming: upcoming(&calendar, zone.to_datetime(cx.now.timestamp()).date())?,
        ends: built.add(cx.now.0, work).map(Time),
        calendar,
        zone,
        zone_name,
    })
}

/// The codes of the sets of public holidays: `federal`, then the provinces and territories, such as `qc`.
pub fn holiday_sets() -> [&'static str; 14] {
    HolidaySet::ALL.map(HolidaySet::code)
}
