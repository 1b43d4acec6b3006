//! Closed: nothing more is done about it, and it is compared with nothing. Reopened: it is there again.

use db::Write;

use super::change::{Changed, change};
use super::known::state_again;
use super::problem::{Part, ProblemState};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::ProblemNumber;

/// Its tickets stay as they are.
pub fn close(tx: &mut Write, cx: &Context, number: ProblemNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::ProblemClosed, |_, problem| {
        if problem.state == ProblemState::Closed {
            return Err(Error::Conflict("conflict-problem-closed"));
        }
        problem.state = ProblemState::Closed;
        Ok(())
    })
}

/// The fix did not hold, or it was closed too soon. Its tickets stay as they are.
pub fn reopen(tx: &mut Write, cx: &Context, number: ProblemNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::ProblemReopened, |_, problem| {
        if problem.state.is_live() {
            return Err(Error::Conflict("conflict-problem-open"));
        }
        // What was to mend it and did not is no fix.
        let mended = problem.state == ProblemState::Closed && problem.solved_at.is_none() && problem.has(Part::Fix);
        problem.state = state_again(problem.known_at, mended);
        problem.solved_at = None;
        Ok(())
    })
}
