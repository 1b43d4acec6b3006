//! The way every change of a problem goes: held, changed, saved, and written down from what to what, so that it can be
//! shown and taken back.

use db::Write;
use serde_json::{Map, Value, json};

use super::problem::Problem;
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, ProblemNumber};

/// What a verb answers: the problem as it now stands, and the event that can be undone.
#[derive(Clone, Debug)]
pub struct Changed {
    pub problem: Problem,
    pub event: EventId,
}

pub(super) fn change(
    tx: &mut Write,
    cx: &Context,
    number: ProblemNumber,
    kind: EventKind,
    body: impl FnOnce(&mut Write, &mut Problem) -> Result<()>,
) -> Result<Changed> {
    let before = held(tx, cx, number)?;
    let mut problem = before.clone();
    body(tx, &mut problem)?;
    problem.changed_at = cx.now;
    store::save(tx, &problem)?;
    let fact = Fact::new(kind).about(number.0).with(difference(&before, &problem)?);
    let event = events::record(tx, cx, fact)?;
    Ok(Changed { problem, event })
}

/// For whoever may work at the desk, its row held until this transaction ends.
pub(super) fn held(tx: &mut Write, cx: &Context, number: ProblemNumber) -> Result<Problem> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::held(tx, number)
}

/// Follows from the others, and is never put back.
const DERIVED: &str = "changed_at";

/// `{"field":[before,after], ...}`; `None` when nothing changed.
fn difference(before: &Problem, after: &Problem) -> Result<Option<String>> {
    let (old, new) = (fields(before)?, fields(after)?);
    let mut changed = Map::new();
    for (name, was) in old {
        let is = new.get(&name).cloned().unwrap_or(Value::Null);
        if was != is && name != DERIVED {
            changed.insert(name, json!([was, is]));
        }
    }
    Ok((!changed.is_empty()).then(|| Value::Object(changed).to_string()))
}

fn fields(problem: &Problem) -> Result<Map<String, Value>> {
    match serde_json::to_value(problem) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(e) => Err(Error::fault(e)),
    }
}

/// The problem with the old values back, if the new ones still stand.
pub(super) fn restored(problem: &Problem, changes: &Map<String, Value>) -> Result<Problem> {
    let mut now = fields(problem)?;
    for (name, pair) in changes {
        if now.get(name) != Some(&pair[1]) {
            return Err(Error::Conflict("conflict-changed-since"));
        }
        now.insert(name.clone(), pair[0].clone());
    }
    serde_json::from_value(Value::Object(now)).map_err(Error::fault)
}
