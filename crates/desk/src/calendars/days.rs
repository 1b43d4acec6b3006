//! Days of a calendar's own: a company holiday, a move, a day of mourning.

use db::Write;
use jiff::civil::Date;

use super::calendar::{MOST_DAYS, OwnDay};
use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::{CalendarId, EventId};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDay {
    /// Such as `2026-12-24`.
    pub day: String,
    pub name: String,
    pub yearly: bool,
}

pub fn add_day(tx: &mut Write, cx: &Context, id: CalendarId, new: &NewDay) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    store::hold(tx, id)?;
    let before = store::load(tx, id)?;
    let own = checked(&before.days, new)?;
    let mut after = before.clone();
    after.days.push(own);
    after.days.sort();
    store::save(tx, &after)?;
    changed(tx, cx, "calendar-day-add", Some(&before), &after)
}

/// `NotFound` when it has no such day.
pub fn remove_day(tx: &mut Write, cx: &Context, id: CalendarId, day: Date) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    store::hold(tx, id)?;
    let before = store::load(tx, id)?;
    let mut after = before.clone();
    after.days.retain(|own| own.day != day);
    if after == before {
        return Err(Error::NotFound);
    }
    store::save(tx, &after)?;
    changed(tx, cx, "calendar-day-remove", Some(&before), &after)
}

fn checked(there: &[OwnDay], new: &NewDay) -> Result<OwnDay> {
    let name = new.name.trim();
    let day = new.day.trim().parse::<Date>().ok();
    let day = day.filter(|day| (2000..2200).contains(&day.year()));
    let mut checks = Checks::default();
    checks
        .text(name, 100, "day_name")
        .check(!name.chars().any(char::is_control), "day_name", "refused-one-line")
        .check(day.is_some(), "day", "refused-date")
        .check(there.len() < MOST_DAYS, "day", "refused-too-many-days");
    let twice = |day: &Date| there.iter().any(|own| is_same(own, *day, new.yearly));
    checks.check(!day.as_ref().is_some_and(twice), "day", "refused-day-twice");
    checks.done()?;
    Ok(OwnDay {
        day: day.ok_or_else(|| Error::fault("a day that was checked is missing"))?,
        name: name.to_owned(),
        yearly: new.yearly,
    })
}

/// Whether both are the same day of some year.
fn is_same(own: &OwnDay, day: Date, yearly: bool) -> bool {
    let of_year = |day: Date| (day.month(), day.day());
    own.day == day || (own.yearly || yearly) && of_year(own.day) == of_year(day)
}
