//! What a person says of himself: begun, answered bit by bit, finished. Nothing that was answered is lost on leaving; a
//! finished one stays as it was, and the next begins from its answers.

use db::{Read, Write, args};

use super::area::{Answer, Answers, Area, Levels, Statement, level_of};
use super::who;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{AssessmentId, EventId, PersonId};

/// The one that is open, as far as it is answered.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub id: AssessmentId,
    pub began_at: Time,
    pub answers: Answers,
}

impl Sheet {
    /// The first without an answer.
    pub fn next(&self) -> Option<Statement> {
        Statement::all().find(|statement| !self.answers.contains_key(statement))
    }

    /// How many have none yet.
    pub fn left(&self) -> usize {
        Statement::all()
            .filter(|statement| !self.answers.contains_key(statement))
            .count()
    }
}

/// One that is done, with what came out.
#[derive(Clone, Debug)]
pub struct Finished {
    pub at: Time,
    pub levels: Levels,
}

/// Two windows of one person wait for each other.
fn hold(tx: &mut Write, cx: &Context) -> Result<PersonId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let person = cx.viewer.person;
    tx.hold_name(&format!("assessment-of-{person}"))?;
    Ok(person)
}

fn open_one(r: &mut Read, person: PersonId) -> Result<Option<(AssessmentId, Time)>> {
    Ok(r.maybe(
        "SELECT id, began_at FROM self_assessment WHERE person = $1 AND finished_at IS NULL",
        &args![person],
    )?)
}

/// Begins from the answers of the last one. Where one is open already, that one goes on.
///
/// No event: it is a draft of one's own until it is finished.
pub fn begin(tx: &mut Write, cx: &Context) -> Result<AssessmentId> {
    let person = hold(tx, cx)?;
    if let Some((open, _)) = open_one(tx, person)? {
        return Ok(open);
    }
    let last: Option<AssessmentId> = tx.maybe(
        "SELECT id FROM self_assessment WHERE person = $1 ORDER BY id DESC LIMIT 1",
        &args![person],
    )?;
    let id = AssessmentId(tx.insert(
        "INSERT INTO self_assessment (person, began_at) VALUES ($1, $2) RETURNING id",
        &args![person, cx.now],
    )?);
    if let Some(last) = last {
        tx.exec(
            "INSERT INTO self_answer (assessment, statement, answer)
             SELECT $1, statement, answer FROM self_answer WHERE assessment = $2",
            &args![id, last],
        )?;
    }
    Ok(id)
}

/// Keeps one answer; the last word counts.
///
/// No event: it is a draft of one's own until it is finished.
pub fn answer(tx: &mut Write, cx: &Context, statement: Statement, answer: Answer) -> Result<()> {
    let person = hold(tx, cx)?;
    let (open, _) = open_one(tx, person)?.ok_or(Error::Conflict("conflict-no-assessment"))?;
    tx.exec(
        "INSERT INTO self_answer (assessment, statement, answer) VALUES ($1, $2, $3)
         ON CONFLICT (assessment, statement) DO UPDATE SET answer = excluded.answer",
        &args![open, statement.to_string(), answer],
    )?;
    Ok(())
}

/// All is answered: the levels that come out are kept with the day.
pub fn finish(tx: &mut Write, cx: &Context) -> Result<EventId> {
    let person = hold(tx, cx)?;
    let (open, began_at) = open_one(tx, person)?.ok_or(Error::Conflict("conflict-no-assessment"))?;
    let sheet = Sheet {
        id: open,
        began_at,
        answers: answers(tx, open)?,
    };
    if sheet.left() > 0 {
        let left = i64::try_from(sheet.left()).map_err(Error::fault)?;
        return Err(Error::refused_at("answers", "refused-answers-left", left));
    }
    for area in Area::ALL {
        tx.exec(
            "INSERT INTO self_level (assessment, area, level) VALUES ($1, $2, $3)",
            &args![open, *area, level_of(*area, &sheet.answers)],
        )?;
    }
    tx.exec(
        "UPDATE self_assessment SET finished_at = $2 WHERE id = $1",
        &args![open, cx.now],
    )?;
    events::record(tx, cx, Fact::new(EventKind::SelfAssessed).about(person.0))
}

fn answers(r: &mut Read, id: AssessmentId) -> Result<Answers> {
    let rows: Vec<(String, Answer)> = r.query(
        "SELECT statement, answer FROM self_answer WHERE assessment = $1",
        &args![id],
    )?;
    // A statement of another release has no place on this one's page.
    let known = |(name, answer): (String, Answer)| Some((Statement::parse(&name)?, answer));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// The viewer's own open one: nobody else reads what is not finished.
pub fn open(r: &mut Read, cx: &Context) -> Result<Option<Sheet>> {
    access::require(&cx.viewer, Place::Desk)?;
    let Some((id, began_at)) = open_one(r, cx.viewer.person)? else {
        return Ok(None);
    };
    let answers = answers(r, id)?;
    Ok(Some(Sheet { id, began_at, answers }))
}

/// The finished ones, the newest first.
pub fn finished(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<Finished>> {
    who::seen(r, cx, person)?;
    let rows: Vec<(AssessmentId, Time, Area, super::Level)> = r.query(
        "SELECT a.id, a.finished_at, l.area, l.level FROM self_assessment a JOIN self_level l ON l.assessment = a.id
         WHERE a.person = $1 AND a.finished_at IS NOT NULL ORDER BY a.id DESC, l.area LIMIT 600",
        &args![person],
    )?;
    let mut done: Vec<(AssessmentId, Finished)> = Vec::new();
    for (id, at, area, level) in rows {
        match done.last_mut() {
            Some((last, one)) if *last == id => drop(one.levels.insert(area, level)),
            _ => done.push((
                id,
                Finished {
                    at,
                    levels: Levels::from([(area, level)]),
                },
            )),
        }
    }
    Ok(done.into_iter().map(|(_, one)| one).collect())
}
