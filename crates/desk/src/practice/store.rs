//! SQL of practice tickets. Private to this room.

use db::{Read, Write, args};

use crate::clock::Time;
use crate::error::Result;
use crate::ids::{PersonId, PracticeId, TicketNumber};
use crate::words::Lang;

db::table! {
    struct Row {
        id: PracticeId,
        ticket: TicketNumber,
        person: PersonId,
        given_by: PersonId,
        given_at: Time,
        language: Lang,
        title: String,
        request: String,
        done_replies: String,
        done_cause: String,
        done_steps: String,
        done_helped: String,
        asks: String,
        diagnosis: String,
        answer: String,
        handed_at: Option<Time>,
        learnt: String,
        comment: String,
        removed: bool,
    }
}

/// What was done with the ticket, without what names anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub replies: String,
    pub cause: String,
    pub steps: String,
    pub helped: String,
}

#[derive(Clone, Debug)]
pub struct Practice {
    pub id: PracticeId,
    pub ticket: TicketNumber,
    /// Who works it.
    pub person: PersonId,
    pub given_by: PersonId,
    pub given_at: Time,
    /// The language of the ticket.
    pub language: Lang,
    pub title: String,
    pub request: String,
    /// Nothing for whoever works it until he has handed it in.
    pub done: Done,
    pub asks: String,
    pub diagnosis: String,
    pub answer: String,
    pub handed_at: Option<Time>,
    pub learnt: String,
    pub comment: String,
    pub removed: bool,
}

impl From<Row> for Practice {
    fn from(row: Row) -> Practice {
        Practice {
            id: row.id,
            ticket: row.ticket,
            person: row.person,
            given_by: row.given_by,
            given_at: row.given_at,
            language: row.language,
            title: row.title,
            request: row.request,
            done: Done {
                replies: row.done_replies,
                cause: row.done_cause,
                steps: row.done_steps,
                helped: row.done_helped,
            },
            asks: row.asks,
            diagnosis: row.diagnosis,
            answer: row.answer,
            handed_at: row.handed_at,
            learnt: row.learnt,
            comment: row.comment,
            removed: row.removed,
        }
    }
}

const SELECT: &str =
    "SELECT id, ticket, person, given_by, given_at, language, title, request, done_replies, done_cause,
       done_steps, done_helped, asks, diagnosis, answer, handed_at, learnt, comment, removed FROM practice WHERE ";

pub(super) fn hold(tx: &mut Write, id: PracticeId) -> Result<()> {
    tx.hold_rows("SELECT id FROM practice WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    Ok(())
}

pub(super) fn load(r: &mut Read, id: PracticeId) -> Result<Practice> {
    let mut sql = db::Sql::new(SELECT);
    sql.push("id = ").bind(id);
    let row = r.query_sql::<Row>(&sql)?.into_iter().next();
    row.map(Practice::from).ok_or(crate::error::Error::NotFound)
}

/// Of these people, the newest first.
pub(super) fn of(r: &mut Read, people: &[PersonId]) -> Result<Vec<Practice>> {
    let mut sql = db::Sql::new(SELECT);
    sql.push("NOT removed AND person IN (")
        .bind_list(people.iter().copied());
    sql.push(") ORDER BY id DESC LIMIT 200");
    Ok(r.query_sql::<Row>(&sql)?.into_iter().map(Practice::from).collect())
}

pub(super) fn insert(tx: &mut Write, new: &Practice) -> Result<PracticeId> {
    let id = tx.insert(
        "INSERT INTO practice (ticket, person, given_by, given_at, language, title, request, done_replies, done_cause,
           done_steps, done_helped) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        &args![
            new.ticket,
            new.person,
            new.given_by,
            new.given_at,
            new.language,
            new.title.as_str(),
            new.request.as_str(),
            new.done.replies.as_str(),
            new.done.cause.as_str(),
            new.done.steps.as_str(),
            new.done.helped.as_str()
        ],
    )?;
    Ok(PracticeId(id))
}

/// What is written in it; the ticket's side never changes.
pub(super) fn save(tx: &mut Write, practice: &Practice) -> Result<()> {
    tx.exec(
        "UPDATE practice SET asks = $2, diagnosis = $3, answer = $4, handed_at = $5, learnt = $6, comment = $7,
           removed = $8 WHERE id = $1",
        &args![
            practice.id,
            practice.asks.as_str(),
            practice.diagnosis.as_str(),
            practice.answer.as_str(),
            practice.handed_at,
            practice.learnt.as_str(),
            practice.comment.as_str(),
            practice.removed
        ],
    )?;
    Ok(())
}
