//! The way every change of a record goes: load, change, save, and write down what changed from what to what. And the
//! edit of its plan, which is given whole.

use db::Write;
use serde_json::{Map, Value};

use super::change::{Change, NewChange, State};
use super::open::{check, held};
use super::store;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{ChangeNumber, EventId};

/// What a verb answers: which change, and the event that can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub number: ChangeNumber,
    pub event: EventId,
}

pub(super) fn alter(
    tx: &mut Write,
    cx: &Context,
    number: ChangeNumber,
    kind: EventKind,
    body: impl FnOnce(&mut Write, &mut Change) -> Result<()>,
) -> Result<Recorded> {
    let before = held(tx, cx, number)?;
    let mut after = before.clone();
    body(tx, &mut after)?;
    kept(tx, cx, kind, &before, after, Map::new())
}

/// Saves it and tells it; `more` is what else the event remembers.
pub(super) fn kept(
    tx: &mut Write,
    cx: &Context,
    kind: EventKind,
    before: &Change,
    mut after: Change,
    more: Map<String, Value>,
) -> Result<Recorded> {
    after.revision = before.revision + 1;
    store::save(tx, &after)?;
    let mut changes = events::difference(before, &after);
    changes.extend(more);
    let data = Value::Object(changes).to_string();
    let event = events::record(tx, cx, Fact::new(kind).about(after.number.0).with(Some(data)))?;
    Ok(Recorded {
        number: after.number,
        event,
    })
}

/// Whoever approved did so to this plan: when the plan changes, it is a draft again.
pub fn edit(tx: &mut Write, cx: &Context, number: ChangeNumber, new: &NewChange) -> Result<Recorded> {
    alter(tx, cx, number, EventKind::ChangeEdited, |tx, change| {
        check(tx, cx, new, Some(&*change))?;
        let before = change.clone();
        change.title = new.title.trim().to_string();
        change.words = new.words.trim_end().to_string();
        change.risk = new.risk.unwrap_or(change.risk);
        (change.begins_at, change.ends_at) = (new.begins_at, new.ends_at);
        change.site = new.site.trim().to_string();
        change.back_out = new.back_out.trim_end().to_string();
        change.services = new.service_ids();
        change.devices = new.device_names();
        let other_plan = *change != before;
        change.notice = new.notice.tidied();
        change.owner = new.owner.unwrap_or(change.owner);
        if other_plan && change.state.is_decided() {
            back_to_draft(change);
        }
        Ok(())
    })
}

fn back_to_draft(change: &mut Change) {
    change.state = State::Draft;
    (change.asked_by, change.decided_by, change.decided_at) = (None, None, None);
    change.decision.clear();
}
