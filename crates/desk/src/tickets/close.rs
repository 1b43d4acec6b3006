//! Closed: done for good. A solved ticket closes by itself after seven quiet days.

use db::Write;

use super::change::{Changed, change, change_admitted};
use super::fill;
use super::solve::CLOSES_AFTER;
use super::store;
use super::ticket::Status;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::TicketNumber;

pub fn close(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::Closed, |tx, ticket| {
        if ticket.status == Status::Closed {
            return Err(Error::Conflict("conflict-closed"));
        }
        fill::ready_to_solve(tx, ticket)?;
        ticket.become_status(Status::Closed, cx.now, &cx.house);
        ticket.solved_at = ticket.solved_at.or(Some(cx.now));
        ticket.closed_at = Some(cx.now);
        Ok(None)
    })
}

/// The job of seven days: closes the ticket if it is still solved and has been quiet since. Safe to run twice.
pub fn close_when_quiet(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    store::hold(tx, number)?;
    let ticket = match store::raw(tx, number) {
        Ok(ticket) => ticket,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    let quiet = ticket.solved_at.is_some_and(|at| cx.now.since(at) >= CLOSES_AFTER);
    if ticket.status != Status::Solved || !quiet {
        return Ok(());
    }
    change_admitted(tx, cx, &ticket, EventKind::Closed, |_, ticket| {
        ticket.become_status(Status::Closed, cx.now, &cx.house);
        ticket.closed_at = Some(cx.now);
        Ok(None)
    })?;
    Ok(())
}
