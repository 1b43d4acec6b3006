//! The rows of planned replies.

use db::{Packed, Read, Sql, Write, args};

use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, PlannedId, TicketNumber};
use crate::tickets::store as tickets;
use crate::tickets::{NewFile, Status, show};

db::text_enum! {
    pub enum PlannedState { Waiting => "waiting", Held => "held", Sent => "sent", Withdrawn => "withdrawn" }
}

db::table! {
    struct Row {
        id: PlannedId, ticket: TicketNumber, author: PersonId, author_name: String, requester: PersonId, body: Packed,
        then_status: Option<Status>, seen: i64, send_at: Time, state: PlannedState, reason: String,
        at: Time,
    }
}

db::table! {
    struct File { reply: PlannedId, name: String, mime: String, bytes: i64, sha256: String }
}

#[derive(Clone, Debug)]
pub struct Planned {
    pub id: PlannedId,
    /// Where it was written; merged away, it leaves on the ticket kept.
    pub ticket: TicketNumber,
    pub author: PersonId,
    pub author_name: String,
    /// Whom it is for.
    pub requester: PersonId,
    pub body: String,
    pub then: Option<Status>,
    /// The newest message when it was planned.
    pub seen: i64,
    pub send_at: Time,
    /// When it was planned.
    pub at: Time,
    pub state: PlannedState,
    /// Why it is held: the key of the sentence.
    pub reason: String,
    pub files: Vec<NewFile>,
}

const COLUMNS: &str = "SELECT d.id, d.ticket, d.author, p.name AS author_name, d.requester, d.body, d.then_status, \
    d.seen, d.send_at, d.state, d.reason, d.created_at AS at FROM planned_reply d JOIN person p ON p.id = d.author WHERE ";

/// The rows with the files that leave with each.
fn whole(r: &mut Read, rows: Vec<Row>) -> Result<Vec<Planned>> {
    let mut sql = Sql::new("SELECT reply, name, mime, bytes, sha256 FROM planned_file WHERE reply IN (");
    sql.bind_list(rows.iter().map(|row| row.id)).push(") ORDER BY id");
    let files: Vec<File> = if rows.is_empty() {
        Vec::new()
    } else {
        r.query_sql(&sql)?
    };
    Ok(rows.into_iter().map(|row| one(row, &files)).collect())
}

fn one(row: Row, files: &[File]) -> Planned {
    let file = |f: &File| NewFile {
        name: f.name.clone(),
        mime: f.mime.clone(),
        bytes: f.bytes,
        sha256: f.sha256.clone(),
        content_id: None,
    };
    Planned {
        files: files.iter().filter(|f| f.reply == row.id).map(file).collect(),
        id: row.id,
        ticket: row.ticket,
        author: row.author,
        author_name: row.author_name,
        requester: row.requester,
        body: row.body.0,
        then: row.then_status,
        seen: row.seen,
        send_at: row.send_at,
        at: row.at,
        state: row.state,
        reason: row.reason,
    }
}

pub(super) fn find(r: &mut Read, id: PlannedId) -> Result<Option<Planned>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("d.id = ").bind(id);
    let rows: Vec<Row> = r.query_sql(&sql)?;
    Ok(whole(r, rows)?.pop())
}

/// All there ever were on this ticket and on what was merged into it, as far as the viewer sees those.
pub fn planned(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Planned>> {
    show::find_inside(r, cx, number)?;
    let mut sql = Sql::new(COLUMNS);
    sql.push("d.ticket IN (")
        .bind_list(show::seen_with_merged(r, cx, number)?)
        .push(") ORDER BY d.send_at, d.id");
    let rows: Vec<Row> = r.query_sql(&sql)?;
    whole(r, rows)
}

pub(super) fn insert(tx: &mut Write, new: &Planned, now: Time) -> Result<PlannedId> {
    let id = tx.insert(
        "INSERT INTO planned_reply (ticket, author, requester, body, then_status, seen, send_at, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8) RETURNING id",
        &args![
            new.ticket,
            new.author,
            new.requester,
            db::packed(new.body.trim_end()),
            new.then,
            new.seen,
            new.send_at,
            now
        ],
    )?;
    for file in &new.files {
        tx.exec(
            "INSERT INTO planned_file (reply, name, mime, bytes, sha256) VALUES ($1, $2, $3, $4, $5)",
            &args![
                id,
                file.name.as_str(),
                file.mime.as_str(),
                file.bytes,
                file.sha256.as_str()
            ],
        )?;
    }
    Ok(PlannedId(id))
}

/// From one of these states to another. False when it is in none of them: somebody else was quicker.
pub(super) fn turn(
    tx: &mut Write,
    id: PlannedId,
    from: &[PlannedState],
    to: PlannedState,
    reason: &str,
) -> Result<bool> {
    let mut sql = Sql::new("UPDATE planned_reply SET state = ");
    sql.bind(to)
        .push(", reason = ")
        .bind(reason.to_string())
        .push(" WHERE id = ")
        .bind(id)
        .push(" AND state IN (")
        .bind_list(from.iter().copied())
        .push(") RETURNING id");
    let turned: Option<PlannedId> = tx.maybe_sql(&sql)?;
    Ok(turned.is_some())
}

/// Takes back the plan of one that has not left; why it was held, if it was, is kept for whoever plans it again.
pub(super) fn call_off(tx: &mut Write, id: PlannedId) -> Result<bool> {
    let called_off: Option<PlannedId> = tx.maybe(
        "UPDATE planned_reply SET state = 'withdrawn' WHERE id = $1 AND state IN ('waiting', 'held') RETURNING id",
        &args![id],
    )?;
    Ok(called_off.is_some())
}

/// The newest message there is, on whatever ticket: what a ticket this one is merged with holds already is not new.
pub(super) fn newest(r: &mut Read) -> Result<i64> {
    Ok(r.one("SELECT COALESCE(MAX(id), 0) FROM message", &[])?)
}

/// Whether somebody else said something to or for the requester after that.
pub(super) fn said_since(r: &mut Read, number: TicketNumber, planned: &Planned) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM message WHERE ticket IN (");
    sql.bind_list(tickets::with_merged(r, number)?)
        .push(") AND id > ")
        .bind(planned.seen)
        .push(" AND author <> ")
        .bind(planned.author)
        .push(" AND kind IN ('request', 'reply') AND state = 'sent' LIMIT 1");
    Ok(!r.query_sql::<i64>(&sql)?.is_empty())
}

/// Whether words were split off the ticket after that, and not brought back: what it answers may have gone with them.
pub(super) fn split_since(r: &mut Read, number: TicketNumber, planned: &Planned) -> Result<bool> {
    let mut sql = Sql::new("SELECT ticket FROM split WHERE at >= ");
    sql.bind(planned.at)
        .push(" AND origin IN (")
        .bind_list(tickets::with_merged(r, number)?)
        .push(") LIMIT 1");
    Ok(!r.query_sql::<TicketNumber>(&sql)?.is_empty())
}
