//! What was said long ago and is brought in now, by a letter out of a file. It keeps its times; nobody is told, no
//! promise is missed by it, and what is somebody's turn today stays as it is.

use db::Write;

use super::change::{Changed, change_admitted};
use super::receive::{self, Answer};
use super::store;
use super::ticket::{Stage, Status, Ticket};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::EventKind;
use crate::ids::{MessageId, TicketNumber};
use crate::sla;

/// A ticket that was just opened from an old letter: closed when it is done with, though nobody says it was solved; else
/// its promise runs from now.
pub(crate) fn was_before(tx: &mut Write, cx: &Context, number: TicketNumber, done_with: bool) -> Result<Changed> {
    let ticket = store::raw(tx, number)?;
    let kind = if done_with {
        EventKind::Closed
    } else {
        EventKind::Edited
    };
    change_admitted(tx, cx, &ticket, kind, |tx, ticket| {
        if done_with {
            ticket.become_status(Status::Closed, ticket.created_at, &cx.house);
            ticket.closed_at = Some(ticket.created_at);
        } else {
            promise_from_now(tx, ticket, cx)?;
        }
        Ok(None)
    })
}

/// Words of that time join the conversation. Only those of late wake a ticket that was closed because it was old.
pub(crate) fn said_before(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    answer: &Answer,
    at: Time,
    done_with: bool,
) -> Result<MessageId> {
    let root = store::hold_root(tx, number)?;
    let message = receive::add(tx, number, answer, at)?;
    let ticket = store::raw(tx, root)?;
    change_admitted(tx, cx, &ticket, EventKind::RequesterWrote, |tx, ticket| {
        ticket.requester_spoke_at = ticket.requester_spoke_at.max(Some(at));
        if ticket.stage == Stage::Done as i64
            && ticket.solved_at.is_none()
            && ticket.merged_into.is_none()
            && !done_with
        {
            ticket.become_status(Status::Open, cx.now, &cx.house);
            promise_from_now(tx, ticket, cx)?;
        }
        Ok(Some(message.0))
    })?;
    Ok(message)
}

/// The clock stood still until today.
fn promise_from_now(tx: &mut Write, ticket: &mut Ticket, cx: &Context) -> Result<()> {
    let calendar = &cx.house.promises.by_id(ticket.policy).calendar;
    ticket.paused_work = sla::work_paused(calendar, ticket.created_at, cx.now);
    sla::stood_still(tx, ticket.number, ticket.created_at, cx.now)
}
