//! Changing a step: its words, who does it, and until which day.

use db::{Write, args};
use jiff::civil::Date;
use serde_json::{Map, json};

use super::super::assign::must_be_technician;
use super::add::MOST_WORDS;
use super::{page_of, standing, told};
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind};
use crate::ids::{EventId, PersonId, StepId, TicketNumber};

/// The step as it shall be.
#[derive(Clone, Debug, Default)]
pub struct StepEdit {
    pub words: String,
    pub assignee: Option<PersonId>,
    /// 2026-11-17.
    pub due: Option<String>,
}

fn is_day(text: &str) -> bool {
    let day: Option<Date> = text.parse().ok();
    day.is_some_and(|day| (2000..=2200).contains(&day.year()) && day.to_string() == text)
}

pub fn change_step(tx: &mut Write, cx: &Context, number: TicketNumber, id: StepId, edit: &StepEdit) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let step = standing(tx, cx, &page, id)?;
    let words = edit.words.trim();
    let day = edit.due.as_deref();
    Checks::default()
        .text(words, MOST_WORDS, "words")
        .check(!words.contains('\n'), "words", "refused-one-line")
        .check(day.is_none_or(is_day), "due", "refused-day")
        .done()?;
    if let Some(to) = edit.assignee.filter(|to| Some(*to) != step.assignee) {
        must_be_technician(tx, to)?;
    }
    tx.exec(
        "UPDATE step SET words = $2, assignee = $3, due = $4 WHERE id = $1",
        &args![id, words, edit.assignee, day],
    )?;
    let mut changed = Map::new();
    if step.words != words {
        changed.insert("words".into(), json!([step.words, words]));
    }
    if step.assignee != edit.assignee {
        changed.insert(
            "assignee".into(),
            json!([step.assignee.map(|p| p.0), edit.assignee.map(|p| p.0)]),
        );
    }
    if step.due.as_deref() != day {
        changed.insert("due".into(), json!([step.due, day]));
    }
    let data = json!({ "words": words, "changed": changed }).to_string();
    let fact = told(tx, EventKind::StepChanged, step.ticket)?;
    events::record(tx, cx, fact.about(id.0).with(Some(data)))
}
