//! Who belongs to a team and who leads it.

use db::{Read, Write, args};

use super::load;
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId, TeamId};

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Member { pub person: PersonId, pub name: String, pub role: Role, pub leads: bool }
}

/// Leaders first, then by name.
pub fn members(r: &mut Read, cx: &Context, team: TeamId) -> Result<Vec<Member>> {
    access::require(&cx.viewer, Place::Desk)?;
    load(r, team)?;
    Ok(r.query(
        "SELECT p.id AS person, p.name, p.role, m.leads FROM membership m JOIN person p ON p.id = m.person
         WHERE m.team = $1 AND NOT p.suspended ORDER BY m.leads DESC, p.name, p.id",
        &args![team],
    )?)
}

pub fn join(tx: &mut Write, cx: &Context, team: TeamId, person: PersonId) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    load(tx, team)?;
    let role: Option<Role> = tx.maybe(
        "SELECT role FROM person WHERE id = $1 AND merged_into IS NULL",
        &args![person],
    )?;
    match role {
        None => return Err(Error::refused("person", "refused-no-such-person")),
        Some(Role::Requester) => return Err(Error::refused("person", "refused-not-staff")),
        Some(_) => {}
    }
    tx.exec(
        "INSERT INTO membership (person, team) VALUES ($1, $2) ON CONFLICT (person, team) DO NOTHING",
        &args![person, team],
    )?;
    changed(tx, cx, "team-join", team, person)
}

pub fn leave(tx: &mut Write, cx: &Context, team: TeamId, person: PersonId) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let gone = tx.exec(
        "DELETE FROM membership WHERE person = $1 AND team = $2",
        &args![person, team],
    )?;
    if gone == 0 {
        return Err(Error::NotFound);
    }
    changed(tx, cx, "team-leave", team, person)
}

/// Makes a member lead the team, or be a plain member again.
pub fn lead(tx: &mut Write, cx: &Context, team: TeamId, person: PersonId, leads: bool) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let found = tx.exec(
        "UPDATE membership SET leads = $3 WHERE person = $1 AND team = $2",
        &args![person, team, leads],
    )?;
    if found == 0 {
        return Err(Error::NotFound);
    }
    changed(tx, cx, if leads { "team-lead" } else { "team-lead-end" }, team, person)
}

fn changed(tx: &mut Write, cx: &Context, action: &'static str, team: TeamId, person: PersonId) -> Result<EventId> {
    crate::people::audit(tx, cx, action, person, &format!("team {team}"))?;
    events::record(tx, cx, Fact::new(EventKind::TeamChanged).about(team.0))
}
