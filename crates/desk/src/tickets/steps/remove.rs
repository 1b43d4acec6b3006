//! Taking steps away, and having them back.

use db::{Write, args};
use serde_json::json;

use super::{on_page, page_of, standing};
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, StepId, TicketNumber};

pub fn remove_step(tx: &mut Write, cx: &Context, number: TicketNumber, id: StepId) -> Result<EventId> {
    remove_all(tx, cx, number, &[id])
}

pub(super) fn remove_all(tx: &mut Write, cx: &Context, number: TicketNumber, ids: &[StepId]) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let mut words = String::new();
    for id in ids {
        let step = standing(tx, cx, &page, *id)?;
        if words.is_empty() {
            words = step.words;
        }
        tx.exec("UPDATE step SET gone_at = $2 WHERE id = $1", &args![*id, cx.now])?;
    }
    let data = json!({ "steps": ids.iter().map(|id| id.0).collect::<Vec<_>>(), "words": words }).to_string();
    let fact = Fact::new(EventKind::StepRemoved).on(page.number, page.team);
    events::record(tx, cx, fact.with(Some(data)))
}

/// They come back where they stood, ticked or not.
pub(super) fn have_back(tx: &mut Write, cx: &Context, number: TicketNumber, ids: &[StepId]) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let mut words = String::new();
    for id in ids {
        let step = on_page(tx, cx, &page, *id)?;
        if words.is_empty() {
            words = step.words;
        }
        tx.exec("UPDATE step SET gone_at = NULL WHERE id = $1", &args![*id])?;
    }
    let data = json!({ "steps": ids.iter().map(|id| id.0).collect::<Vec<_>>(), "words": words }).to_string();
    let fact = Fact::new(EventKind::StepAdded).on(page.number, page.team);
    events::record(tx, cx, fact.with(Some(data)))
}
