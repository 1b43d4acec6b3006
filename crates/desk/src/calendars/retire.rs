//! Taking a calendar out of use, and back. What counts by it goes on counting by it.

use db::Write;

use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{CalendarId, EventId};

/// It is offered no more. The house calendar stays.
pub fn retire(tx: &mut Write, cx: &Context, id: CalendarId) -> Result<EventId> {
    set(tx, cx, id, true)
}

/// The inverse.
pub fn restore(tx: &mut Write, cx: &Context, id: CalendarId) -> Result<EventId> {
    set(tx, cx, id, false)
}

fn set(tx: &mut Write, cx: &Context, id: CalendarId, retired: bool) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    store::hold(tx, id)?;
    let before = store::load(tx, id)?;
    if before.house {
        return Err(Error::Conflict("conflict-house-calendar"));
    }
    let mut after = before.clone();
    after.retired = retired;
    store::save(tx, &after)?;
    let action = if retired { "calendar-retire" } else { "calendar-restore" };
    changed(tx, cx, action, Some(&before), &after)
}
