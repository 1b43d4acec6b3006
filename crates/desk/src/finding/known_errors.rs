//! Known errors in the index: by their symptom in both languages, so that a new ticket is compared with them. They have no
//! gate: staff alone ask for this kind, and a requester's question never does.

use std::collections::BTreeSet;

use search::{Document, Lang as IndexLang};

use super::KNOWN_ERROR;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::{Event, EventKind};
use crate::ids::ProblemNumber;
use crate::problems::{self, Part, Problem};
use crate::words::Lang;

/// Documents a step of rebuilding.
const STEP: i64 = 200;

/// What these lines of the log changed.
pub(super) async fn follow(desk: &Desk, lines: &[Event]) -> Result<()> {
    let changed: BTreeSet<ProblemNumber> = lines
        .iter()
        .filter(|line| changes_known_error(line.kind))
        .filter_map(|line| line.subject.map(ProblemNumber))
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    put(desk, changed.into_iter().collect()).await
}

/// Links are not in its words.
pub(crate) fn changes_known_error(kind: EventKind) -> bool {
    use EventKind as E;
    matches!(
        kind,
        E::ProblemOpened
            | E::ProblemEdited
            | E::ProblemKnown
            | E::ProblemFixFound
            | E::ProblemSolved
            | E::ProblemReopened
            | E::ProblemClosed
            | E::ProblemUndone
    )
}

/// All of them, into an index that was made anew.
pub(super) async fn put_all(desk: &Desk) -> Result<()> {
    let mut after = ProblemNumber(0);
    loop {
        let numbers = desk.read(move |r| problems::numbers_after(r, after, STEP)).await?;
        let Some(last) = numbers.last() else { return Ok(()) };
        after = *last;
        put(desk, numbers).await?;
    }
}

async fn put(desk: &Desk, numbers: Vec<ProblemNumber>) -> Result<()> {
    let found: Vec<(ProblemNumber, Option<Problem>)> = desk
        .read(move |r| {
            numbers
                .into_iter()
                .map(|number| Ok((number, problems::matched(r, number)?)))
                .collect()
        })
        .await?;
    for (number, problem) in found {
        let done = match problem {
            Some(problem) => desk.index().put([document(&problem)]),
            None => desk.index().remove(KNOWN_ERROR, number.0),
        };
        done.map_err(Error::fault)?;
    }
    Ok(())
}

fn document(problem: &Problem) -> Document {
    let both = |part: Part| {
        let texts = [Lang::En, Lang::Fr].map(|lang| problem.text(part, lang));
        texts.join("\n")
    };
    Document {
        kind: KNOWN_ERROR.to_string(),
        id: problem.number.0,
        lang: IndexLang::Unknown,
        title: both(Part::Title),
        body: both(Part::Symptom),
        words: vec![problem.name()],
        pieces: true,
        gate: 0,
        at: problem.changed_at.0,
    }
}
