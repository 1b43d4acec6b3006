//! SQL of the reviews and their rules. Private to this room.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args, packed};

use super::review::{Review, State, Version, Words};
use super::rule::{NewRule, Rule};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{EventId, PersonId, ReviewId, ReviewRuleId, TicketNumber, TopicId};
use crate::tickets::{self, NewFile};

/// The beginning of every question for reviews; what follows says which.
const ALL: &str = "SELECT id, ticket, what, author, reviewer, state, then_status, minutes, requester, team, assignee, \
    seen, falls_at, handed_at, decided_by, decided_at, event, revision, created_at FROM review WHERE ";

pub(super) fn load(r: &mut Read, id: ReviewId) -> Result<Review> {
    let mut sql = Sql::new(ALL);
    sql.push("id = ").bind(id);
    r.query_sql::<Review>(&sql)?.pop().ok_or(Error::NotFound)
}

/// Those of a ticket that were neither sent nor taken back, the oldest first.
pub(super) fn open_of(r: &mut Read, tickets: Vec<TicketNumber>) -> Result<Vec<Review>> {
    let mut sql = Sql::new(ALL);
    sql.push("state IN ('waiting', 'returned') AND ticket IN (")
        .bind_list(tickets)
        .push(") ORDER BY handed_at, id");
    Ok(r.query_sql(&sql)?)
}

pub(super) fn hold(tx: &mut Write, id: ReviewId) -> Result<()> {
    tx.hold_rows("SELECT id FROM review WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    Ok(())
}

pub(super) fn insert(tx: &mut Write, new: &Review) -> Result<ReviewId> {
    let id = tx.insert(
        "INSERT INTO review (ticket, what, author, reviewer, state, then_status, minutes, requester, team, assignee,
           seen, falls_at, handed_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) RETURNING id",
        &args![
            new.ticket,
            new.what,
            new.author,
            new.reviewer,
            new.state,
            new.then_status,
            new.minutes,
            new.requester,
            new.team,
            new.assignee,
            new.seen,
            new.falls_at,
            new.handed_at
        ],
    )?;
    Ok(ReviewId(id))
}

/// What may change of it; every save is a new revision.
pub(super) fn save(tx: &mut Write, review: &Review) -> Result<()> {
    tx.exec(
        "UPDATE review SET reviewer = $2, state = $3, requester = $4, team = $5, assignee = $6, seen = $7,
           falls_at = $8, handed_at = $9, decided_by = $10, decided_at = $11, event = $12, revision = revision + 1
         WHERE id = $1",
        &args![
            review.id,
            review.reviewer,
            review.state,
            review.requester,
            review.team,
            review.assignee,
            review.seen,
            review.falls_at,
            review.handed_at,
            review.decided_by,
            review.decided_at,
            review.event
        ],
    )?;
    Ok(())
}

pub(super) fn add_version(tx: &mut Write, cx: &Context, id: ReviewId, words: &Words) -> Result<()> {
    tx.insert(
        "INSERT INTO review_version (review, writer, body, cause, steps, helped, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        &args![
            id,
            cx.viewer.person,
            packed(words.body.as_str()),
            packed(words.cause.as_str()),
            packed(words.steps.as_str()),
            packed(words.helped.as_str()),
            cx.now
        ],
    )?;
    Ok(())
}

/// All of them, the oldest first; there is always one.
pub(super) fn versions(r: &mut Read, id: ReviewId) -> Result<Vec<Version>> {
    Ok(r.query(
        "SELECT id, writer, body, cause, steps, helped, words, at FROM review_version WHERE review = $1 ORDER BY id",
        &args![id],
    )?)
}

pub(super) fn newest_version(r: &mut Read, id: ReviewId) -> Result<Version> {
    versions(r, id)?.pop().ok_or(Error::NotFound)
}

/// Why it was sent back stands with what was read.
pub(super) fn say_of(tx: &mut Write, version: i64, words: &str) -> Result<()> {
    tx.exec(
        "UPDATE review_version SET words = $2 WHERE id = $1",
        &args![version, words],
    )?;
    Ok(())
}

