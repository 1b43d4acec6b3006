//! Taking back what was done to a calendar, unless somebody has changed it since.

use db::Write;
use serde_json::{Map, Value};

use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind};
use crate::ids::{CalendarId, EventId};

/// A new calendar is not undone but retired: something may count by it already.
pub fn undo(tx: &mut Write, cx: &Context, event: EventId) -> Result<CalendarId> {
    access::require(&cx.viewer, Place::Admin)?;
    let event = events::find(tx, event)?;
    let id = event.subject.map(CalendarId).ok_or(Error::NotFound)?;
    if event.kind != EventKind::CalendarChanged {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    let changes: Map<String, Value> = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    if changes.is_empty() {
        return Err(Error::Conflict("conflict-cannot-undo"));
    }
    let before = store::load(tx, id)?;
    let after = events::put_back(&before, &changes)?;
    store::save(tx, &after)?;
    changed(tx, cx, "calendar-change", Some(&before), &after)?;
    Ok(id)
}
