//! Taking back what was just done to an outage, unless somebody has changed it since.

use db::Write;
use serde_json::{Map, Value};

use super::edit::{held, kept};
use super::{link, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind};
use crate::ids::{EventId, OutageNumber, UpdateId};
use crate::tickets;

/// An outage that was opened by mistake leaves every page; its row stays. Answers are taken back while their letters
/// wait in the outbox.
pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<OutageNumber> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let event = events::find(tx, id)?;
    let number = event.subject.map(OutageNumber).ok_or(Error::NotFound)?;
    match event.kind {
        EventKind::OutageOpened => close_unseen(tx, cx, number)?,
        EventKind::OutageEdited | EventKind::OutageTold => put_back(tx, cx, number, &event)?,
        EventKind::OutageLinked => {
            let ticket = event.ticket.ok_or(Error::NotFound)?;
            link::unlink(tx, cx, number, ticket)?;
        }
        EventKind::OutageUnlinked => {
            let ticket = event.ticket.ok_or(Error::NotFound)?;
            link::link(tx, cx, number, ticket)?;
        }
        EventKind::OutageAnswered => call_back(tx, cx, number, &event)?,
        EventKind::OutageUndone => return Err(Error::Conflict("conflict-cannot-undo")),
        // Of something else, which this is no way to.
        _ => return Err(Error::NotFound),
    }
    Ok(number)
}

fn close_unseen(tx: &mut Write, cx: &Context, number: OutageNumber) -> Result<()> {
    let before = held(tx, cx, number)?;
    let mut told = store::updates(tx, &[number])?;
    if told.remove(&number).is_some_and(|said| said.len() > 1) {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    let mut after = before.clone();
    after.removed = true;
    kept(tx, cx, EventKind::OutageUndone, &before, &after, Map::new()).map(drop)
}

fn put_back(tx: &mut Write, cx: &Context, number: OutageNumber, event: &Event) -> Result<()> {
    let before = held(tx, cx, number)?;
    let changes: Map<String, Value> = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let after = events::put_back(&before, &changes)?;
    if let Some(update) = changes.get("update").and_then(Value::as_i64).map(UpdateId) {
        let mut told = store::updates(tx, &[number])?.remove(&number).unwrap_or_default();
        told.truncate(1);
        if told.first().map(|newest| newest.id) != Some(update) {
            return Err(Error::Conflict("conflict-changed-since"));
        }
        store::withdraw_update(tx, update)?;
    }
    let of = Map::from_iter([("undone".to_string(), Value::from(event.id.0))]);
    kept(tx, cx, EventKind::OutageUndone, &before, &after, of).map(drop)
}

/// Each reply by its own undo. When none can be taken back any more, that is said.
fn call_back(tx: &mut Write, cx: &Context, number: OutageNumber, event: &Event) -> Result<()> {
    let outage = held(tx, cx, number)?;
    let data: Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let made = data["events"].as_array().cloned().unwrap_or_default();
    let mut taken = 0;
    for reply in made.iter().filter_map(Value::as_i64).map(EventId) {
        match tx.attempt(|tx| tickets::undo(tx, cx, reply)) {
            Ok(_) => taken += 1,
            Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    if taken == 0 {
        return Err(Error::Conflict("conflict-already-sent"));
    }
    let of = Map::from_iter([
        ("undone".to_string(), Value::from(event.id.0)),
        ("taken".to_string(), Value::from(taken)),
    ]);
    kept(tx, cx, EventKind::OutageUndone, &outage, &outage, of).map(drop)
}
