//! Who plans with wages: administrators, and the supervisors an administrator allowed. For everybody else there is
//! nothing here.

use db::{Read, Write, args};

use super::store;
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId};

db::table! {
    /// A supervisor, and whether he plans with wages.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Planner { pub id: PersonId, pub name: String, pub allowed: bool }
}

pub fn may_plan(r: &mut Read, cx: &Context) -> Result<bool> {
    let allowed = store::is_planner(r, cx.viewer.person)?;
    Ok(access::may_plan_wages(&cx.viewer, allowed))
}

pub(super) fn require(r: &mut Read, cx: &Context) -> Result<()> {
    if may_plan(r, cx)? { Ok(()) } else { Err(Error::NotFound) }
}

/// Every supervisor, for an administrator.
pub fn planners(r: &mut Read, cx: &Context) -> Result<Vec<Planner>> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(r.query(
        "SELECT p.id, p.name, (w.person IS NOT NULL) AS allowed FROM person p LEFT JOIN wage_planner w ON w.person = p.id
         WHERE p.role = 'supervisor' AND NOT p.suspended AND p.merged_into IS NULL ORDER BY p.name, p.id",
        &args![],
    )?)
}

/// An administrator lets a supervisor plan with wages, or no longer.
pub fn change_planner(tx: &mut Write, cx: &Context, person: PersonId, allowed: bool) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let role: Option<Role> = tx.maybe(
        "SELECT role FROM person WHERE id = $1 AND NOT suspended AND merged_into IS NULL",
        &args![person],
    )?;
    if role != Some(Role::Supervisor) {
        return Err(Error::refused("person", "refused-not-supervisor"));
    }
    store::set_planner(tx, person, allowed, cx.now)?;
    let action = if allowed { "wages-allowed" } else { "wages-closed" };
    let subject = format!("person {person}");
    access::audit(tx, cx.now, Some(cx.viewer.person), action, &subject, "")?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged).about(person.0))
}
