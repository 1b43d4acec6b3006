//! Taking steps away, and having them back.

use db::{Write, args};
use serde_json::json;

use super::{Kept, must_fit, on_page, page_of, standing, standing_count, told};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind};
use crate::ids::{EventId, StepId, TicketNumber};

pub fn remove_step(tx: &mut Write, cx: &Context, number: TicketNumber, id: StepId) -> Result<EventId> {
    remove_all(tx, cx, number, &[id])
}

pub(super) fn remove_all(tx: &mut Write, cx: &Context, number: TicketNumber, ids: &[StepId]) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let mut gone = Vec::new();
    for id in ids {
        gone.push(standing(tx, cx, &page, *id)?);
        tx.exec("UPDATE step SET gone_at = $2 WHERE id = $1", &args![*id, cx.now])?;
    }
    tell(tx, cx, EventKind::StepRemoved, &gone)
}

/// They come back where they stood, ticked or not.
pub(super) fn have_back(tx: &mut Write, cx: &Context, number: TicketNumber, ids: &[StepId]) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let mut back = Vec::new();
    for id in ids {
        let step = on_page(tx, cx, &page, *id)?;
        if step.gone_at.is_none() {
            return Err(Error::Conflict("conflict-changed-since"));
        }
        let (there, _) = standing_count(tx, step.ticket)?;
        must_fit(there, 1)?;
        tx.exec("UPDATE step SET gone_at = NULL WHERE id = $1", &args![*id])?;
        back.push(step);
    }
    tell(tx, cx, EventKind::StepAdded, &back)
}

/// Steps are added together, so all of them are of one ticket.
fn tell(tx: &mut Write, cx: &Context, kind: EventKind, steps: &[Kept]) -> Result<EventId> {
    let first = steps.first().ok_or(Error::Conflict("conflict-cannot-undo"))?;
    let ids: Vec<i64> = steps.iter().map(|step| step.id.0).collect();
    let data = json!({ "steps": ids, "words": first.words }).to_string();
    let fact = told(tx, kind, first.ticket)?;
    events::record(tx, cx, fact.with(Some(data)))
}
