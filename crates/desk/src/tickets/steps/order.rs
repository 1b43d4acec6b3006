//! Moving a step up or down by one.

use db::{Write, args};
use serde_json::json;

use super::{Kept, on_page, page_of, standing, told};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind};
use crate::ids::{EventId, StepId, TicketNumber};

pub fn move_step(tx: &mut Write, cx: &Context, number: TicketNumber, id: StepId, up: bool) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let step = standing(tx, cx, &page, id)?;
    let beside: Option<StepId> = if up {
        tx.maybe(
            "SELECT id FROM step WHERE ticket = $1 AND position < $2 AND gone_at IS NULL ORDER BY position DESC LIMIT 1",
            &args![step.ticket, step.position],
        )?
    } else {
        tx.maybe(
            "SELECT id FROM step WHERE ticket = $1 AND position > $2 AND gone_at IS NULL ORDER BY position LIMIT 1",
            &args![step.ticket, step.position],
        )?
    };
    let beside = beside.ok_or(Error::Conflict("conflict-step-end"))?;
    let other = on_page(tx, cx, &page, beside)?;
    change_places(tx, cx, &step, &other)
}

/// They go back to where they stood, if both still stand where the move has put them.
pub(super) fn move_back(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    (id, now): (StepId, i64),
    (other, beside): (StepId, i64),
) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let (one, two) = (standing(tx, cx, &page, id)?, on_page(tx, cx, &page, other)?);
    if (one.position, two.position) != (now, beside) {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    change_places(tx, cx, &one, &two)
}

/// Two steps of one ticket change places. Where they stand afterwards is written down for an undo.
fn change_places(tx: &mut Write, cx: &Context, one: &Kept, two: &Kept) -> Result<EventId> {
    for (step, position) in [(one.id, two.position), (two.id, one.position)] {
        tx.exec("UPDATE step SET position = $2 WHERE id = $1", &args![step, position])?;
    }
    let data = json!({ "with": two.id.0, "at": [two.position, one.position], "words": one.words }).to_string();
    let fact = told(tx, EventKind::StepMoved, one.ticket)?;
    events::record(tx, cx, fact.about(one.id.0).with(Some(data)))
}
