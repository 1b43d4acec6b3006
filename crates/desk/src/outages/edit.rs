//! What an outage is called, what it hits and since when: given whole. How it goes on is told by `tell`.

use db::Write;
use serde_json::{Map, Value};

use super::open::check;
use super::outage::{NewOutage, Outage};
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, OutageNumber, ServiceId};

/// What a verb answers: which outage, and the event that can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub number: OutageNumber,
    pub event: EventId,
}

pub fn edit(tx: &mut Write, cx: &Context, number: OutageNumber, new: &NewOutage) -> Result<Recorded> {
    let before = held(tx, cx, number)?;
    let stood: Vec<ServiceId> = before.services.iter().map(|hit| hit.service).collect();
    check(tx, cx, new, &stood)?;
    let mut after = before.clone();
    after.title = new.title.tidied();
    after.shown = new.shown;
    after.note = new.note.trim_end().to_string();
    after.services = new.hits();
    if let Some(began) = new.began_at {
        if before.ended_at.is_some_and(|ended| began > ended) {
            return Err(Error::refused("began_at", "refused-change-ends"));
        }
        after.began_at = began.min(cx.now);
    }
    kept(tx, cx, EventKind::OutageEdited, &before, &after, Map::new())
}

/// For whoever may change it; its row is held.
pub(super) fn held(tx: &mut Write, cx: &Context, number: OutageNumber) -> Result<Outage> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, number)?;
    store::load(tx, number)
}

/// Saves it and tells it; `more` is what else the event remembers.
pub(super) fn kept(
    tx: &mut Write,
    cx: &Context,
    kind: EventKind,
    before: &Outage,
    after: &Outage,
    more: Map<String, Value>,
) -> Result<Recorded> {
    store::save(tx, after)?;
    let mut changes = events::difference(before, after);
    changes.extend(more);
    let data = Value::Object(changes).to_string();
    let fact = Fact::new(kind).about(after.number.0).with(Some(data));
    let event = events::record(tx, cx, fact)?;
    Ok(Recorded {
        number: after.number,
        event,
    })
}
