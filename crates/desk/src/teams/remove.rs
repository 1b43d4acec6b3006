//! Taking a team away. A team that has, or ever had, something of its own stays: its tickets would be nobody's.

use db::{Error as DbError, Read, Write, args};

use super::{changed, load};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{EventId, TeamId};

/// What keeps a team from going.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// Its tickets, open or done, counted to a thousand.
    pub tickets: i64,
    /// Topics that lead to it.
    pub topics: i64,
    /// Mailboxes whose letters it takes.
    pub mailboxes: i64,
    /// Views its members share.
    pub views: i64,
    /// Canned replies, retired ones too: they can be had back.
    pub canned: i64,
}

impl Bound {
    pub fn is_free(&self) -> bool {
        *self == Bound::default()
    }
}

pub fn bound(r: &mut Read, cx: &Context, id: TeamId) -> Result<Bound> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(Bound {
        tickets: r.one(
            "SELECT count(*) FROM (SELECT 1 AS one FROM ticket WHERE team = $1 LIMIT 1000) AS counted",
            &args![id],
        )?,
        topics: r.one("SELECT count(*) FROM topic WHERE team = $1", &args![id])?,
        mailboxes: r.one("SELECT count(*) FROM mailbox WHERE team = $1", &args![id])?,
        views: r.one(
            "SELECT count(*) FROM saved_view WHERE team = $1 AND gone_at IS NULL",
            &args![id],
        )?,
        canned: r.one("SELECT count(*) FROM canned WHERE team = $1", &args![id])?,
    })
}

pub fn remove(tx: &mut Write, cx: &Context, id: TeamId) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let team = load(tx, id)?;
    let bound = bound(tx, cx, id)?;
    if bound.tickets > 0 {
        return Err(Error::Conflict("conflict-team-has-tickets"));
    }
    if !bound.is_free() {
        return Err(Error::Conflict("conflict-team-in-use"));
    }
    tx.exec("DELETE FROM membership WHERE team = $1", &args![id])?;
    // Views that were taken away have nobody left to bring them back, and there is nothing to report of it.
    tx.exec(
        "DELETE FROM favourite_view WHERE view IN (SELECT id FROM saved_view WHERE team = $1 AND gone_at IS NOT NULL)",
        &args![id],
    )?;
    tx.exec(
        "DELETE FROM saved_view WHERE team = $1 AND gone_at IS NOT NULL",
        &args![id],
    )?;
    tx.exec("DELETE FROM report_subscription WHERE team = $1", &args![id])?;
    tx.exec("DELETE FROM team_target WHERE team = $1", &args![id])?;
    tx.exec("DELETE FROM team_words WHERE team = $1", &args![id])?;
    // Whatever else speaks of it, or has begun to meanwhile, keeps it.
    let gone = tx.attempt(|tx| tx.exec("DELETE FROM team WHERE id = $1", &args![id]));
    match gone {
        Err(DbError::Reference(_)) => return Err(Error::Conflict("conflict-team-in-use")),
        other => other?,
    };
    let (subject, name) = (format!("team {id}"), team.name_en.as_str());
    access::audit(tx, cx.now, Some(cx.viewer.person), "team-removed", &subject, name)?;
    changed(tx, cx, id)
}
