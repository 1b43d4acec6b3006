//! SQL of the reviews. Private to this room.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};

use super::review::{Answer, Question, Review, State};
use super::rule::Rule;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{PersonId, ReviewId, RuleId, TeamId, TicketNumber};

db::table! {
    struct Row {
        id: ReviewId,
        ticket: TicketNumber,
        person: PersonId,
        team: TeamId,
        rule: Option<RuleId>,
        picked_by: Option<PersonId>,
        state: State,
        words: String,
        reviewer: Option<PersonId>,
        created_at: Time,
        done_at: Option<Time>,
    }
}
db::table! {
    struct Said { review: ReviewId, question: Question, answer: Answer }
}

/// The beginning of every question for reviews; what follows says which.
pub(super) const SELECT: &str = "SELECT id, ticket, person, team, rule, picked_by, state, words, reviewer, created_at, \
    done_at FROM quality_review WHERE ";

/// The reviews a question finds, each with its answers.
pub(super) fn query(r: &mut Read, sql: &Sql) -> Result<Vec<Review>> {
    let rows: Vec<Row> = r.query_sql(sql)?;
    let mut answers: BTreeMap<ReviewId, BTreeMap<Question, Answer>> = BTreeMap::new();
    if !rows.is_empty() {
        let mut sql = Sql::new("SELECT review, question, answer FROM quality_answer WHERE review IN (");
        sql.bind_list(rows.iter().map(|row| row.id)).push(")");
        for said in r.query_sql::<Said>(&sql)? {
            answers
                .entry(said.review)
                .or_default()
                .insert(said.question, said.answer);
        }
    }
    let review = |row: Row| Review {
        answers: answers.remove(&row.id).unwrap_or_default(),
        id: row.id,
        ticket: row.ticket,
        person: row.person,
        team: row.team,
        rule: row.rule,
        picked_by: row.picked_by,
        state: row.state,
        words: row.words,
        reviewer: row.reviewer,
        created_at: row.created_at,
        done_at: row.done_at,
    };
    Ok(rows.into_iter().map(review).collect())
}

pub(super) fn find(r: &mut Read, id: ReviewId) -> Result<Option<Review>> {
    let mut sql = Sql::new(SELECT);
    sql.push("id = ").bind(id);
    Ok(query(r, &sql)?.pop())
}

/// True when it is new: a ticket of one person is reviewed once.
pub(super) fn insert(
    tx: &mut Write,
    (ticket, person, team): (TicketNumber, PersonId, TeamId),
    by: (Option<RuleId>, Option<PersonId>),
    (week, now): (i64, Time),
) -> Result<Option<ReviewId>> {
    Ok(tx.maybe(
        "INSERT INTO quality_review (ticket, person, team, rule, picked_by, week, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7) ON CONFLICT (ticket, person) DO NOTHING RETURNING id",
        &args![ticket, person, team, by.0, by.1, week, now],
    )?)
}

const RULE: &str = "SELECT id, team, nth, weekly, topic, channel, seed, made_by, created_at, ended_at FROM quality_rule \
    WHERE ";

pub(super) fn rule(r: &mut Read, id: RuleId) -> Result<Rule> {
    let mut sql = Sql::new(RULE);
    sql.push("id = ").bind(id);
    let found: Vec<Rule> = r.query_sql(&sql)?;
    found.into_iter().next().ok_or(crate::error::Error::NotFound)
}

/// Those in force of these teams.
pub(super) fn rules(r: &mut Read, teams: &[TeamId]) -> Result<Vec<Rule>> {
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(RULE);
    sql.push("ended_at IS NULL AND team IN (")
        .bind_list(teams.iter().copied())
        .push(") ORDER BY id");
    Ok(r.query_sql(&sql)?)
}
