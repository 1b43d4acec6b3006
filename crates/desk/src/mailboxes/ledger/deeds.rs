//! What a technician may do with a letter: let a held one in, on its ticket, on another or as a new one; leave it be; or
//! have it read again.

use db::{Write, args};

use super::{Entry, find};
use crate::access::{self, Action, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{LetterId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::mailboxes::intake::{DISMISSED, LetterState, RELEASED_NEW, RELEASED_TICKET};
use crate::tickets;

/// Where a letter that was held or only recorded is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// On the ticket whose key it carries.
    OnItsTicket,
    /// On this one.
    On(TicketNumber),
    AsNewTicket,
}

/// Lets a letter in. It is read again by the job, with the technician's word in place of a key or a proof.
pub fn release(tx: &mut Write, cx: &Context, id: LetterId, how: Release) -> Result<()> {
    let entry = changeable(tx, cx, id)?;
    if entry.sender.is_none() {
        return Err(Error::Conflict("conflict-letter-no-sender"));
    }
    let (ticket, reason) = match how {
        Release::OnItsTicket if entry.ticket.is_none() => return Err(Error::Conflict("conflict-letter-no-ticket")),
        Release::OnItsTicket => (entry.ticket, RELEASED_TICKET),
        Release::On(number) => (Some(open_to(tx, cx, number)?), RELEASED_TICKET),
        Release::AsNewTicket => (entry.ticket, RELEASED_NEW),
    };
    again(tx, cx, id, ticket, reason)?;
    let told = ticket.map_or_else(|| reason.to_string(), |number| format!("{reason} {number}"));
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "letter released",
        &id.to_string(),
        &told,
    )
}

/// A ticket this technician may work on; where he may not, there is none.
fn open_to(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<TicketNumber> {
    let refused = || Error::refused("ticket", "refused-no-such-ticket");
    let ticket = tickets::find_visible(tx, cx, number).map_err(|e| match e {
        Error::NotFound => refused(),
        other => other,
    })?;
    if !access::may(&cx.viewer, Action::Work, &ticket) {
        return Err(refused());
    }
    Ok(ticket.number)
}

/// It needs no ticket. The letter stays in the ledger, and can be let in at any time.
pub fn dismiss(tx: &mut Write, cx: &Context, id: LetterId) -> Result<()> {
    let entry = changeable(tx, cx, id)?;
    if entry.state != LetterState::Held {
        return Err(Error::Conflict("conflict-letter-not-held"));
    }
    let reason = format!("{DISMISSED} {}", entry.reason);
    tx.exec(
        "UPDATE letter SET state = 'refused', reason = $2 WHERE id = $1 AND state = 'held'",
        &args![id, reason.trim_end()],
    )?;
    events::record(tx, cx, Fact::new(EventKind::LetterReleased).about(id.0))?;
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "letter dismissed",
        &id.to_string(),
        "",
    )
}

/// Reads a letter anew, for instance after a mailbox was set right or the reader has learnt something. One that stands
/// on a ticket stays there: its words, its look and its files become what is read today.
pub fn read_again(tx: &mut Write, cx: &Context, id: LetterId) -> Result<()> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let entry = find(tx, cx, id)?;
    match entry.state {
        LetterState::Kept => Err(Error::Conflict("conflict-letter-being-read")),
        LetterState::Filed => {
            tx.exec("UPDATE letter SET read_at = NULL WHERE id = $1", &args![id])?;
            events::record(tx, cx, Fact::new(EventKind::LetterReleased).about(id.0))?;
            jobs::enqueue(tx, JobKind::ReadLetter, id.0, cx.now)
        }
        _ => again(tx, cx, id, entry.ticket, ""),
    }
}

/// What is said on a ticket is never filed twice.
fn changeable(tx: &mut Write, cx: &Context, id: LetterId) -> Result<Entry> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let entry = find(tx, cx, id)?;
    match entry.state {
        LetterState::Filed => Err(Error::Conflict("conflict-letter-filed")),
        LetterState::Kept => Err(Error::Conflict("conflict-letter-being-read")),
        _ => Ok(entry),
    }
}

pub(super) fn again(
    tx: &mut Write,
    cx: &Context,
    id: LetterId,
    ticket: Option<TicketNumber>,
    reason: &'static str,
) -> Result<()> {
    let taken = tx.exec(
        "UPDATE letter SET state = 'kept', reason = $2, ticket = $3 WHERE id = $1 AND state NOT IN ('kept', 'filed')",
        &args![id, reason, ticket],
    )?;
    if taken == 0 {
        return Err(Error::Conflict("conflict-letter-being-read"));
    }
    events::record(tx, cx, Fact::new(EventKind::LetterReleased).about(id.0))?;
    jobs::enqueue(tx, JobKind::ReadLetter, id.0, cx.now)
}
