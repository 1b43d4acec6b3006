//! Taking back what was done to a service, unless somebody has changed it since.

use db::Write;
use serde_json::{Map, Value};

use super::service::check;
use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind};
use crate::ids::{EventId, ServiceId};

/// A new service is not undone but retired: something may speak of it already.
pub fn undo(tx: &mut Write, cx: &Context, event: EventId) -> Result<ServiceId> {
    access::require(&cx.viewer, Place::Admin)?;
    let event = events::find(tx, event)?;
    let id = event.subject.map(ServiceId).ok_or(Error::NotFound)?;
    if event.kind != EventKind::ServiceChanged {
        return Err(Error::NotFound);
    }
    tx.hold_name("services")?;
    store::hold(tx, id)?;
    let changes: Map<String, Value> = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    if changes.is_empty() {
        return Err(Error::Conflict("conflict-cannot-undo"));
    }
    let before = store::load(tx, id)?;
    let after = events::put_back(&before, &changes)?;
    check(tx, &after)?;
    store::save(tx, &after)?;
    changed(tx, cx, "service-change", Some(&before), &after)?;
    Ok(id)
}
