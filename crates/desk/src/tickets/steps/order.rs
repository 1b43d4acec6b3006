//! Moving a step up or down by one.

use db::{Write, args};

use super::{Kept, on_page, page_of, standing};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
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
    change_places(tx, cx, number, id, beside)
}

/// Two steps of one ticket change places; doing it again is its own undo.
pub(super) fn change_places(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    id: StepId,
    other: StepId,
) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let (one, two): (Kept, Kept) = (standing(tx, cx, &page, id)?, on_page(tx, cx, &page, other)?);
    for (step, position) in [(one.id, two.position), (two.id, one.position)] {
        tx.exec("UPDATE step SET position = $2 WHERE id = $1", &args![step, position])?;
    }
    let data = serde_json::json!({ "with": other.0, "words": one.words }).to_string();
    let fact = Fact::new(EventKind::StepMoved).on(page.number, page.team);
    events::record(tx, cx, fact.about(id.0).with(Some(data)))
}
