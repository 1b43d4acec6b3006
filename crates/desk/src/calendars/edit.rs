//! Changing a calendar: it is given whole, but for the days of its own.

use db::Write;

use super::calendar::NewCalendar;
use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{CalendarId, EventId};

/// A promise already made moves only when its clock is next counted anew. The caller reads the house rules anew
/// afterwards.
pub fn edit(tx: &mut Write, cx: &Context, id: CalendarId, new: &NewCalendar) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    store::hold(tx, id)?;
    let before = store::load(tx, id)?;
    let after = before.with(new)?;
    store::save(tx, &after)?;
    changed(tx, cx, "calendar-change", Some(&before), &after)
}
