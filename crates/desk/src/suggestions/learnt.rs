//! What the desk has learnt: which targets were linked to which tickets, used on them, or set aside there.

use std::collections::HashMap;

use db::{Read, Sql, Write, args};

use super::target::{Target, TargetKind};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::TicketNumber;

db::text_enum! {
    /// How a target came to a ticket. What says more replaces what says less.
    pub enum How {
        /// Somebody said that it does not fit.
        Dismissed => "dismissed",
        /// Somebody linked it, or pointed to it in a reply.
        Linked => "linked",
        /// Its words were put into the reply or the solution.
        Used => "used",
    }
}

/// One line of what was learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    pub ticket: TicketNumber,
    pub target: Target,
    pub how: How,
}

/// Keeps that a target did or did not fit a ticket.
///
/// No event: the verb it is a part of has its own.
pub fn teach(tx: &mut Write, cx: &Context, lesson: Lesson) -> Result<()> {
    tx.exec(
        "INSERT INTO learnt (ticket, kind, target, how, person, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (ticket, kind, target) DO UPDATE SET how = excluded.how, person = excluded.person, at = excluded.at
         WHERE learnt.how <> 'used' OR excluded.how = 'dismissed'",
        &args![
            lesson.ticket,
            lesson.target.kind,
            lesson.target.id,
            lesson.how,
            cx.viewer.person,
            cx.now
        ],
    )?;
    Ok(())
}

/// Takes it back, as an Undo does.
///
/// No event: the verb it is a part of has its own.
pub fn forget(tx: &mut Write, ticket: TicketNumber, target: Target) -> Result<()> {
    tx.exec(
        "DELETE FROM learnt WHERE ticket = $1 AND kind = $2 AND target = $3",
        &args![ticket, target.kind, target.id],
    )?;
    Ok(())
}

/// What is known of one target on a ticket.
pub(super) fn of(r: &mut Read, ticket: TicketNumber, target: Target) -> Result<Option<How>> {
    Ok(r.maybe(
        "SELECT how FROM learnt WHERE ticket = $1 AND kind = $2 AND target = $3",
        &args![ticket, target.kind, target.id],
    )?)
}

/// Everything that was linked, used or set aside on a ticket.
pub(super) fn on_ticket(r: &mut Read, ticket: TicketNumber) -> Result<Vec<Target>> {
    let rows: Vec<(TargetKind, i64)> = r.query("SELECT kind, target FROM learnt WHERE ticket = $1", &args![ticket])?;
    Ok(rows.into_iter().map(|(kind, id)| Target { kind, id }).collect())
}

db::table! {
    struct Line { ticket: TicketNumber, target: i64, how: How, at: Time }
}

/// What stands on a ticket: the target, and when it came there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Vote {
    pub target: i64,
    pub how: How,
    pub at: Time,
}

/// What was learnt on these tickets of one kind of target before a moment.
pub(super) fn on_tickets(
    r: &mut Read,
    kind: TargetKind,
    tickets: &[i64],
    before: Time,
) -> Result<HashMap<i64, Vec<Vote>>> {
    let mut votes: HashMap<i64, Vec<Vote>> = HashMap::new();
    for some in tickets.chunks(500) {
        let mut sql = Sql::new("SELECT ticket, target, how, at FROM learnt WHERE kind = ");
        sql.bind(kind).push(" AND at < ").bind(before).push(" AND ticket IN (");
        sql.bind_list(some.iter().copied());
        sql.push(") ORDER BY id");
        for line in r.query_sql::<Line>(&sql)? {
            votes.entry(line.ticket.0).or_default().push(Vote {
                target: line.target,
                how: line.how,
                at: line.at,
            });
        }
    }
    Ok(votes)
}

db::table! {
    struct Came { target: i64, at: Time }
}

/// When these targets helped, before a moment.
pub(super) fn helped(r: &mut Read, kind: TargetKind, targets: &[i64], before: Time) -> Result<HashMap<i64, Vec<Time>>> {
    let mut times: HashMap<i64, Vec<Time>> = HashMap::new();
    for some in targets.chunks(500) {
        let mut sql = Sql::new("SELECT target, at FROM learnt WHERE how <> 'dismissed' AND kind = ");
        sql.bind(kind).push(" AND at < ").bind(before).push(" AND target IN (");
        sql.bind_list(some.iter().copied());
        sql.push(") ORDER BY id");
        for came in r.query_sql::<Came>(&sql)? {
            times.entry(came.target).or_default().push(came.at);
        }
    }
    Ok(times)
}
