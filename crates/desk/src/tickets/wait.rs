//! Waiting: pending on the requester, or on hold for others. The clock stops until the ticket is resumed, and an
//! answer of the requester resumes it by itself.

use db::Write;

use super::change::{Changed, change};
use super::ticket::{Status, Ticket};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::EventKind;
use crate::ids::TicketNumber;

/// Waits for the requester.
pub fn pend(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::Pended, |_, ticket| {
        not_done(ticket)?;
        ticket.become_status(Status::Pending, cx.now, &cx.house);
        Ok(None)
    })
}

/// Waits for somebody else; `waiting_for` says for whom or what.
pub fn hold(tx: &mut Write, cx: &Context, number: TicketNumber, waiting_for: &str) -> Result<Changed> {
    Checks::default().at_most(waiting_for, 200, "waiting_for").done()?;
    change(tx, cx, number, EventKind::Held, |_, ticket| {
        not_done(ticket)?;
        ticket.become_status(Status::OnHold, cx.now, &cx.house);
        ticket.waiting_for = waiting_for.trim().to_string();
        Ok(None)
    })
}

/// Goes on: open again, the clock runs.
pub fn resume(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::Resumed, |_, ticket| {
        not_done(ticket)?;
        ticket.become_status(Status::Open, cx.now, &cx.house);
        Ok(None)
    })
}

fn not_done(ticket: &Ticket) -> Result<()> {
    match ticket.status {
        Status::Solved | Status::Closed => Err(Error::Conflict("conflict-already-solved")),
        _ => Ok(()),
    }
}
