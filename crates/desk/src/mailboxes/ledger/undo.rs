//! Taking back what was just done with a letter. The event of the deed wrote down how the letter stood; undoing puts it
//! back, and takes off its ticket what the letter has become meanwhile, unless somebody has touched that since.

use db::{Read, Write, args};
use serde_json::{Map, Value, json};

use super::{Entry, find};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, LetterId, TicketNumber};
use crate::mailboxes::intake::{DISMISSED, LetterState, RELEASED_NEW, RELEASED_TICKET, split_reason};
use crate::tickets;

/// How the letter stood before the deed, for its event.
pub(super) fn was(entry: &Entry, deed: &str) -> Option<String> {
    let was = json!({ "deed": deed, "state": entry.state.as_str(), "reason": entry.reason, "ticket": entry.ticket });
    Some(was.to_string())
}

/// A line of the log that ties the events of one deed together, so that one Undo takes them all back; `None` when there
/// was nothing to do.
pub(super) fn together(tx: &mut Write, cx: &Context, deed: &str, made: &[EventId]) -> Result<Option<EventId>> {
    if made.is_empty() {
        return Ok(None);
    }
    let made: Vec<i64> = made.iter().map(|event| event.0).collect();
    let data = json!({ "deed": deed, "made": made }).to_string();
    events::record(tx, cx, Fact::new(EventKind::LetterReleased).with(Some(data))).map(Some)
}

/// What an event did with letters, where it can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Released(LetterId),
    Dismissed(LetterId),
    /// So many at once.
    ReleasedAll(usize),
    DismissedAll(usize),
    /// To this ticket.
    Moved(TicketNumber),
}

/// For the page that offers to take it back. An event that is about no letter of this viewer's is not there.
pub fn told(r: &mut Read, cx: &Context, id: EventId) -> Result<Told> {
    access::require(&cx.viewer, Place::Desk)?;
    let event = events::find(r, id)?;
    if event.actor != Some(cx.viewer.person) {
        return Err(Error::NotFound);
    }
    match event.kind {
        EventKind::LetterMoved => event.subject.map(|to| Told::Moved(TicketNumber(to))),
        EventKind::LetterReleased => released(&event),
        _ => None,
    }
    .ok_or(Error::NotFound)
}

fn released(event: &Event) -> Option<Told> {
    let data = data_of(event);
    match (event.subject.map(LetterId), data.get("deed").and_then(Value::as_str)?) {
        (Some(letter), "released") => Some(Told::Released(letter)),
        (Some(letter), "dismissed") => Some(Told::Dismissed(letter)),
        (None, "released") => Some(Told::ReleasedAll(made(&data).len())),
        (None, "dismissed") => Some(Told::DismissedAll(made(&data).len())),
        _ => None,
    }
}

/// The events that one deed with many letters has made.
fn made(data: &Map<String, Value>) -> Vec<EventId> {
    let made = data.get("made").and_then(Value::as_array);
    let ids = made.into_iter().flatten().filter_map(Value::as_i64);
    ids.map(EventId).collect()
}

fn data_of(event: &Event) -> Map<String, Value> {
    serde_json::from_str(event.changes()).unwrap_or_default()
}

/// Takes the viewer's own deed back. The answer is how many letters stand as they stood before.
pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<usize> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let event = events::find(tx, id)?;
    match told(tx, cx, id)? {
        Told::Released(letter) => unrelease(tx, cx, letter, &event).map(|()| 1),
        Told::Dismissed(letter) => bring_back(tx, cx, letter, &event).map(|()| 1),
        Told::ReleasedAll(_) => all_back(tx, cx, &event, unrelease),
        Told::DismissedAll(_) => all_back(tx, cx, &event, bring_back),
        Told::Moved(_) => tickets::move_back(tx, cx, &event).map(|_| 1),
    }
}

/// One that somebody has touched meanwhile stays as it is.
fn all_back(
    tx: &mut Write,
    cx: &Context,
    event: &Event,
    one_back: impl Fn(&mut Write, &Context, LetterId, &Event) -> Result<()>,
) -> Result<usize> {
    let mut back = 0;
    for one in made(&data_of(event)) {
        let event = events::find(tx, one)?;
        let letter = event.subject.map(LetterId).ok_or(Error::NotFound)?;
        match tx.attempt(|tx| one_back(tx, cx, letter, &event)) {
            Ok(()) => back += 1,
            Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(back)
}

fn bring_back(tx: &mut Write, cx: &Context, id: LetterId, event: &Event) -> Result<()> {
    let entry = find(tx, cx, id)?;
    if entry.state != LetterState::Refused || split_reason(&entry.reason).0 != DISMISSED {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    put_back(tx, cx, &entry, event)
}

/// While it waits to be read nothing has come of it; once it was read, its words go off the ticket again.
fn unrelease(tx: &mut Write, cx: &Context, id: LetterId, event: &Event) -> Result<()> {
    let entry = find(tx, cx, id)?;
    let key = split_reason(&entry.reason).0;
    match entry.state {
        LetterState::Kept if [RELEASED_TICKET, RELEASED_NEW].contains(&key) => {}
        LetterState::Filed => {
            let message = entry.message.ok_or(Error::Conflict("conflict-changed-since"))?;
            tickets::take_off(tx, cx, message)?;
        }
        _ => return Err(Error::Conflict("conflict-changed-since")),
    }
    put_back(tx, cx, &entry, event)
}

fn put_back(tx: &mut Write, cx: &Context, entry: &Entry, event: &Event) -> Result<()> {
    let data = data_of(event);
    let word = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
    let state = LetterState::parse(&word("state")).ok_or(Error::Conflict("conflict-cannot-undo"))?;
    let ticket = data.get("ticket").and_then(Value::as_i64).map(TicketNumber);
    let taken = tx.exec(
        "UPDATE letter SET state = $2, reason = $3, ticket = $4, message = NULL WHERE id = $1 AND state = $5",
        &args![entry.id, state, word("reason"), ticket, entry.state],
    )?;
    if taken == 0 {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    events::record(tx, cx, Fact::new(EventKind::LetterReleased).about(entry.id.0))?;
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "letter put back",
        &entry.id.to_string(),
        state.as_str(),
    )
}
