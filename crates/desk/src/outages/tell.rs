//! How it goes on: an update in both languages, the state it is in now, and the all-clear.

use db::Write;
use serde_json::{Map, Value};

use super::edit::{Recorded, held, kept};
use super::outage::{Phase, check_words};
use super::store;
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::EventKind;
use crate::ids::OutageNumber;
use crate::words::Both;

/// What is told. Words may be missing where the state says enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub phase: Phase,
    pub words: Both,
}

/// `Phase::Over` is the all-clear; any other state after it opens the outage again.
pub fn tell(tx: &mut Write, cx: &Context, number: OutageNumber, told: &Told) -> Result<Recorded> {
    let before = held(tx, cx, number)?;
    let mut checks = Checks::default();
    check_words(&told.words, before.phase == told.phase, &mut checks);
    checks.done()?;
    let mut after = before.clone();
    after.phase = told.phase;
    after.ended_at = match told.phase {
        Phase::Over => before.ended_at.or(Some(cx.now)),
        _ => None,
    };
    let update = store::add_update(tx, cx, number, told.phase, &told.words.tidied())?;
    let more = Map::from_iter([("update".to_string(), Value::from(update.0))]);
    kept(tx, cx, EventKind::OutageTold, &before, &after, more)
}
