//! Snoozed: put away until a moment, out of the way of what needs somebody now. It comes back by itself then, and
//! earlier when the requester writes, when somebody else gets it, or when it is woken by hand. The promise to the
//! requester knows nothing of it: the clock runs on.

use db::{Write, args};

use super::change::{Changed, change, change_admitted};
use super::ticket::{Stage, Ticket};
use super::{later, store};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{PersonId, TicketNumber};
use crate::jobs::{self, JobKind};

/// Puts it away; one that is away already gets another moment.
pub fn snooze(tx: &mut Write, cx: &Context, number: TicketNumber, until: Time) -> Result<Changed> {
    let changed = change(tx, cx, number, EventKind::Snoozed, |_, ticket| {
        later::check(until, cx.now, "until")?;
        if ticket.merged_into.is_some() {
            return Err(Error::Conflict("conflict-merged"));
        }
        if ticket.status.stage() == Stage::Done {
            return Err(Error::Conflict("conflict-already-solved"));
        }
        ticket.snoozed_until = Some(until);
        Ok(None)
    })?;
    wake_in_time(tx, &changed.ticket)?;
    Ok(changed)
}

/// Brings it back now.
pub fn wake(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::Woken, |_, ticket| {
        if ticket.snoozed_until.is_none() {
            return Err(Error::Conflict("conflict-not-snoozed"));
        }
        awake(ticket, cx);
        Ok(None)
    })
}

/// The job of its moment: brings it back if it is still away and its moment has come. Safe to run twice.
pub fn wake_when_due(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    store::hold(tx, number)?;
    let ticket = match store::raw(tx, number) {
        Ok(ticket) => ticket,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    // Put away anew it has another moment, and a job for that.
    if ticket.snoozed_until.is_none_or(|until| until > cx.now) {
        return Ok(());
    }
    change_admitted(tx, cx, &ticket, EventKind::Woken, |tx, ticket| {
        awake(ticket, cx);
        let by: Option<PersonId> = tx.maybe(
            "SELECT actor FROM event WHERE ticket = $1 AND kind = $2 ORDER BY id DESC LIMIT 1",
            &args![ticket.number, EventKind::Snoozed],
        )?;
        unread_again(tx, ticket, by)?;
        Ok(None)
    })?;
    Ok(())
}

/// What waited for somebody besides has been waited for: it is our turn to ask.
fn awake(ticket: &mut Ticket, cx: &Context) {
    ticket.snoozed_until = None;
    if ticket.status.stage() == Stage::Waiting {
        ticket.become_status(super::ticket::Status::Open, cx.now, &cx.house);
    }
}

/// It shows as new to whoever has it and to one more: what the requester said last counts as not read.
pub(super) fn unread_again(tx: &mut Write, ticket: &Ticket, besides: Option<PersonId>) -> Result<()> {
    let Some(spoke) = ticket.requester_spoke_at else {
        return Ok(());
    };
    tx.exec(
        "UPDATE read_mark SET at = $2 WHERE ticket = $1 AND at > $2 AND person IN ($3, $4)",
        &args![ticket.number, spoke.plus(-1), ticket.assignee, besides],
    )?;
    Ok(())
}

/// Whatever put it away, there is a job for its moment.
pub(super) fn wake_in_time(tx: &mut Write, ticket: &Ticket) -> Result<()> {
    match ticket.snoozed_until {
        Some(until) => jobs::enqueue(tx, JobKind::WakeTicket, ticket.number.0, until),
        None => Ok(()),
    }
}
