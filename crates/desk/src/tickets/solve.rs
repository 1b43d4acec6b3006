//! Solved: the cause, the steps that fixed it, and what helped to find them. This is what the log is for, so a
//! solution is asked for, though a bare "solved" is not refused: a technician at the counter has no time.

use db::{Write, args, packed};
use serde::Deserialize;

use super::change::{Changed, change};
use super::fill;
use super::ticket::{Status, Ticket};
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::EventKind;
use crate::ids::{PersonId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::mailboxes::outbox;
use crate::reviews;
use crate::suggestions;

/// A solved ticket closes after this long without an answer.
pub const CLOSES_AFTER: i64 = 7 * DAY;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    #[serde(default)]
    pub cause: String,
    #[serde(default)]
    pub steps: String,
    #[serde(default)]
    pub helped: String,
}

pub fn solve(tx: &mut Write, cx: &Context, number: TicketNumber, solution: &Solution) -> Result<Changed> {
    reviews::must_not_solve(tx, cx, number)?;
    solve_approved(tx, cx, number, solution)
}

/// Whether this ticket can be solved with these words.
pub(crate) fn check_solution(tx: &mut Write, ticket: &Ticket, solution: &Solution) -> Result<()> {
    Checks::default()
        .at_most(&solution.cause, 10_000, "cause")
        .at_most(&solution.steps, 50_000, "steps")
        .at_most(&solution.helped, 10_000, "helped")
        .done()?;
    if ticket.status == Status::Closed || ticket.merged_into.is_some() {
        return Err(Error::Conflict("conflict-closed"));
    }
    fill::ready_to_solve(tx, ticket)
}

/// Solves with words that a senior has read, or that no rule holds.
pub(crate) fn solve_approved(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    solution: &Solution,
) -> Result<Changed> {
    let mut anew = false;
    let changed = change(tx, cx, number, EventKind::Solved, |tx, ticket| {
        check_solution(tx, ticket, solution)?;
        // A solution written down after the fact is no second solving.
        anew = ticket.status != Status::Solved;
        ticket.become_status(Status::Solved, cx.now, &cx.house);
        ticket.solved_at = ticket.solved_at.or(Some(cx.now));
        // Whoever solves an unassigned ticket has done the work.
        ticket.assignee = ticket.assignee.or(Some(cx.viewer.person));
        Ok(None)
    })?;
    keep(tx, cx, number, solution)?;
    suggestions::said(tx, cx, number, &[&solution.steps, &solution.helped])?;
    if anew {
        outbox::tell_solved(tx, cx, &changed.ticket)?;
    }
    jobs::enqueue(tx, JobKind::CloseSolved, number.0, cx.now.plus(CLOSES_AFTER))?;
    Ok(changed)
}

fn keep(tx: &mut Write, cx: &Context, number: TicketNumber, solution: &Solution) -> Result<()> {
    keep_by(tx, number, solution, cx.viewer.person, cx.now)
}

/// A solution without words is no solution: nothing is kept of it.
pub(super) fn keep_by(tx: &mut Write, number: TicketNumber, solution: &Solution, by: PersonId, at: Time) -> Result<()> {
    let (cause, steps, helped) = (solution.cause.trim(), solution.steps.trim(), solution.helped.trim());
    if cause.is_empty() && steps.is_empty() && helped.is_empty() {
        return Ok(());
    }
    tx.exec(
        "INSERT INTO solution (ticket, cause, steps, helped, author, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (ticket) DO UPDATE SET cause = excluded.cause, steps = excluded.steps, helped = excluded.helped,
           author = excluded.author, at = excluded.at",
        &args![number, packed(cause), packed(steps), packed(helped), by, at],
    )?;
    Ok(())
}
