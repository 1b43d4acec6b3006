//! Keeping a person out, and letting him in again. His record and his requests stay.

use db::{Write, args};
use serde_json::json;

use super::{audit, guard, role};
use crate::access::Role;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId};
use crate::sign_in;

/// Ends his sessions, tokens and links at once.
pub fn suspend(tx: &mut Write, cx: &Context, id: PersonId) -> Result<EventId> {
    if id == cx.viewer.person {
        return Err(Error::Conflict("conflict-yourself"));
    }
    let person = guard::to_change(tx, cx, id)?;
    audit(tx, cx, "suspend", id, "")?;
    if person.role == Role::Admin {
        role::another_admin(tx, id)?;
    }
    sign_in::end_all(tx, cx.now, id)?;
    set(tx, cx, id, true)
}

pub fn unsuspend(tx: &mut Write, cx: &Context, id: PersonId) -> Result<EventId> {
    guard::to_change(tx, cx, id)?;
    audit(tx, cx, "unsuspend", id, "")?;
    set(tx, cx, id, false)
}

fn set(tx: &mut Write, cx: &Context, id: PersonId, suspended: bool) -> Result<EventId> {
    tx.exec(
        "UPDATE person SET suspended = $2, updated_at = $3 WHERE id = $1",
        &args![id, suspended, cx.now],
    )?;
    let data = json!({ "verb": if suspended { "suspended" } else { "unsuspended" } }).to_string();
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(id.0).with(Some(data)))
}
