//! The steps of what is known: a known error, then a fix.

use db::Write;

use super::change::{Changed, change};
use super::edit::still_says_enough;
use super::problem::{Part, Problem, ProblemState};
use super::store;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{ProblemNumber, TicketNumber};
use crate::suggestions::{self, How, Lesson, Target};

/// From now on it is compared with new tickets by its symptom, and what is linked to it teaches which ones it fits.
pub fn become_known(tx: &mut Write, cx: &Context, number: ProblemNumber) -> Result<Changed> {
    let changed = change(tx, cx, number, EventKind::ProblemKnown, |_, problem| {
        if problem.known_at.is_some() {
            return Err(Error::Conflict("conflict-known-already"));
        }
        live(problem)?;
        problem.known_at = Some(cx.now);
        still_says_enough(problem)?;
        if problem.state == ProblemState::Open {
            problem.state = ProblemState::KnownError;
        }
        Ok(())
    })?;
    for ticket in store::linked(tx, number)? {
        teach(tx, cx, &changed.problem, ticket)?;
    }
    Ok(changed)
}

/// What mends it is written down; it is not everywhere yet.
pub fn find_fix(tx: &mut Write, cx: &Context, number: ProblemNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::ProblemFixFound, |_, problem| {
        live(problem)?;
        if problem.state == ProblemState::FixFound {
            return Err(Error::Conflict("conflict-fix-found"));
        }
        if !problem.has(Part::Fix) {
            return Err(Error::refused("fix_en", "refused-problem-fix"));
        }
        problem.state = ProblemState::FixFound;
        Ok(())
    })
}

fn live(problem: &Problem) -> Result<()> {
    if problem.state.is_live() {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-problem-done"))
    }
}

pub(super) fn target(number: ProblemNumber) -> Target {
    Target::known_error(number)
}

/// That it is behind this ticket is learnt, once it is a known error.
pub(super) fn teach(tx: &mut Write, cx: &Context, problem: &Problem, ticket: TicketNumber) -> Result<()> {
    if problem.known_at.is_none() {
        return Ok(());
    }
    let lesson = Lesson {
        ticket,
        target: target(problem.number),
        how: How::Linked,
    };
    suggestions::teach(tx, cx, lesson)
}

/// Back to where it stood before it was solved or closed.
pub(super) fn state_again(known_at: Option<Time>, has_fix: bool) -> ProblemState {
    match (known_at, has_fix) {
        (_, true) => ProblemState::FixFound,
        (Some(_), false) => ProblemState::KnownError,
        (None, false) => ProblemState::Open,
    }
}
