//! SQL of what became of promises: pauses and lines of the ledger.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};
use worktime::Calendar;

use super::clock::{Moment, Says, work_paused};
use super::targets::Target;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{PolicyId, TicketNumber};
use crate::tickets::Ticket;

db::text_enum! {
    /// Why a clock stood still. `Before`: the ticket was brought in, or what was paused is known by its length alone.
    pub enum Reason { Pending => "pending", OnHold => "on_hold", Done => "done", Before => "before" }
}
db::text_enum! {
    pub enum MarkKind {
        Warned => "warned", Breached => "breached", Step => "step", Kept => "kept", Moved => "moved",
    }
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct Pause {
        pub ticket: TicketNumber,
        pub reason: Reason,
        pub words: String,
        pub from_at: Time,
        pub until_at: Option<Time>,
        /// Working microseconds, where only they are known.
        pub work: Option<i64>,
    }
}

db::table! {
    #[derive(Clone, Debug)]
    pub(super) struct Mark {
        pub(super) at: Time,
        pub(super) kind: MarkKind,
        pub(super) target: Target,
        pub(super) from_at: Time,
        pub(super) step: i64,
        pub(super) due_at: Time,
        pub(super) due_was: Option<Time>,
        pub(super) words: String,
    }
}

/// The pauses of these tickets, each in their order.
pub(crate) fn pauses_of(r: &mut Read, numbers: &[TicketNumber]) -> Result<BTreeMap<TicketNumber, Vec<Pause>>> {
    let mut sql = Sql::new("SELECT ticket, reason, words, from_at, until_at, work FROM clock_pause WHERE ticket IN (");
    sql.bind_list(numbers.iter().copied()).push(") ORDER BY ticket, id");
    let mut all: BTreeMap<TicketNumber, Vec<Pause>> = BTreeMap::new();
    for pause in r.query_sql::<Pause>(&sql)? {
        all.entry(pause.ticket).or_default().push(pause);
    }
    Ok(all)
}

/// Working time of the pauses that are over, by this calendar, of what lies before `until`.
pub(crate) fn paused_by(calendar: &Calendar, pauses: &[Pause], until: Time) -> i64 {
    let length = |pause: &Pause| match (pause.work, pause.until_at) {
        (Some(work), _) => work,
        (None, Some(end)) => work_paused(calendar, pause.from_at, end.min(until)),
        (None, None) => 0,
    };
    pauses.iter().map(length).fold(0, i64::saturating_add)
}

pub(super) fn pause(tx: &mut Write, pause: &Pause) -> Result<()> {
    tx.exec(
        "INSERT INTO clock_pause (ticket, reason, words, from_at, until_at, work) VALUES ($1, $2, $3, $4, $5, $6)",
        &args![
            pause.ticket,
            pause.reason,
            pause.words.as_str(),
            pause.from_at,
            pause.until_at,
            pause.work
        ],
    )?;
    Ok(())
}

pub(super) fn marks_of(r: &mut Read, number: TicketNumber) -> Result<Vec<Mark>> {
    Ok(r.query(
        "SELECT at, kind, target, from_at, step, due_at, due_was, words FROM clock_line WHERE ticket = $1 ORDER BY id",
        &args![number],
    )?)
}

fn kind_of(says: Says) -> (MarkKind, i64) {
    match says {
        Says::Warning => (MarkKind::Warned, 0),
        Says::Breach => (MarkKind::Breached, 0),
        Says::Step(place) => (MarkKind::Step, i64::try_from(place).unwrap_or(i64::MAX)),
    }
}

/// Whether what the clock says at that moment was said already.
pub(crate) fn marked(r: &mut Read, number: TicketNumber, moment: &Moment) -> Result<bool> {
    let (kind, step) = kind_of(moment.says);
    let found: Option<i64> = r.maybe(
        "SELECT id FROM clock_line WHERE ticket = $1 AND kind = $2 AND target = $3 AND from_at = $4 AND step = $5",
        &args![number, kind, moment.target, moment.from, step],
    )?;
    Ok(found.is_some())
}

/// Writes down what the clock says; false where it was said before.
pub(crate) fn mark(tx: &mut Write, ticket: &Ticket, now: Time, moment: &Moment, words: &str) -> Result<bool> {
    let (kind, step) = kind_of(moment.says);
    let written = tx.exec(
        "INSERT INTO clock_line (ticket, at, kind, target, from_at, step, due_at, policy, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
        &args![
            ticket.number,
            now,
            kind,
            moment.target,
            moment.from,
            step,
            moment.due,
            ticket.policy,
            words
        ],
    )?;
    Ok(written > 0)
}

/// A next reply was given: since when it was waited for, and when it was due.
pub(super) fn answered(tx: &mut Write, number: TicketNumber, at: Time, from: Time, due: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO clock_line (ticket, at, kind, target, from_at, due_at, words)
         VALUES ($1, $2, 'kept', 'answer', $3, $4, '') ON CONFLICT DO NOTHING",
        &args![number, at, from, due],
    )?;
    Ok(())
}

/// It was not, after all: since when it is waited for again.
pub(super) fn not_answered(tx: &mut Write, number: TicketNumber, at: Time) -> Result<Option<Time>> {
    Ok(tx.maybe(
        "DELETE FROM clock_line WHERE ticket = $1 AND kind = 'kept' AND target = 'answer' AND at = $2
         RETURNING from_at",
        &args![number, at],
    )?)
}

/// A due time moved because of something else than a pause: `words` says what, as a word of `moved-because-…`.
pub(crate) fn moved(
    tx: &mut Write,
    number: TicketNumber,
    at: Time,
    (target, was, due): (Target, Time, Time),
    policy: Option<PolicyId>,
    words: &'static str,
) -> Result<()> {
    tx.exec(
        "INSERT INTO clock_line (ticket, at, kind, target, from_at, due_at, due_was, policy, words)
         VALUES ($1, $2, 'moved', $3, $2, $4, $5, $6, $7)",
        &args![number, at, target, due, was, policy, words],
    )?;
    Ok(())
}
