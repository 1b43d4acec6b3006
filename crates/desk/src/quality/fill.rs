//! Filling a review, putting it aside, and taking that back.

use std::collections::BTreeMap;

use db::{Write, args};

use super::review::{Answer, Question, Review, State};
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, ReviewId};

/// Letters of the word that may stand beside the answers.
const WORDS: usize = 4_000;

#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub answers: BTreeMap<Question, Answer>,
    pub words: String,
}

/// All five questions; once more corrects what was said.
pub fn fill(tx: &mut Write, cx: &Context, id: ReviewId, filled: &Filled) -> Result<EventId> {
    let review = led(tx, cx, id)?;
    let mut checks = Checks::default();
    for question in Question::ALL {
        let answered = filled.answers.contains_key(question);
        checks.check(answered, question.as_str(), "refused-quality-answer");
    }
    checks.at_most(&filled.words, WORDS, "words").done()?;
    if review.state == State::Dropped {
        return Err(Error::Conflict("conflict-quality-dropped"));
    }
    tx.exec(
        "UPDATE quality_review SET state = 'done', words = $2, reviewer = $3, done_at = $4 WHERE id = $1",
        &args![id, filled.words.trim(), cx.viewer.person, cx.now],
    )?;
    for (question, answer) in &filled.answers {
        tx.exec(
            "INSERT INTO quality_answer (review, question, answer) VALUES ($1, $2, $3)
             ON CONFLICT (review, question) DO UPDATE SET answer = excluded.answer",
            &args![id, *question, *answer],
        )?;
    }
    events::record(tx, cx, Fact::new(EventKind::QualityFilled).about(id.0))
}

/// Put aside: it says nothing of anybody.
pub fn drop_review(tx: &mut Write, cx: &Context, id: ReviewId) -> Result<EventId> {
    let review = led(tx, cx, id)?;
    if review.state != State::Waiting {
        return Err(Error::Conflict("conflict-quality-done"));
    }
    put(tx, cx, id, State::Dropped, EventKind::QualityDropped)
}

/// It waits again.
pub fn restore(tx: &mut Write, cx: &Context, id: ReviewId) -> Result<EventId> {
    let review = led(tx, cx, id)?;
    if review.state != State::Dropped {
        return Err(Error::Conflict("conflict-cannot-undo"));
    }
    put(tx, cx, id, State::Waiting, EventKind::QualityRestored)
}

fn put(tx: &mut Write, cx: &Context, id: ReviewId, state: State, kind: EventKind) -> Result<EventId> {
    tx.exec("UPDATE quality_review SET state = $2 WHERE id = $1", &args![id, state])?;
    events::record(tx, cx, Fact::new(kind).about(id.0))
}

/// Held, for a lead of its team who is not the one it is about; to others it is not there.
fn led(tx: &mut Write, cx: &Context, id: ReviewId) -> Result<Review> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    tx.hold_rows(
        "SELECT id FROM quality_review WHERE id = $1 FOR NO KEY UPDATE",
        &args![id],
    )?;
    let review = store::find(tx, id)?.ok_or(Error::NotFound)?;
    if review.is_led_by(&cx.viewer) {
        Ok(review)
    } else {
        Err(Error::NotFound)
    }
}
