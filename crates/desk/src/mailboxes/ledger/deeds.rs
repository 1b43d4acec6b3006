//! What a technician may do with a letter: let a held one in, on its ticket, on another or as a new one; leave it be; move
//! a filed one to another ticket; or have it read again. What can be taken back is in `undo`.

use db::{Write, args};

use super::undo::{self, was};
use super::{Entry, find};
use crate::access::{self, Action, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, LetterId, TicketNumber};
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
pub fn release(tx: &mut Write, cx: &Context, id: LetterId, how: Release) -> Result<EventId> {
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
    let event = again(tx, cx, &entry, ticket, reason)?;
    let told = ticket.map_or_else(|| reason.to_string(), |number| format!("{reason} {number}"));
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "letter released",
        &id.to_string(),
        &told,
    )?;
    Ok(event)
}

/// A filed letter goes to another ticket, with its words and files.
pub fn move_letter(tx: &mut Write, cx: &Context, id: LetterId, to: TicketNumber) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let entry = find(tx, cx, id)?;
    let message = entry.message.filter(|_| entry.state == LetterState::Filed);
    let message = message.ok_or(Error::Conflict("conflict-letter-not-filed"))?;
    let to = open_to(tx, cx, to)?;
    let event = tickets::move_words(tx, cx, message, to)?;
    let (letter, told) = (id.to_string(), to.to_string());
    access::audit(tx, cx.now, Some(cx.viewer.person), "letter moved", &letter, &told)?;
    Ok(event)
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
pub fn dismiss(tx: &mut Write, cx: &Context, id: LetterId) -> Result<EventId> {
    let entry = changeable(tx, cx, id)?;
    if entry.state != LetterState::Held {
        return Err(Error::Conflict("conflict-letter-not-held"));
    }
    let reason = format!("{DISMISSED} {}", entry.reason);
    tx.exec(
        "UPDATE letter SET state = 'refused', reason = $2 WHERE id = $1 AND state = 'held'",
        &args![id, reason.trim_end()],
    )?;
    let fact = Fact::new(EventKind::LetterReleased).about(id.0);
    let event = events::record(tx, cx, fact.with(was(&entry, "dismissed")))?;
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "letter dismissed",
        &id.to_string(),
        "",
    )?;
    Ok(event)
}

/// The same for several. One that somebody let in meanwhile stays where it is. A line of the log ties them together, so
/// that one Undo brings them all back; `None` when there was nothing to do.
pub fn dismiss_all(tx: &mut Write, cx: &Context, ids: &[LetterId]) -> Result<Option<EventId>> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let mut made = Vec::new();
    for id in ids {
        match tx.attempt(|tx| dismiss(tx, cx, *id)) {
            Ok(event) => made.push(event),
            Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    undo::together(tx, cx, "dismissed", &made)
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
        _ => again(tx, cx, &entry, entry.ticket, "").map(drop),
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

/// Nobody has read it yet: who sees it does not change by letting it in.
fn with_fault(entry: &Entry, reason: &str) -> String {
    let fault = "letter-reason-fault";
    match entry.reason.contains(fault) && !reason.is_empty() {
        true => format!("{reason} {fault}"),
        false => reason.to_string(),
    }
}

pub(super) fn again(
    tx: &mut Write,
    cx: &Context,
    entry: &Entry,
    ticket: Option<TicketNumber>,
    reason: &'static str,
) -> Result<EventId> {
    let id = entry.id;
    let taken = tx.exec(
        "UPDATE letter SET state = 'kept', reason = $2, ticket = $3 WHERE id = $1 AND state NOT IN ('kept', 'filed')",
        &args![id, with_fault(entry, reason), ticket],
    )?;
    if taken == 0 {
        return Err(Error::Conflict("conflict-letter-being-read"));
    }
    let data = was(entry, "released").filter(|_| !reason.is_empty());
    let event = events::record(tx, cx, Fact::new(EventKind::LetterReleased).about(id.0).with(data))?;
    jobs::enqueue(tx, JobKind::ReadLetter, id.0, cx.now)?;
    Ok(event)
}
