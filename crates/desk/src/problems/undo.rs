//! Taking back what was just done with a problem: the old values come back, unless somebody has changed them since.

use db::Write;
use serde_json::{Map, Value};

use super::change::{change, restored};
use super::known::{target, teach};
use super::{link, store, tell};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind};
use crate::ids::{EventId, ProblemNumber};
use crate::suggestions;

/// Undoes one event of a problem. `Conflict` says why it cannot be.
pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<ProblemNumber> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let event = events::find(tx, id)?;
    let number = event.subject.map(ProblemNumber).ok_or(Error::NotFound)?;
    match event.kind {
        EventKind::ProblemLinked | EventKind::ProblemUnlinked => {
            link::undo_link(tx, cx, &event)?;
        }
        EventKind::ProblemSolved => {
            put_back(tx, cx, number, &event)?;
            tell::take_back(tx, cx, number, &event)?;
        }
        EventKind::ProblemKnown | EventKind::ProblemUndone => {
            put_back(tx, cx, number, &event)?;
            learn_anew(tx, cx, number)?;
        }
        EventKind::ProblemEdited
        | EventKind::ProblemFixFound
        | EventKind::ProblemReopened
        | EventKind::ProblemClosed => put_back(tx, cx, number, &event)?,
        _ => return Err(Error::Conflict("conflict-cannot-undo")),
    }
    Ok(number)
}

fn put_back(tx: &mut Write, cx: &Context, number: ProblemNumber, event: &Event) -> Result<()> {
    let changes: Map<String, Value> = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    change(tx, cx, number, EventKind::ProblemUndone, |_, problem| {
        *problem = restored(problem, &changes)?;
        Ok(())
    })
    .map(drop)
}

/// What is linked to it teaches while it is a known error, and no longer.
fn learn_anew(tx: &mut Write, cx: &Context, number: ProblemNumber) -> Result<()> {
    let problem = store::load(tx, number)?;
    for ticket in store::linked(tx, number)? {
        if problem.known_at.is_some() {
            teach(tx, cx, &problem, ticket)?;
        } else {
            suggestions::forget(tx, ticket, target(number))?;
        }
    }
    Ok(())
}
