//! Saving a view: for oneself, or for a team one belongs to.

use db::{Read, Write, args};

use super::clause::Question;
use super::{favourite, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TeamId, ViewId};

/// Of one person, or of one team.
const MOST_VIEWS: i64 = 100;

#[derive(Clone, Debug, Default)]
pub struct NewView {
    pub name: String,
    /// `None`: for oneself.
    pub team: Option<TeamId>,
    pub question: Question,
}

/// Whoever saves a view has it in his side bar.
pub fn add(tx: &mut Write, cx: &Context, new: &NewView) -> Result<ViewId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let question = check(cx, new)?;
    if kept(tx, cx, new.team)? >= MOST_VIEWS {
        return Err(Error::refused_at("name", "refused-too-many-views", MOST_VIEWS));
    }
    let id: ViewId = tx.one(
        "INSERT INTO saved_view (owner, team, name, condition, changed_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        &args![cx.viewer.person, new.team, new.name.trim(), question, cx.now],
    )?;
    favourite::star(tx, cx, id)?;
    changed(tx, cx, id)?;
    Ok(id)
}

/// Name, team and question are given whole. A team's view that becomes private becomes the viewer's own.
pub fn change(tx: &mut Write, cx: &Context, id: ViewId, new: &NewView) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, id)?;
    store::load(tx, cx, id, false)?;
    let question = check(cx, new)?;
    tx.exec(
        "UPDATE saved_view SET owner = $2, team = $3, name = $4, condition = $5, changed_at = $6 WHERE id = $1",
        &args![id, cx.viewer.person, new.team, new.name.trim(), question, cx.now],
    )?;
    changed(tx, cx, id)
}

fn check(cx: &Context, new: &NewView) -> Result<String> {
    let member = new.team.is_none_or(|team| cx.viewer.teams.contains(&team));
    let mut checks = Checks::default();
    checks
        .text(&new.name, 80, "name")
        .check(!new.name.chars().any(char::is_control), "name", "refused-characters")
        .check(member, "team", "refused-not-your-team");
    let mut refused = match checks.done() {
        Err(Error::Refused(list)) => list,
        _ => Vec::new(),
    };
    if let Err(Error::Refused(list)) = new.question.condition() {
        refused.extend(list);
    }
    if refused.is_empty() {
        new.question.to_json()
    } else {
        Err(Error::Refused(refused))
    }
}

fn kept(r: &mut Read, cx: &Context, team: Option<TeamId>) -> Result<i64> {
    Ok(match team {
        Some(team) => r.one(
            "SELECT count(*) FROM saved_view WHERE team = $1 AND gone_at IS NULL",
            &args![team],
        ),
        None => r.one(
            "SELECT count(*) FROM saved_view WHERE owner = $1 AND team IS NULL AND gone_at IS NULL",
            &args![cx.viewer.person],
        ),
    }?)
}

pub(super) fn changed(tx: &mut Write, cx: &Context, id: ViewId) -> Result<EventId> {
    events::record(tx, cx, Fact::new(EventKind::ViewChanged).about(id.0))
}
