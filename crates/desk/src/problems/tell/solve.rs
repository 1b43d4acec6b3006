//! The verb: the problem is solved, and everybody affected is told.

use db::{Write, args};

use super::step;
use super::words::{NewTelling, checked, to_tell};
use super::{TellingState, step::Telling};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{EventId, ProblemNumber, TellingId, TicketNumber};
use crate::problems::affected::all_affected;
use crate::problems::change::change;
use crate::problems::problem::{Part, Problem, ProblemState};
use crate::tickets::Stage;

#[derive(Clone, Debug)]
pub struct Solved {
    pub problem: Problem,
    /// What can be undone.
    pub event: EventId,
    pub telling: TellingId,
}

/// Solves a problem that has a fix, answers and solves each linked ticket that is still open. Those that are not his to
/// work on are left and named to whoever may see them. Again, when more tickets turned up since.
pub fn solve(tx: &mut Write, cx: &Context, number: ProblemNumber, new: &NewTelling) -> Result<Solved> {
    let changed = change(tx, cx, number, EventKind::ProblemSolved, |_, problem| {
        if problem.state == ProblemState::Closed {
            return Err(Error::Conflict("conflict-problem-closed"));
        }
        if !problem.has(Part::Fix) {
            return Err(Error::refused("fix_en", "refused-problem-fix"));
        }
        problem.state = ProblemState::Solved;
        problem.solved_at = problem.solved_at.or(Some(cx.now));
        Ok(())
    })?;
    let affected = all_affected(tx, number)?;
    let (mine, readers) = to_tell(tx, cx, &affected)?;
    let words = checked(new, &readers)?;
    let telling = insert(tx, cx, &changed.problem, &words, changed.event)?;
    for one in affected.iter().filter(|one| one.status.stage() != Stage::Done) {
        let (state, reason) = if mine.contains(&one.number) {
            (TellingState::Waiting, "")
        } else {
            (TellingState::Left, "left-not-found")
        };
        put(tx, telling.id, one.number, state, reason)?;
    }
    step::go_on(tx, cx, &telling, &changed.problem)?;
    Ok(Solved {
        problem: changed.problem,
        event: changed.event,
        telling: telling.id,
    })
}

fn insert(tx: &mut Write, cx: &Context, problem: &Problem, words: &NewTelling, event: EventId) -> Result<Telling> {
    let id = tx.insert(
        "INSERT INTO telling (problem, person, reply_en, reply_fr, either, event, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        &args![
            problem.number,
            cx.viewer.person,
            words.reply_en.as_str(),
            words.reply_fr.as_str(),
            words.either,
            event,
            cx.now
        ],
    )?;
    step::load(tx, TellingId(id))
}

fn put(tx: &mut Write, telling: TellingId, ticket: TicketNumber, state: TellingState, reason: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO telling_ticket (telling, ticket, state, reason) VALUES ($1, $2, $3, $4)",
        &args![telling, ticket, state, reason],
    )?;
    Ok(())
}
