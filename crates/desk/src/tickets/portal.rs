//! A requester's own requests: whose turn it is, in words a person who is not of the trade understands.

use db::{Read, Sql, args};

use super::ticket::{Stage, Status, Ticket};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{OrganizationId, PersonId, TicketNumber};

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
    let shared = sharing(cx).filter(|_| colleagues);
    requests(r, cx, shared.map_or(Whose::Mine, Whose::All), before)
}

/// Those of the viewer's colleagues without his own, newest first; none where the organization keeps them apart.
pub fn colleagues_requests(r: &mut Read, cx: &Context, before: Option<TicketNumber>) -> Result<Vec<OwnRow>> {
    match sharing(cx) {
        Some(organization) => requests(r, cx, Whose::Colleagues(organization), before),
        None => Ok(Vec::new()),
    }
}

/// Of the viewer's own requests those that are under way, newest first: however many newer ones are done.
pub fn own_open_requests(r: &mut Read, cx: &Context, before: Option<TicketNumber>) -> Result<Vec<OwnRow>> {
    requests(r, cx, Whose::MineOpen, before)
}

/// The numbers of what the viewer may read on the portal, newest first: where a search among them begins.
pub(crate) fn readable_numbers(r: &mut Read, cx: &Context, most: i64) -> Result<Vec<TicketNumber>> {
    crate::access::require(&cx.viewer, crate::access::Place::Own)?;
    let mut numbers: Vec<TicketNumber> = r.query(
        "SELECT number FROM ticket WHERE requester = $1 AND merged_into IS NULL ORDER BY number DESC LIMIT $2",
        &args![cx.viewer.person, most],
    )?;
    // On the desk a technician reads his colleagues' tickets; on the portal he is a requester like others.
    if let Some(organization) = sharing(cx).filter(|_| !cx.viewer.is_staff()) {
        numbers.extend(r.query::<TicketNumber>(
            "SELECT number FROM ticket WHERE organization = $1 AND merged_into IS NULL ORDER BY number DESC LIMIT $2",
            &args![organization, most],
        )?);
        numbers.sort_unstable();
        numbers.dedup();
    }
    Ok(numbers)
}

/// The organization that lets the viewer read his colleagues' requests.
fn sharing(cx: &Context) -> Option<OrganizationId> {
    cx.viewer.organization.filter(|_| cx.viewer.reads_colleagues)
}

#[derive(Clone, Copy)]
enum Whose {
    Mine,
    MineOpen,
    Colleagues(OrganizationId),
    All(OrganizationId),
}

fn requests(r: &mut Read, cx: &Context, whose: Whose, before: Option<TicketNumber>) -> Result<Vec<OwnRow>> {
    crate::access::require(&cx.viewer, crate::access::Place::Own)?;
    let mut sql = Sql::new(
        "SELECT t.number, t.subject, t.status, t.stage, t.requester, p.name AS requester_name, t.created_at,
           t.updated_at, t.next_due
         FROM ticket t JOIN person p ON p.id = t.requester WHERE t.merged_into IS NULL AND ",
    );
    let me = cx.viewer.person;
    match whose {
        Whose::Mine => sql.push("t.requester = ").bind(me),
        Whose::MineOpen => {
            let mine = sql.push("t.requester = ").bind(me);
            mine.push(" AND t.stage <> ").bind(Stage::Done as i64)
        }
        Whose::Colleagues(theirs) => {
            let all = sql.push("t.organization = ").bind(theirs);
            all.push(" AND t.requester <> ").bind(me)
        }
        Whose::All(ours) => sql.push("t.organization = ").bind(ours),
    };
    if let Some(before) = before {
        sql.push(" AND t.number < ");
        sql.bind(before);
    }
    sql.push(" ORDER BY t.number DESC LIMIT 50");
    Ok(r.query_sql(&sql)?)
}
