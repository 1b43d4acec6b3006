//! A new calendar.

use db::Write;

use super::calendar::{Calendar, MOST, NewCalendar};
use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::CalendarId;

pub fn add(tx: &mut Write, cx: &Context, new: &NewCalendar) -> Result<CalendarId> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name("calendars")?;
    if store::all(tx)?.len() >= MOST {
        let most = i64::try_from(MOST).map_err(Error::fault)?;
        return Err(Error::refused_at("name_en", "refused-too-many-calendars", most));
    }
    let mut calendar = Calendar::new().with(new)?;
    calendar.id = store::insert(tx, &calendar, cx.now)?;
    changed(tx, cx, "calendar-add", None, &calendar)?;
    Ok(calendar.id)
}
