//! A requester's own requests: whose turn it is, in words a person who is not of the trade understands.

use db::{Read, Sql};

use super::ticket::{Stage, Status, Ticket};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, TicketNumber};

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It came in and nobody has taken it yet.
    Received,
    /// The desk is working on it.
    Desk,
    /// The desk waits for somebody else.
    Others,
    /// The requester's.
    You,
    Solved,
    Closed,
}

pub fn turn_of(status: Status) -> Turn {
    match status {
        Status::New => Turn::Received,
        Status::Open => Turn::Desk,
        Status::OnHold => Turn::Others,
        Status::Pending => Turn::You,
        Status::Solved => Turn::Solved,
        Status::Closed => Turn::Closed,
    }
}

impl Ticket {
    pub fn turn(&self) -> Turn {
        turn_of(self.status)
    }
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct OwnRow {
        pub number: TicketNumber,
        pub subject: String,
        pub status: Status,
        pub stage: i64,
        pub requester: PersonId,
        pub requester_name: String,
        pub created_at: Time,
        pub updated_at: Time,
        pub next_due: Time,
    }
}

/// The viewer's requests, newest first; with `colleagues`, those of the organization too where it lets people read
/// each other's.
pub fn own_requests(r: &mut Read, cx: &Context, colleagues: bool, before: Option<TicketNumber>) -> Result<Vec<OwnRow>> {
    requests(r, cx, colleagues, false, before)
}

/// Of the viewer's own requests those that are under way, newest first: however many newer ones are done.
pub fn own_open_requests(r: &mut Read, cx: &Context, before: Option<TicketNumber>) -> Result<Vec<OwnRow>> {
    requests(r, cx, false, true, before)
}

fn requests(
    r: &mut Read,
    cx: &Context,
    colleagues: bool,
    open: bool,
    before: Option<TicketNumber>,
) -> Result<Vec<OwnRow>> {
    crate::access::require(&cx.viewer, crate::access::Place::Own)?;
    let mut sql = Sql::new(
        "SELECT t.number, t.subject, t.status, t.stage, t.requester, p.name AS requester_name, t.created_at,
           t.updated_at, t.next_due
         FROM ticket t JOIN person p ON p.id = t.requester WHERE t.merged_into IS NULL AND ",
    );
    match cx
        .viewer
        .organization
        .filter(|_| colleagues && cx.viewer.reads_colleagues)
    {
        Some(organization) => {
            sql.push("t.organization = ");
            sql.bind(organization);
        }
        None => {
            sql.push("t.requester = ");
            sql.bind(cx.viewer.person);
        }
    }
    if open {
        sql.push(" AND t.stage <> ").bind(Stage::Done as i64);
    }
    if let Some(before) = before {
        sql.push(" AND t.number < ");
        sql.bind(before);
    }
    sql.push(" ORDER BY t.number DESC LIMIT 50");
    Ok(r.query_sql(&sql)?)
}
