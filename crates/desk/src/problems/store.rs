//! SQL of the problem rows. Private to this room.

use db::{Read, Write, args};

use super::problem::{NewProblem, Problem, ProblemState};
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{ProblemNumber, TicketNumber};

const ALL: &str = "SELECT number, state, known_at, title_en, title_fr, symptom_en, symptom_fr, cause_en, cause_fr, \
    workaround_en, workaround_fr, fix_en, fix_fr, owner, topic, public, opened_at, changed_at, solved_at FROM \
    problem \
    WHERE number = $1";

pub(super) fn load(r: &mut Read, number: ProblemNumber) -> Result<Problem> {
    Ok(r.one(ALL, &args![number])?)
}

/// The row, held until this transaction ends. Before any ticket is: whoever needs both takes them in this order.
pub(super) fn held(tx: &mut Write, number: ProblemNumber) -> Result<Problem> {
    tx.hold_rows(
        "SELECT number FROM problem WHERE number = $1 FOR NO KEY UPDATE",
        &args![number],
    )?;
    load(tx, number)
}

pub(super) fn insert(tx: &mut Write, new: &NewProblem, at: Time) -> Result<ProblemNumber> {
    let number = tx.insert(
        "INSERT INTO problem (state, title_en, title_fr, symptom_en, symptom_fr, cause_en, cause_fr, workaround_en,
           workaround_fr, fix_en, fix_fr, owner, topic, public, opened_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15) RETURNING number",
        &args![
            ProblemState::Open,
            new.title_en.as_str(),
            new.title_fr.as_str(),
            new.symptom_en.as_str(),
            new.symptom_fr.as_str(),
            new.cause_en.as_str(),
            new.cause_fr.as_str(),
            new.workaround_en.as_str(),
            new.workaround_fr.as_str(),
            new.fix_en.as_str(),
            new.fix_fr.as_str(),
            new.owner,
            new.topic,
            new.public,
            at
        ],
    )?;
    Ok(ProblemNumber(number))
}

pub(super) fn save(tx: &mut Write, p: &Problem) -> Result<()> {
    tx.exec(
        "UPDATE problem SET state = $2, known_at = $3, title_en = $4, title_fr = $5, symptom_en = $6, symptom_fr = $7,
           cause_en = $8, cause_fr = $9, workaround_en = $10, workaround_fr = $11, fix_en = $12, fix_fr = $13,
           owner = $14, topic = $15, public = $16, changed_at = $17, solved_at = $18
         WHERE number = $1",
        &args![
            p.number,
            p.state,
            p.known_at,
            p.title_en.as_str(),
            p.title_fr.as_str(),
            p.symptom_en.as_str(),
            p.symptom_fr.as_str(),
            p.cause_en.as_str(),
            p.cause_fr.as_str(),
            p.workaround_en.as_str(),
            p.workaround_fr.as_str(),
            p.fix_en.as_str(),
            p.fix_fr.as_str(),
            p.owner,
            p.topic,
            p.public,
            p.changed_at,
            p.solved_at
        ],
    )?;
    Ok(())
}

/// The problem a ticket is linked to. Whoever asks has admitted the ticket.
pub(super) fn behind(r: &mut Read, ticket: TicketNumber) -> Result<Option<ProblemNumber>> {
    Ok(r.maybe("SELECT problem FROM problem_ticket WHERE ticket = $1", &args![ticket])?)
}

/// The ticket itself where it is linked, else the first linked one that was merged into it.
pub(super) fn linked_here(r: &mut Read, ticket: TicketNumber) -> Result<Option<TicketNumber>> {
    if behind(r, ticket)?.is_some() {
        return Ok(Some(ticket));
    }
    Ok(r.maybe(
        "SELECT l.ticket FROM ticket t JOIN problem_ticket l ON l.ticket = t.number WHERE t.merged_into = $1
         ORDER BY l.ticket LIMIT 1",
        &args![ticket],
    )?)
}

/// Every ticket that was linked, whoever may see it, in the order in which they are held.
pub(super) fn linked(r: &mut Read, number: ProblemNumber) -> Result<Vec<TicketNumber>> {
    Ok(r.query(
        "SELECT ticket FROM problem_ticket WHERE problem = $1 ORDER BY ticket",
        &args![number],
    )?)
}

pub(super) fn put_link(tx: &mut Write, number: ProblemNumber, ticket: TicketNumber, at: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO problem_ticket (ticket, problem, at) VALUES ($1, $2, $3)",
        &args![ticket, number, at],
    )?;
    // It has its problem: it is no part of a group that may be one.
    tx.exec("DELETE FROM ticket_group_member WHERE ticket = $1", &args![ticket])?;
    Ok(())
}

pub(super) fn cut_link(tx: &mut Write, ticket: TicketNumber) -> Result<()> {
    tx.exec("DELETE FROM problem_ticket WHERE ticket = $1", &args![ticket])?;
    Ok(())
}

/// The next problems after one, for walking all of them.
pub(crate) fn numbers_after(r: &mut Read, after: ProblemNumber, limit: i64) -> Result<Vec<ProblemNumber>> {
    Ok(r.query(
        "SELECT number FROM problem WHERE number > $1 ORDER BY number LIMIT $2",
        &args![after, limit],
    )?)
}

/// The problem as new tickets are compared with it: a known error that is not closed. For the index alone; no policy is
/// asked.
pub(crate) fn matched(r: &mut Read, number: ProblemNumber) -> Result<Option<Problem>> {
    match load(r, number) {
        Ok(problem) => Ok(Some(problem).filter(Problem::is_matched)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Whether requesters may read of any known error at all.
pub fn any_public(r: &mut Read) -> Result<bool> {
    let one: Option<ProblemNumber> = r.maybe(
        "SELECT number FROM problem WHERE public AND known_at IS NOT NULL AND state <> 'closed' LIMIT 1",
        &[],
    )?;
    Ok(one.is_some())
}
