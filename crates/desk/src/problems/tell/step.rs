//! A few tickets at a time. Each is answered and solved in an attempt of its own: one that cannot be leaves the others.

use db::{Read, Write, args};

use super::TellingState;
use super::words::NewTelling;
use crate::access::Via;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::forms;
use crate::ids::{EventId, PersonId, ProblemNumber, TellingId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::problems::affected::all_affected;
use crate::problems::problem::{Part, Problem};
use crate::problems::store;
use crate::sign_in;
use crate::tickets::{self, NewMessage, Solution, Stage, Status};
use crate::words::Lang;

/// Tickets of one transaction: the one writer of `SQLite` is not held for long.
const AT_ONCE: i64 = 20;

db::table! {
    /// Everybody affected is being told.
    #[derive(Clone, Debug)]
    pub(super) struct Telling {
        pub id: TellingId, pub problem: ProblemNumber, pub person: PersonId, pub reply_en: String, pub reply_fr: String,
        pub either: bool, pub event: EventId, pub stopped: bool, pub at: Time,
    }
}

impl Telling {
    fn reply(&self, lang: Lang) -> String {
        let words = NewTelling {
            reply_en: self.reply_en.clone(),
            reply_fr: self.reply_fr.clone(),
            either: self.either,
        };
        words.reply(lang).to_string()
    }
}

pub(super) fn load(r: &mut Read, id: TellingId) -> Result<Telling> {
    Ok(r.one(
        "SELECT id, problem, person, reply_en, reply_fr, either, event, stopped, at FROM telling WHERE id = $1",
        &args![id],
    )?)
}

/// The job: the next few tickets, under the rights its author has now. Safe to run twice.
///
/// No event: each ticket has its own.
pub fn tell_when_due(tx: &mut Write, cx: &Context, id: TellingId) -> Result<()> {
    let number = match load(tx, id) {
        Ok(telling) => telling.problem,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    // Whoever else goes on with it, or takes it back, waits here; the row is read after.
    let problem = store::held(tx, number)?;
    let telling = load(tx, id)?;
    if telling.stopped {
        return Ok(());
    }
    let viewer = match sign_in::load_viewer(tx, telling.person, Via::Session) {
        Ok(viewer) => viewer,
        Err(Error::NotFound) => return leave_the_rest(tx, id),
        Err(other) => return Err(other),
    };
    let author = Context {
        viewer,
        request: None,
        ..cx.clone()
    };
    go_on(tx, &author, &telling, &problem)
}

/// Its author is no technician any more: nobody stands for the words.
fn leave_the_rest(tx: &mut Write, id: TellingId) -> Result<()> {
    tx.exec(
        "UPDATE telling_ticket SET state = $2, reason = 'held-author-gone' WHERE telling = $1 AND state = $3",
        &args![id, TellingState::Left, TellingState::Waiting],
    )?;
    Ok(())
}

/// The next few; the rest is left to a job that is due at once. The problem is held.
pub(super) fn go_on(tx: &mut Write, author: &Context, telling: &Telling, problem: &Problem) -> Result<()> {
    let mut next: Vec<TicketNumber> = tx.query(
        "SELECT ticket FROM telling_ticket WHERE telling = $1 AND state = $2 ORDER BY ticket LIMIT $3",
        &args![telling.id, TellingState::Waiting, AT_ONCE + 1],
    )?;
    let more = next.len() as i64 > AT_ONCE;
    next.truncate(usize::try_from(AT_ONCE).unwrap_or(0));
    let still: Vec<TicketNumber> = all_affected(tx, problem.number)?
        .into_iter()
        .map(|one| one.number)
        .collect();
    for ticket in next {
        let done = if still.contains(&ticket) {
            tx.attempt(|tx| tell(tx, author, telling, problem, ticket))
        } else {
            Err(Error::Conflict("left-unlinked"))
        };
        match done {
            Ok(event) => mark(tx, telling.id, ticket, TellingState::Told, "", Some(event))?,
            Err(why) => mark(tx, telling.id, ticket, TellingState::Left, left(why)?, None)?,
        }
    }
    if more {
        // Due since it began, so that the same round of jobs takes it up.
        jobs::enqueue(tx, JobKind::TellAffected, telling.id.0, telling.at)?;
    }
    Ok(())
}

/// Why a ticket is left as it is. What is nobody's refusal stops the step, which is then done again.
fn left(why: Error) -> Result<&'static str> {
    match why {
        Error::NotFound => Ok("left-not-found"),
        Error::Conflict(key) => Ok(key),
        Error::Refused(all) if all.iter().all(|r| r.field == forms::REFUSED) => Ok("left-fields"),
        Error::Refused(_) => Ok("held-refused"),
        other => Err(other),
    }
}

fn mark(
    tx: &mut Write,
    telling: TellingId,
    ticket: TicketNumber,
    state: TellingState,
    reason: &str,
    event: Option<EventId>,
) -> Result<()> {
    tx.exec(
        "UPDATE telling_ticket SET state = $3, reason = $4, event = $5 WHERE telling = $1 AND ticket = $2",
        &args![telling, ticket, state, reason, event],
    )?;
    Ok(())
}

/// One reply, in the requester's language, that solves the ticket; and the fix as its solution.
fn tell(
    tx: &mut Write,
    author: &Context,
    telling: &Telling,
    problem: &Problem,
    number: TicketNumber,
) -> Result<EventId> {
    let ticket = tickets::held(tx, author, number)?;
    if ticket.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    if ticket.status.stage() == Stage::Done {
        return Err(Error::Conflict("conflict-already-solved"));
    }
    let reply = NewMessage {
        body: telling.reply(ticket.language),
        then: Some(Status::Solved),
        ..NewMessage::default()
    };
    // What the author types on that page meanwhile is left alone.
    let (replied, _) = tickets::reply_beside(tx, author, number, &reply)?;
    let solution = Solution {
        cause: problem.text_or(Part::Cause, ticket.language).1.to_string(),
        steps: problem.text_or(Part::Fix, ticket.language).1.to_string(),
        helped: problem.name(),
    };
    tickets::solve(tx, author, number, &solution)?;
    Ok(replied.event)
}
