//! What a person may do on the desk. Only administrators change it, and one of them always remains.

use db::{Read, Write, args};
use serde_json::json;

use super::{audit, guard};
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId};
use crate::sign_in;

pub fn change_role(tx: &mut Write, cx: &Context, id: PersonId, role: Role) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let person = guard::to_change(tx, cx, id)?;
    if role > Role::Requester && person.address.is_none() {
        return Err(Error::refused("address", "refused-empty"));
    }
    // The audit line is written first: it is a queue of one, so two administrators cannot demote each other at once.
    audit(tx, cx, "role", id, &format!("{} to {}", person.role, role))?;
    if person.role == Role::Admin && role != Role::Admin {
        another_admin(tx, id)?;
    }
    tx.exec(
        "UPDATE person SET role = $2, updated_at = $3 WHERE id = $1",
        &args![id, role, cx.now],
    )?;
    if role < Role::Supervisor {
        tx.exec("DELETE FROM wage_planner WHERE person = $1", &args![id])?;
    }
    if role == Role::Requester {
        tx.exec("DELETE FROM person_title WHERE person = $1", &args![id])?;
        // Coming back to the desk later must not quietly open a private team again.
        tx.exec("DELETE FROM membership WHERE person = $1", &args![id])?;
    }
    // A session made under one role never goes on under another.
    sign_in::end_all(tx, cx.now, id)?;
    let data = json!({ "verb": "role", "from": person.role, "to": role }).to_string();
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(id.0).with(Some(data)))
}

/// Refuses when nobody else could administer the desk.
pub(super) fn another_admin(r: &mut Read, id: PersonId) -> Result<()> {
    let other: Option<PersonId> = r.maybe(
        "SELECT id FROM person WHERE role = 'admin' AND NOT suspended AND merged_into IS NULL AND id <> $1 LIMIT 1",
        &args![id],
    )?;
    other.map(|_| ()).ok_or(Error::Conflict("conflict-last-admin"))
}
