//! The words of a letter leave the ticket they were filed on: for another ticket, or for the ledger again.

use db::{Read, Write, args};
use serde_json::json;

use super::change::change_admitted;
use super::split::{self, Said};
use super::ticket::{Status, Ticket};
use super::{mention, store, undo};
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, MessageId, TicketNumber};

/// Moves what a letter said to another ticket, with its files. Somebody wrote there, as if it had come there at once; the
/// ticket it leaves keeps the rest. Told on both; the answer is the event of the ticket it leaves.
pub(crate) fn move_words(tx: &mut Write, cx: &Context, message: MessageId, to: TicketNumber) -> Result<EventId> {
    let from: TicketNumber = tx.one("SELECT ticket FROM message WHERE id = $1", &args![message])?;
    let to = store::root(tx, to)?;
    if from == to {
        return Err(Error::refused("ticket", "refused-same-ticket"));
    }
    let (old, new) = both(tx, cx, from, to)?;
    if old.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    if new.status == Status::Closed {
        return Err(Error::refused("ticket", "conflict-closed"));
    }
    let goes = all_but_the_rest(tx, from, message)?;
    let stays_with = (new.requester != old.requester).then_some(old.requester);
    split::bring(tx, &[message], to, stays_with)?;
    let stays = split::what_stays(tx, cx, &old, &goes)?;
    let off = change_admitted(tx, cx, &new, EventKind::LetterMoved, |_, ticket| {
        ticket.requester_spoke_at = ticket.requester_spoke_at.max(goes.first().map(|said| said.at));
        ticket.snoozed_until = None;
        if ticket.status != Status::New && ticket.status != Status::Open {
            ticket.become_status(Status::Open, cx.now, &cx.house);
        }
        Ok(Some(from.0))
    })?;
    let told =
        json!({ "message": message.0, "off": off.event.0, "was": split::told_of(&old), "is": split::told_of(&stays) });
    let fact = Fact::new(EventKind::LetterMoved).on(from, old.team).about(to.0);
    events::record(tx, cx, fact.with(Some(told.to_string())))
}

/// Takes a move back, unless the words went on or the other ticket has changed since. The answer is where they are again.
pub(crate) fn move_back(tx: &mut Write, cx: &Context, event: &Event) -> Result<TicketNumber> {
    let told = told_where_it_left(tx, event)?;
    let gone = || Error::Conflict("conflict-cannot-undo");
    let from = told.ticket.ok_or_else(gone)?;
    let to = told.subject.map(TicketNumber).ok_or_else(gone)?;
    let data = undo::changes_of(&told)?;
    let number = |name: &str| data.get(name).and_then(serde_json::Value::as_i64).ok_or_else(gone);
    let (message, off) = (MessageId(number("message")?), EventId(number("off")?));
    let (old, new) = both(tx, cx, from, to)?;
    if old.merged_into.is_some() || new.merged_into.is_some() || !is_on(tx, message, to)? {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    let off = events::find(tx, off)?;
    undo::put_back(tx, cx, to, &off)?;
    split::bring(tx, &[message], from, None)?;
    split::tell_as_before(tx, cx, &old, &data)?;
    let fact = Fact::new(EventKind::Undone).on(from, old.team).about(told.id.0);
    events::record(tx, cx, fact)?;
    Ok(from)
}

/// Takes what a letter said off its ticket again: the words are withdrawn, and the ticket is as it was before them. One
/// that they opened, and that nobody has touched since, is closed.
pub(crate) fn take_off(tx: &mut Write, cx: &Context, message: MessageId) -> Result<TicketNumber> {
    let on: TicketNumber = tx.one("SELECT ticket FROM message WHERE id = $1", &args![message])?;
    let root = store::hold_root(tx, on)?;
    let ticket = store::load(tx, root)?.admit(&cx.viewer, Action::Work)?;
    let wrote: Option<EventId> = tx.maybe(
        "SELECT id FROM event WHERE ticket = $1 AND subject = $2 AND kind IN ('requester_wrote', 'reopened')
         ORDER BY id DESC LIMIT 1",
        &args![root, message],
    )?;
    match wrote {
        Some(wrote) => {
            let wrote = events::find(tx, wrote)?;
            undo::put_back(tx, cx, root, &wrote)?;
        }
        None => put_away(tx, cx, &ticket, message)?,
    }
    tx.exec("UPDATE message SET state = 'withdrawn' WHERE id = $1", &args![message])?;
    mention::forget(tx, on, message)?;
    Ok(root)
}

/// A ticket of which nothing is left but its number.
fn put_away(tx: &mut Write, cx: &Context, ticket: &Ticket, message: MessageId) -> Result<()> {
    let touched: Option<EventId> = tx.maybe(
        "SELECT id FROM event WHERE ticket = $1 AND kind NOT IN ('ticket_opened', 'linked') LIMIT 1",
        &args![ticket.number],
    )?;
    let more: Option<MessageId> = tx.maybe(
        "SELECT id FROM message WHERE ticket = $1 AND id <> $2 LIMIT 1",
        &args![ticket.number, message],
    )?;
    if touched.is_some() || more.is_some() {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    change_admitted(tx, cx, ticket, EventKind::Undone, |_, ticket| {
        ticket.become_status(Status::Closed, cx.now, &cx.house);
        ticket.closed_at = Some(cx.now);
        Ok(None)
    })?;
    Ok(())
}

/// Both tickets, held in one order for everybody.
fn both(tx: &mut Write, cx: &Context, one: TicketNumber, other: TicketNumber) -> Result<(Ticket, Ticket)> {
    store::hold(tx, one.min(other))?;
    store::hold(tx, one.max(other))?;
    let first = store::load(tx, one)?.admit(&cx.viewer, Action::Work)?;
    Ok((first, store::load(tx, other)?.admit(&cx.viewer, Action::Work)?))
}

/// The message that goes; something must stay.
fn all_but_the_rest(r: &mut Read, on: TicketNumber, message: MessageId) -> Result<Vec<Said>> {
    let goes = r.query(
        "SELECT id, kind, channel, author, at FROM message WHERE id = $1 AND ticket = $2 AND state <> 'withdrawn'",
        &args![message, on],
    )?;
    if goes.is_empty() {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    let stays: Option<MessageId> = r.maybe(
        "SELECT id FROM message WHERE ticket = $1 AND id <> $2 AND state <> 'withdrawn' LIMIT 1",
        &args![on, message],
    )?;
    match stays {
        Some(_) => Ok(goes),
        None => Err(Error::Conflict("conflict-letter-alone")),
    }
}

fn is_on(r: &mut Read, message: MessageId, ticket: TicketNumber) -> Result<bool> {
    let on: Option<TicketNumber> = r.maybe("SELECT ticket FROM message WHERE id = $1", &args![message])?;
    Ok(on == Some(ticket))
}

/// A move is told on both tickets; which words went is told on the one they left.
fn told_where_it_left(r: &mut Read, event: &Event) -> Result<Event> {
    if undo::changes_of(event)?.contains_key("message") {
        return Ok(event.clone());
    }
    let id: Option<EventId> = r.maybe(
        "SELECT id FROM event WHERE ticket = $1 AND kind = $2 AND subject = $3 AND id > $4 ORDER BY id LIMIT 1",
        &args![event.subject, EventKind::LetterMoved, event.ticket, event.id],
    )?;
    events::find(r, id.ok_or(Error::Conflict("conflict-cannot-undo"))?)
}
