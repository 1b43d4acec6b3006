//! Taking back what was just done. Every event that changed fields wrote down from what to what; undoing puts the old
//! values back, unless somebody has changed them since.

use db::{Write, args};
use serde_json::{Map, Value};

use super::change::{Changed, change, fields};
use super::ticket::Ticket;
use super::{link, merge, store, tag, watch, write};
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, MessageId, TicketNumber};

/// Undoes one event of this ticket. `Conflict` says why it cannot be.
pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<TicketNumber> {
    let event = events::find(tx, id)?;
    let number = event.ticket.ok_or(Error::NotFound)?;
    store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    match event.kind {
        EventKind::Merged => {
            merge::unmerge(tx, cx, number)?;
        }
        EventKind::Unmerged => {
            merge::merge(tx, cx, number, subject(&event)?)?;
        }
        EventKind::Linked => {
            link::unlink(tx, cx, number, subject(&event)?)?;
        }
        EventKind::Watched => {
            watch::unwatch(tx, cx, number)?;
        }
        EventKind::Unwatched => {
            watch::watch(tx, cx, number)?;
        }
        EventKind::Tagged => {
            tag::untag(tx, cx, number, &word(&event)?)?;
        }
        EventKind::Untagged => {
            tag::tag(tx, cx, number, &word(&event)?)?;
        }
        EventKind::Replied => take_back(tx, cx, number, &event)?,
        EventKind::Noted | EventKind::Called | EventKind::Visited => remove_words(tx, cx, number, &event)?,
        EventKind::Assigned
        | EventKind::Pended
        | EventKind::Held
        | EventKind::Resumed
        | EventKind::Solved
        | EventKind::Reopened
        | EventKind::Closed
        | EventKind::Edited => {
            put_back(tx, cx, number, &event)?;
        }
        _ => return Err(Error::Conflict("conflict-cannot-undo")),
    }
    Ok(number)
}

fn subject(event: &Event) -> Result<TicketNumber> {
    event.subject.map(TicketNumber).ok_or(Error::Conflict("conflict-cannot-undo"))
}

fn word(event: &Event) -> Result<String> {
    let data: Value = serde_json::from_str(event.data.as_deref().unwrap_or("{}")).map_err(Error::fault)?;
    data["word"].as_str().map(str::to_string).ok_or(Error::Conflict("conflict-cannot-undo"))
}

/// A reply can be taken back while its letter waits in the outbox, and the status it set with it.
fn take_back(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let message = event.subject.map(MessageId).ok_or(Error::NotFound)?;
    if !write::withdraw(tx, message)? {
        return Err(Error::Conflict("conflict-already-sent"));
    }
    put_back(tx, cx, number, event)?;
    let ticket = store::raw(tx, number)?;
    events::record(tx, cx, Fact::new(EventKind::ReplyWithdrawn).on(number, ticket.team).about(message.0))?;
    Ok(())
}

/// Notes and logs stay in the database, withdrawn: nothing typed is ever lost.
fn remove_words(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let message = event.subject.map(MessageId).ok_or(Error::NotFound)?;
    tx.exec("UPDATE message SET state = 'withdrawn' WHERE id = $1", &args![message])?;
    put_back(tx, cx, number, event)?;
    Ok(())
}

fn put_back(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<Changed> {
    let changes = changes_of(event)?;
    change(tx, cx, number, EventKind::Undone, |_, ticket| {
        *ticket = restored(ticket, &changes)?;
        Ok(Some(event.id.0))
    })
}

pub(super) fn changes_of(event: &Event) -> Result<Map<String, Value>> {
    match &event.data {
        Some(data) => serde_json::from_str(data).map_err(Error::fault),
        None => Ok(Map::new()),
    }
}

/// The ticket with the old values back, if the new ones still stand.
pub(super) fn restored(ticket: &Ticket, changes: &Map<String, Value>) -> Result<Ticket> {
    let mut now = fields(ticket);
    for (name, pair) in changes {
        if now.get(name) != Some(&pair[1]) {
            return Err(Error::Conflict("conflict-changed-since"));
        }
        now.insert(name.clone(), pair[0].clone());
    }
    serde_json::from_value(Value::Object(now)).map_err(Error::fault)
}
