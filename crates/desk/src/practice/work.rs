//! Working a practice ticket: what one would ask, think and answer; handed in, it stays as it is and shows what was done.

use db::Write;

use super::store::{self, Practice};
use crate::access::{self, Place};
use crate::competence;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PracticeId};

/// Characters of each field.
const MOST: usize = 10_000;

#[derive(Clone, Debug, Default)]
pub struct Work {
    pub asks: String,
    pub diagnosis: String,
    pub answer: String,
}

/// Held, and the viewer's own to work.
fn own(tx: &mut Write, cx: &Context, id: PracticeId) -> Result<Practice> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, id)?;
    let one = store::load(tx, id)?;
    if one.person == cx.viewer.person && !one.removed {
        Ok(one)
    } else {
        Err(Error::NotFound)
    }
}

fn written(tx: &mut Write, cx: &Context, id: PracticeId, work: &Work) -> Result<Practice> {
    let mut one = own(tx, cx, id)?;
    if one.handed_at.is_some() {
        return Err(Error::Conflict("conflict-practice-handed-in"));
    }
    Checks::default()
        .at_most(&work.asks, MOST, "asks")
        .at_most(&work.diagnosis, MOST, "diagnosis")
        .at_most(&work.answer, MOST, "answer")
        .done()?;
    one.asks = work.asks.trim_end().to_string();
    one.diagnosis = work.diagnosis.trim_end().to_string();
    one.answer = work.answer.trim_end().to_string();
    Ok(one)
}

/// Keeps it as far as it is.
///
/// No event: it is a draft of one's own until it is handed in.
pub fn save(tx: &mut Write, cx: &Context, id: PracticeId, work: &Work) -> Result<()> {
    let one = written(tx, cx, id, work)?;
    store::save(tx, &one)
}

/// From now on what was done stands beside it. Without a diagnosis and an answer there is nothing to compare.
pub fn hand_in(tx: &mut Write, cx: &Context, id: PracticeId, work: &Work) -> Result<EventId> {
    let mut one = written(tx, cx, id, work)?;
    Checks::default()
        .text(&one.diagnosis, MOST, "diagnosis")
        .text(&one.answer, MOST, "answer")
        .done()?;
    one.handed_at = Some(cx.now);
    store::save(tx, &one)?;
    changed(tx, cx, id)
}

/// What comparing taught him.
pub fn learnt(tx: &mut Write, cx: &Context, id: PracticeId, words: &str) -> Result<EventId> {
    let mut one = own(tx, cx, id)?;
    if one.handed_at.is_none() {
        return Err(Error::Conflict("conflict-practice-not-handed-in"));
    }
    Checks::default().at_most(words, MOST, "learnt").done()?;
    one.learnt = words.trim().to_string();
    store::save(tx, &one)?;
    changed(tx, cx, id)
}

/// What whoever leads him says of it; given whole, so that it can be mended.
pub fn comment(tx: &mut Write, cx: &Context, id: PracticeId, words: &str) -> Result<EventId> {
    store::hold(tx, id)?;
    let mut one = store::load(tx, id)?;
    competence::assessed(tx, cx, one.person)?;
    if one.removed {
        return Err(Error::NotFound);
    }
    Checks::default().at_most(words, MOST, "comment").done()?;
    one.comment = words.trim().to_string();
    store::save(tx, &one)?;
    changed(tx, cx, id)
}

fn changed(tx: &mut Write, cx: &Context, id: PracticeId) -> Result<EventId> {
    events::record(tx, cx, Fact::new(EventKind::PracticeChanged).about(id.0))
}
