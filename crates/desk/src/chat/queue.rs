//! The queue, by who waits longest, and the chats that are open. What a viewer may not see is not counted either.

use db::{Read, Sql, args};

use super::record::{Chat, ChatState};
use super::store;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, TicketNumber};
use crate::tickets::{self, Ticket};
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug)]
    pub struct QueueRow {
        pub ticket: TicketNumber,
        pub subject: String,
        pub language: Lang,
        pub confirmed: bool,
        pub person: PersonId,
        pub person_name: String,
        pub state: ChatState,
        pub technician: Option<PersonId>,
        pub technician_name: Option<String>,
        pub asked_at: Time,
        pub seen_at: Time,
    }
}

/// Who waits and who talks, longest first.
pub fn open_chats(r: &mut Read, cx: &Context) -> Result<Vec<QueueRow>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(
        "SELECT c.ticket, t.subject, t.language, t.confirmed, c.person, p.name AS person_name, c.state, c.technician,
           q.name AS technician_name, c.asked_at, c.seen_at
         FROM chat c JOIN ticket t ON t.number = c.ticket JOIN person p ON p.id = c.person
         LEFT JOIN person q ON q.id = c.technician WHERE c.state IN ('waiting', 'taken')
           AND t.status <> 'closed' AND t.merged_into IS NULL",
    );
    open_to(&mut sql, cx);
    sql.push(" ORDER BY c.asked_at, c.ticket LIMIT 200");
    Ok(r.query_sql(&sql)?)
}

pub fn waiting_count(r: &mut Read, cx: &Context) -> Result<i64> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(
        "SELECT count(*) FROM chat c JOIN ticket t ON t.number = c.ticket
         WHERE c.state = 'waiting' AND t.status <> 'closed' AND t.merged_into IS NULL",
    );
    open_to(&mut sql, cx);
    Ok(r.one_sql(&sql)?)
}

fn open_to(sql: &mut Sql, cx: &Context) {
    if !cx.viewer.closed_teams.is_empty() {
        sql.push(" AND (t.team IS NULL OR t.team NOT IN (")
            .bind_list(cx.viewer.closed_teams.iter().copied())
            .push("))");
    }
}

/// One chat with its ticket, for technicians who may see it.
pub fn find(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<(Chat, Ticket)> {
    access::require(&cx.viewer, Place::Desk)?;
    let ticket = tickets::find_visible(r, cx, number)?;
    Ok((store::load(r, number)?, ticket))
}

/// Which number in the queue he is: one for whoever is next.
pub fn place(r: &mut Read, chat: &Chat) -> Result<i64> {
    let before: i64 = r.one(
        "SELECT count(*) FROM chat c JOIN ticket t ON t.number = c.ticket
         WHERE c.state = 'waiting' AND (c.asked_at < $1 OR (c.asked_at = $1 AND c.ticket < $2))
           AND t.status <> 'closed' AND t.merged_into IS NULL",
        &args![chat.asked_at, chat.ticket],
    )?;
    Ok(before + 1)
}