pub(super) fn add_files(tx: &mut Write, id: ReviewId, files: &[NewFile]) -> Result<()> {
    for file in files {
        tx.exec(
            "INSERT INTO review_file (review, name, mime, bytes, sha256) VALUES ($1, $2, $3, $4, $5)",
            &args![
                id,
                file.name.as_str(),
                file.mime.as_str(),
                file.bytes,
                file.sha256.as_str()
            ],
        )?;
    }
    Ok(())
}

db::table! {
    struct File { name: String, mime: String, bytes: i64, sha256: String }
}

pub(super) fn files(r: &mut Read, id: ReviewId) -> Result<Vec<NewFile>> {
    let rows: Vec<File> = r.query(
        "SELECT name, mime, bytes, sha256 FROM review_file WHERE review = $1 ORDER BY id",
        &args![id],
    )?;
    let file = |f: File| NewFile {
        name: f.name,
        mime: f.mime,
        bytes: f.bytes,
        sha256: f.sha256,
        content_id: None,
    };
    Ok(rows.into_iter().map(file).collect())
}

/// The newest message there is: what came later has a greater number.
pub(super) fn newest_message(r: &mut Read) -> Result<i64> {
    Ok(r.one("SELECT COALESCE(MAX(id), 0) FROM message", &args![])?)
}

/// Whether somebody else spoke with the requester on this ticket, or he himself, after that message.
pub(super) fn said_since(r: &mut Read, ticket: TicketNumber, after: i64, author: PersonId) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM message WHERE ticket IN (");
    sql.bind_list(tickets::with_merged(r, ticket)?)
        .push(") AND id > ")
        .bind(after)
        .push(" AND author <> ")
        .bind(author)
        .push(" AND kind IN ('request', 'reply', 'call', 'visit') AND state = 'sent' LIMIT 1");
    Ok(r.query_sql::<i64>(&sql)?.pop().is_some())
}

pub(super) fn names(r: &mut Read, ids: Vec<PersonId>) -> Result<BTreeMap<PersonId, String>> {
    let mut sql = Sql::new("SELECT id, name FROM person WHERE id IN (");
    sql.bind_list(ids).push(")");
    Ok(r.query_sql::<(PersonId, String)>(&sql)?.into_iter().collect())
}

/// Every rule that holds.
pub(super) fn rules(r: &mut Read) -> Result<Vec<Rule>> {
    Ok(r.query(
        "SELECT id, level, person, what, topic, reviewer FROM review_rule WHERE NOT removed ORDER BY id",
        &args![],
    )?)
}

/// One of them, held or not.
pub(super) fn rule(r: &mut Read, id: ReviewRuleId) -> Result<Rule> {
    Ok(r.one(
        "SELECT id, level, person, what, topic, reviewer FROM review_rule WHERE id = $1",
        &args![id],
    )?)
}

/// The topic and the one above it.
pub(super) fn line_of(r: &mut Read, topic: Option<TopicId>) -> Result<Vec<TopicId>> {
    let Some(topic) = topic else { return Ok(Vec::new()) };
    let above: Option<Option<TopicId>> = r.maybe("SELECT parent FROM topic WHERE id = $1", &args![topic])?;
    Ok(std::iter::once(topic).chain(above.flatten()).collect())
}

pub(super) fn insert_rule(tx: &mut Write, new: &NewRule, by: PersonId, at: Time) -> Result<ReviewRuleId> {
    let id = tx.insert(
        "INSERT INTO review_rule (level, person, what, topic, reviewer, made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        &args![new.level, new.person, new.what, new.topic, new.reviewer, by, at],
    )?;
    Ok(ReviewRuleId(id))
}

/// False when it was so already.
pub(super) fn set_removed(tx: &mut Write, id: ReviewRuleId, removed: bool) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE review_rule SET removed = $2 WHERE id = $1 AND removed <> $2",
        &args![id, removed],
    )?;
    Ok(changed == 1)
}

/// How it stands after a decision.
pub(super) fn decided(review: &Review, state: State, cx: &Context, event: Option<EventId>) -> Review {
    Review {
        state,
        decided_by: Some(cx.viewer.person),
        decided_at: Some(cx.now),
        event,
        ..review.clone()
    }
}
