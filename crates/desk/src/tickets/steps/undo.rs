//! Taking back what was done to steps.

use db::Write;
use serde_json::Value;

use super::change::{StepEdit, change_step};
use super::order::move_back;
use super::remove::{have_back, remove_all};
use super::{page_of, standing, tick};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{Event, EventKind};
use crate::ids::{PersonId, StepId, TicketNumber};

const SINCE: Error = Error::Conflict("conflict-changed-since");

pub(in super::super) fn undo(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let data: Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let id = event.subject.map(StepId).ok_or(Error::Conflict("conflict-cannot-undo"));
    match event.kind {
        EventKind::StepAdded => remove_all(tx, cx, number, &ids(&data)).map(drop).map_err(since),
        EventKind::StepRemoved => have_back(tx, cx, number, &ids(&data)).map(drop),
        EventKind::StepMoved => {
            let with = data["with"].as_i64().map(StepId);
            let (with, now, beside) = with
                .zip(data["at"][0].as_i64())
                .zip(data["at"][1].as_i64())
                .map(|((with, now), beside)| (with, now, beside))
                .ok_or(Error::Conflict("conflict-cannot-undo"))?;
            move_back(tx, cx, number, (id?, now), (with, beside))
                .map(drop)
                .map_err(since)
        }
        EventKind::StepTicked | EventKind::StepUnticked => tick_back(tx, cx, number, id?, event.kind, &data),
        _ => change_back(tx, cx, number, id?, &data),
    }
}

/// The step went away since: that is a change, not a mistake of whoever presses Undo.
fn since(e: Error) -> Error {
    match e {
        Error::Refused(_) => SINCE,
        other => other,
    }
}

fn ids(data: &Value) -> Vec<StepId> {
    let all = data["steps"].as_array().into_iter().flatten();
    all.filter_map(Value::as_i64).map(StepId).collect()
}

fn tick_back(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    id: StepId,
    kind: EventKind,
    was: &Value,
) -> Result<()> {
    let page = page_of(tx, cx, number)?;
    let step = standing(tx, cx, &page, id).map_err(since)?;
    if step.done_at.is_some() != (kind == EventKind::StepTicked) {
        return Err(SINCE);
    }
    let by = was["by"].as_i64().map(PersonId).zip(was["at"].as_i64().map(Time));
    tick::set(tx, cx, &step, by).map(drop)
}

fn change_back(tx: &mut Write, cx: &Context, number: TicketNumber, id: StepId, data: &Value) -> Result<()> {
    let page = page_of(tx, cx, number)?;
    let step = standing(tx, cx, &page, id).map_err(since)?;
    let mut edit = StepEdit {
        words: step.words.clone(),
        assignee: step.assignee,
        due: step.due.clone(),
    };
    let changed = &data["changed"];
    if let [was, now] = pair(&changed["words"]) {
        if now.as_str() != Some(step.words.as_str()) {
            return Err(SINCE);
        }
        edit.words = was.as_str().unwrap_or_default().to_string();
    }
    if let [was, now] = pair(&changed["assignee"]) {
        if now.as_i64() != step.assignee.map(|p| p.0) {
            return Err(SINCE);
        }
        edit.assignee = was.as_i64().map(PersonId);
    }
    if let [was, now] = pair(&changed["due"]) {
        if now.as_str() != step.due.as_deref() {
            return Err(SINCE);
        }
        edit.due = was.as_str().map(str::to_string);
    }
    change_step(tx, cx, number, id, &edit).map(drop)
}

/// What it was and what it became; nothing for what did not change.
fn pair(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
