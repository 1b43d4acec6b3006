//! The change is made: begun, and ended one way or another.

use db::Write;

use super::change::{Change, State, needs_approval};
use super::edit::{Recorded, alter};
use super::open::{made_at, not_now};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::EventKind;
use crate::ids::ChangeNumber;

db::text_enum! {
    pub enum Outcome { Done => "done", Failed => "failed", BackedOut => "backed_out" }
}

/// How it ended: what came of it, in words where it did not go as planned.
#[derive(Clone, Debug)]
pub struct Finish {
    pub outcome: Outcome,
    pub result: String,
    pub at: Option<Time>,
}

pub fn start(tx: &mut Write, cx: &Context, number: ChangeNumber) -> Result<Recorded> {
    alter(tx, cx, number, EventKind::ChangeMoved, |_, change| {
        may_begin(cx, change)?;
        change.state = State::InProgress;
        change.started_at = Some(cx.now);
        Ok(())
    })
}

/// Also of one nobody said was begun, and of one that turned out otherwise after all.
pub fn finish(tx: &mut Write, cx: &Context, number: ChangeNumber, how: &Finish) -> Result<Recorded> {
    let mut checks = Checks::default();
    if how.outcome == Outcome::Done {
        checks.at_most(&how.result, 20_000, "result");
    } else {
        checks.text(&how.result, 20_000, "result");
    }
    checks.done()?;
    let at = made_at(cx, how.at, "at")?;
    alter(tx, cx, number, EventKind::ChangeMoved, |_, change| {
        let to = match how.outcome {
            Outcome::Done => State::Done,
            Outcome::Failed => State::Failed,
            Outcome::BackedOut => State::BackedOut,
        };
        if change.state == to {
            return not_now();
        }
        if !change.state.is_over() && change.state != State::InProgress {
            may_begin(cx, change)?;
        }
        change.state = to;
        let began = change.started_at.or(change.begins_at).filter(|began| *began <= at);
        change.started_at = Some(began.unwrap_or(at));
        change.ended_at = Some(at);
        if !how.result.trim().is_empty() {
            change.result = how.result.trim_end().to_string();
        }
        Ok(())
    })
}

fn may_begin(cx: &Context, change: &Change) -> Result<()> {
    match change.state {
        State::Approved => Ok(()),
        State::Draft | State::Asked if !needs_approval(change.risk, cx.house.approval_from) => Ok(()),
        State::Draft | State::Asked | State::Refused => Err(Error::Conflict("conflict-change-approval")),
        State::InProgress | State::Done | State::Failed | State::BackedOut => not_now(),
    }
}
