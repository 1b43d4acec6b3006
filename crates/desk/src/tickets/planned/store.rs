//! The rows of planned replies.

use db::{Packed, Read, Sql, Write, args};

use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, PlannedId, TicketNumber};
use crate::tickets::store as tickets;
use crate::tickets::{NewFile, Status, find_visible, show};

db::text_enum! {
    pub enum PlannedState { Waiting => "waiting", Held => "held", Sent => "sent", Withdrawn => "withdrawn" }
}

db::table! {
    struct Row {
        id: PlannedId, ticket: TicketNumber, author: PersonId, author_name: String, requester: PersonId, body: Packed,
        then_status: Option<Status>, seen: i64, send_at: Time, state: PlannedState, reason: String,
    }
}

db::table! {
    struct File { name: String, mime: String, bytes: i64, sha256: String }
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
    pub state: PlannedState,
    /// Why it is held: the key of the sentence.
    pub reason: String,
    pub files: Vec<NewFile>,
}

const COLUMNS: &str = "SELECT d.id, d.ticket, d.author, p.name AS author_name, d.requester, d.body, d.then_status, \
    d.seen, d.send_at, d.state, d.reason FROM planned_reply d JOIN person p ON p.id = d.author WHERE ";

fn whole(r: &mut Read, row: Row) -> Result<Planned> {
    let files: Vec<File> = r.query(
        "SELECT name, mime, bytes, sha256 FROM planned_file WHERE reply = $1 ORDER BY id",
        &args![row.id],
    )?;
    let file = |f: File| NewFile {
        name: f.name,
        mime: f.mime,
        bytes: f.bytes,
        sha256: f.sha256,
        content_id: None,
    };
    Ok(Planned {
        id: row.id,
        ticket: row.ticket,
        author: row.author,
        author_name: row.author_name,
        requester: row.requester,
        body: row.body.0,
        then: row.then_status,
        seen: row.seen,
        send_at: row.send_at,
        state: row.state,
        reason: row.reason,
        files: files.into_iter().map(file).collect(),
    })
}

pub(super) fn find(r: &mut Read, id: PlannedId) -> Result<Option<Planned>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("d.id = ").bind(id);
    let row: Option<Row> = r.maybe_sql(&sql)?;
    row.map(|row| whole(r, row)).transpose()
}

/// All there ever were on this ticket and on what was merged into it, as far as the viewer sees those.
pub fn planned(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Planned>> {
    find_visible(r, cx, number)?;
    let mut sql = Sql::new(COLUMNS);
    sql.push("d.ticket IN (")
        .bind_list(show::seen_with_merged(r, cx, number)?)
        .push(") ORDER BY d.send_at, d.id");
    let rows: Vec<Row> = r.query_sql(&sql)?;
    rows.into_iter().map(|row| whole(r, row)).collect()
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
