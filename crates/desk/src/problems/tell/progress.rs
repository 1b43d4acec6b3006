//! How far it has come, as one viewer may know: tickets that are not there for him are not named and not counted.

use db::{Read, Sql, args};

use super::TellingState;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{ProblemNumber, TellingId, TicketNumber};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub told: i64,
    pub waiting: i64,
    pub taken_back: i64,
    /// Left as they were, each with the key of the sentence that says why.
    pub left: Vec<(TicketNumber, String)>,
    pub stopped: bool,
}

db::table! {
    struct Line { ticket: TicketNumber, state: TellingState, reason: String }
}

pub fn progress(r: &mut Read, cx: &Context, id: TellingId) -> Result<Progress> {
    access::require(&cx.viewer, Place::Desk)?;
    let stopped = r.one("SELECT stopped FROM telling WHERE id = $1", &args![id])?;
    let mut sql = Sql::new(
        "SELECT l.ticket, l.state, l.reason FROM telling_ticket l JOIN ticket t ON t.number = l.ticket WHERE l.telling = ",
    );
    sql.bind(id);
    if !cx.viewer.closed_teams.is_empty() {
        sql.push(" AND (t.team IS NULL OR t.team NOT IN (")
            .bind_list(cx.viewer.closed_teams.iter().copied())
            .push("))");
    }
    sql.push(" ORDER BY l.ticket");
    let mut progress = Progress {
        stopped,
        ..Progress::default()
    };
    for line in r.query_sql::<Line>(&sql)? {
        match line.state {
            TellingState::Told => progress.told += 1,
            TellingState::Waiting => progress.waiting += 1,
            TellingState::TakenBack => progress.taken_back += 1,
            TellingState::Left => progress.left.push((line.ticket, line.reason)),
        }
    }
    Ok(progress)
}

/// The latest telling of a problem, and when it began.
pub fn last_telling(r: &mut Read, cx: &Context, number: ProblemNumber) -> Result<Option<(TellingId, Time)>> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.maybe(
        "SELECT id, at FROM telling WHERE problem = $1 ORDER BY id DESC LIMIT 1",
        &args![number],
    )?)
}
