//! Teams: who takes which tickets. A private team's tickets are its members' alone, so joining one is a right and is
//! written into the audit log.

mod members;
mod remove;

pub use members::{Member, join, lead, leave, members};
pub use remove::{Bound, bound, remove};

use db::{Read, Write, args};
use serde::Deserialize;

use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TeamId};
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug)]
    pub struct Team { pub id: TeamId, pub name_en: String, pub name_fr: String, pub private: bool, pub created_at: Time }
}

impl Team {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.name_en,
            Lang::Fr => &self.name_fr,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    pub name_en: String,
    pub name_fr: String,
    #[serde(default)]
    pub private: bool,
}

pub fn add(tx: &mut Write, cx: &Context, new: &NewTeam) -> Result<TeamId> {
    access::require(&cx.viewer, Place::Admin)?;
    check(new)?;
    let id: TeamId = tx.one(
        "INSERT INTO team (name_en, name_fr, private, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
        &args![new.name_en.trim(), new.name_fr.trim(), new.private, cx.now],
    )?;
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "new-team",
        &format!("team {id}"),
        new.name_en.trim(),
    )?;
    changed(tx, cx, id)?;
    Ok(id)
}

/// The team of this name in either language, made when there is none: for the command line.
pub fn by_name_or_add(tx: &mut Write, cx: &Context, name: &str) -> Result<TeamId> {
    access::require(&cx.viewer, Place::Admin)?;
    let found: Option<TeamId> = tx.maybe(
        "SELECT id FROM team WHERE name_en = $1 OR name_fr = $1 ORDER BY id LIMIT 1",
        &args![name.trim()],
    )?;
    match found {
        Some(id) => Ok(id),
        None => add(
            tx,
            cx,
            &NewTeam {
                name_en: name.into(),
                name_fr: name.into(),
                private: false,
            },
        ),
    }
}

/// Names and privacy are given whole.
pub fn edit(tx: &mut Write, cx: &Context, id: TeamId, new: &NewTeam) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let old = load(tx, id)?;
    check(new)?;
    tx.exec(
        "UPDATE team SET name_en = $2, name_fr = $3, private = $4 WHERE id = $1",
        &args![id, new.name_en.trim(), new.name_fr.trim(), new.private],
    )?;
    if old.private != new.private {
        let words = if new.private { "private" } else { "open" };
        access::audit(
            tx,
            cx.now,
            Some(cx.viewer.person),
            "team-privacy",
            &format!("team {id}"),
            words,
        )?;
    }
    changed(tx, cx, id)
}

fn check(new: &NewTeam) -> Result<()> {
    let mut checks = Checks::default();
    for (name, field) in [(&new.name_en, "name_en"), (&new.name_fr, "name_fr")] {
        checks
            .text(name, 100, field)
            .check(!name.chars().any(char::is_control), field, "refused-characters");
    }
    checks.done()
}

fn changed(tx: &mut Write, cx: &Context, id: TeamId) -> Result<EventId> {
    events::record(tx, cx, Fact::new(EventKind::TeamChanged).about(id.0))
}

fn load(r: &mut Read, id: TeamId) -> Result<Team> {
    Ok(r.one(
        "SELECT id, name_en, name_fr, private, created_at FROM team WHERE id = $1",
        &args![id],
    )?)
}

pub fn find(r: &mut Read, cx: &Context, id: TeamId) -> Result<Team> {
    access::require(&cx.viewer, Place::Desk)?;
    load(r, id)
}

/// All teams: work can be handed to a private team by anybody, so its name is no secret on the desk.
pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<Team>> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.query(
        "SELECT id, name_en, name_fr, private, created_at FROM team ORDER BY name_en, id",
        &args![],
    )?)
}
