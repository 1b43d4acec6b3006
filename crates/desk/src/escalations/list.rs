//! What waits for my team, what came back to me, what I sent out: the oldest first. And one of them. All past the policy of
//! its ticket.

use db::{Read, Sql};

use super::escalation::Escalation;
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{EscalationId, TicketNumber};
use crate::tickets::{self, Ticket};

/// Nobody reads further.
const MOST: i64 = 200;

db::text_enum! {
    pub enum Which { Waiting => "waiting", Returned => "returned", Sent => "sent" }
}

#[derive(Clone, Debug)]
pub struct Line {
    pub escalation: Escalation,
    pub subject: String,
}

/// How many stand in each list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub waiting: i64,
    pub returned: i64,
    pub sent: i64,
}

pub fn list(r: &mut Read, cx: &Context, which: Which) -> Result<Vec<Line>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(store::SELECT);
    narrow(&mut sql, cx, which);
    sql.push(" ORDER BY e.sent_at, e.id LIMIT ").bind(MOST);
    let found: Vec<Escalation> = r.query_sql(&sql)?;
    let line = |escalation: Escalation| {
        let subject = tickets::find_inside(r, cx, escalation.ticket)?.subject;
        Ok(Line { escalation, subject })
    };
    found.into_iter().map(line).collect()
}

pub fn tally(r: &mut Read, cx: &Context) -> Result<Tally> {
    Ok(Tally {
        waiting: count(r, cx, Which::Waiting)?,
        returned: count(r, cx, Which::Returned)?,
        sent: count(r, cx, Which::Sent)?,
    })
}

/// How many stand in one list. What waits is few, however much was handed over in years.
pub fn count(r: &mut Read, cx: &Context, which: Which) -> Result<i64> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new("SELECT count(*) FROM escalation e JOIN ticket t ON t.number = e.ticket WHERE ");
    narrow(&mut sql, cx, which);
    let counted: Vec<i64> = r.query_sql(&sql)?;
    Ok(counted.first().copied().unwrap_or(0))
}

/// Only of tickets that are still worked on.
fn narrow(sql: &mut Sql, cx: &Context, which: Which) {
    let me = cx.viewer.person;
    match which {
        Which::Waiting => {
            sql.push("e.state = 'waiting' AND (e.to_person = ").bind(me);
            if !cx.viewer.teams.is_empty() {
                sql.push(" OR e.to_team IN (")
                    .bind_list(cx.viewer.teams.iter().copied())
                    .push(")");
            }
            sql.push(")")
        }
        Which::Returned => sql
            .push("e.state = 'returned' AND (t.assignee = ")
            .bind(me)
            .push(" OR (t.assignee IS NULL AND e.sent_by = ")
            .bind(me)
            .push("))"),
        Which::Sent => sql.push("e.state IN ('waiting', 'accepted') AND e.sent_by = ").bind(me),
    };
    sql.push(" AND t.stage <> 2");
    open_gates(sql, cx);
}

/// Without the tickets of private teams the viewer does not belong to.
pub(super) fn open_gates(sql: &mut Sql, cx: &Context) {
    if !cx.viewer.closed_teams.is_empty() {
        sql.push(" AND (t.team IS NULL OR t.team NOT IN (")
            .bind_list(cx.viewer.closed_teams.iter().copied())
            .push("))");
    }
}

/// One, with its ticket, for whoever may read all of the ticket. What was taken back is not there.
pub fn find(r: &mut Read, cx: &Context, id: EscalationId) -> Result<(Escalation, Ticket)> {
    access::require(&cx.viewer, Place::Desk)?;
    let escalation = store::load(r, id)?;
    let ticket = tickets::find_inside(r, cx, escalation.ticket)?;
    if escalation.state == super::State::Withdrawn {
        return Err(Error::NotFound);
    }
    Ok((escalation, ticket))
}

/// Those of a ticket, the newest first.
pub fn of_ticket(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Escalation>> {
    access::require(&cx.viewer, Place::Desk)?;
    tickets::find_inside(r, cx, number)?;
    let mut sql = Sql::new(store::SELECT);
    sql.push("e.ticket = ")
        .bind(number)
        .push(" AND e.state <> 'withdrawn' ORDER BY e.id DESC LIMIT ")
        .bind(MOST);
    Ok(r.query_sql(&sql)?)
}
