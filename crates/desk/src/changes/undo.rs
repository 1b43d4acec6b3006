//! Taking back what was just done to a change, unless somebody has changed it since.

use db::Write;
use serde_json::{Map, Value};

use super::change::State;
use super::edit::{alter, kept};
use super::link;
use super::open::held;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind};
use crate::ids::{ChangeNumber, EventId};

/// A change that was just written down is taken off the log; its row stays.
pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<ChangeNumber> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let event = events::find(tx, id)?;
    let number = event.subject.map(ChangeNumber).ok_or(Error::NotFound)?;
    match event.kind {
        EventKind::ChangeOpened => {
            alter(tx, cx, number, EventKind::ChangeUndone, |_, change| {
                if change.revision != 0 {
                    return Err(Error::Conflict("conflict-changed-since"));
                }
                change.removed = true;
                Ok(())
            })?;
        }
        EventKind::ChangeEdited | EventKind::ChangeMoved => put_back(tx, cx, number, &event)?,
        EventKind::ChangeLinked => {
            let ticket = event.ticket.ok_or(Error::NotFound)?;
            link::unlink(tx, cx, number, ticket)?;
        }
        EventKind::ChangeUnlinked => {
            let ticket = event.ticket.ok_or(Error::NotFound)?;
            link::link(tx, cx, number, ticket)?;
        }
        EventKind::ChangeUndone => return Err(Error::Conflict("conflict-cannot-undo")),
        // Of something else, which this is no way to.
        _ => return Err(Error::NotFound),
    }
    Ok(number)
}

fn put_back(tx: &mut Write, cx: &Context, number: ChangeNumber, event: &Event) -> Result<()> {
    let before = held(tx, cx, number)?;
    let mut changes: Map<String, Value> = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let then = changes.remove("revision").and_then(|pair| pair[1].as_i64());
    let after = events::put_back(&before, &changes)?;
    // What was approved is the plan as it was then: a later word anywhere in it needs a new approval.
    if after.state == State::Approved && then != Some(before.revision) {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    let of = Map::from_iter([("undone".to_string(), Value::from(event.id.0))]);
    kept(tx, cx, EventKind::ChangeUndone, &before, after, of).map(drop)
}
