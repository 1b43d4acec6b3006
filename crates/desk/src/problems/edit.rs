//! Changing what is written down of a problem: it is given whole.

use db::Write;

use super::change::{Changed, change};
use super::check::checked;
use super::problem::{NewProblem, Part, Problem};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::ProblemNumber;

/// `seen` is when it had last changed for whoever writes: what somebody else wrote meanwhile is not written over.
pub fn edit(
    tx: &mut Write,
    cx: &Context,
    number: ProblemNumber,
    new: &NewProblem,
    seen: Option<Time>,
) -> Result<Changed> {
    change(tx, cx, number, EventKind::ProblemEdited, |tx, problem| {
        if seen.is_some_and(|seen| seen != problem.changed_at) {
            return Err(Error::Conflict("conflict-problem-changed"));
        }
        let new = checked(tx, new, Some(&written(problem)))?;
        new.put_on(problem);
        still_says_enough(problem)
    })
}

/// What stands in it now, as a form shows it.
pub fn written(problem: &Problem) -> NewProblem {
    let p = problem.clone();
    NewProblem {
        title_en: p.title_en,
        title_fr: p.title_fr,
        symptom_en: p.symptom_en,
        symptom_fr: p.symptom_fr,
        cause_en: p.cause_en,
        cause_fr: p.cause_fr,
        workaround_en: p.workaround_en,
        workaround_fr: p.workaround_fr,
        fix_en: p.fix_en,
        fix_fr: p.fix_fr,
        owner: p.owner,
        topic: p.topic,
        public: p.public,
    }
}

/// A known error is found by its symptom and says what it is or what helps.
pub(super) fn still_says_enough(problem: &Problem) -> Result<()> {
    if problem.known_at.is_none() {
        return Ok(());
    }
    if !problem.has(Part::Symptom) {
        return Err(Error::refused("symptom_en", "refused-known-symptom"));
    }
    if !problem.has(Part::Workaround) && !problem.has(Part::Cause) {
        return Err(Error::refused("workaround_en", "refused-known-words"));
    }
    Ok(())
}
