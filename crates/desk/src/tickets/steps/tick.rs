//! Ticking a step, and taking the tick off again. Saying it twice changes nothing: a tick that waited for the network
//! brings the key it was given, and is taken once.

use db::{Write, args};
use serde_json::json;

use super::{Kept, page_of, standing, told};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind};
use crate::ids::{EventId, PersonId, StepId, TicketNumber};
use crate::once::{self, Lasts};

/// `None` when nothing changed: it stood so already, or this very tick was taken before.
pub fn tick(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    id: StepId,
    done: bool,
    key: Option<&str>,
) -> Result<Option<EventId>> {
    let key = key.map(|key| format!("tick:{key}"));
    let digest = format!("{id} {done}");
    if let Some(key) = &key {
        Checks::default().at_most(key, 200, "key").done()?;
        if once::kept(tx, cx, key, &digest)?.is_some() {
            return Ok(None);
        }
    }
    let page = page_of(tx, cx, number)?;
    let step = standing(tx, cx, &page, id)?;
    let event = if step.done_at.is_some() == done {
        None
    } else {
        let by = done.then_some((cx.viewer.person, cx.now));
        Some(set(tx, cx, &step, by)?)
    };
    if let Some(key) = &key {
        once::keep(tx, cx, (key, Lasts::Day), &digest, "")?;
    }
    Ok(event)
}

/// Ticked by whom and when, or not ticked. Who had ticked it before is written down for an undo. The step was found by
/// its page, and is held.
pub(super) fn set(tx: &mut Write, cx: &Context, step: &Kept, by: Option<(PersonId, Time)>) -> Result<EventId> {
    tx.exec(
        "UPDATE step SET done_at = $2, done_by = $3 WHERE id = $1",
        &args![step.id, by.map(|(_, at)| at), by.map(|(who, _)| who)],
    )?;
    let kind = if by.is_some() {
        EventKind::StepTicked
    } else {
        EventKind::StepUnticked
    };
    let was = json!({ "words": step.words, "at": step.done_at.map(|at| at.0), "by": step.done_by.map(|by| by.0) });
    let fact = told(tx, kind, step.ticket)?.about(step.id.0);
    events::record(tx, cx, fact.with(Some(was.to_string())))
}
