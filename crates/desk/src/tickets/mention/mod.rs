//! Naming a colleague in a message, with `@` and his name. Whoever may see the ticket watches it from then on, finds it
//! unread, and is told by a letter when he has not looked a little later. Whoever may not see it is not told, and the
//! page says so to whoever named him.

mod names;
mod tell;

use db::{Read, Sql, Write, args};

pub use tell::tell_when_due;

use super::store;
use super::ticket::Ticket;
use crate::access::{self, Action, Via};
use crate::clock::MINUTE;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{MentionId, MessageId, PersonId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::{people, sign_in};

/// Whoever has looked by then needs no letter.
const LETTER_AFTER: i64 = 2 * MINUTE;

db::table! {
    /// Somebody named in a message, and whether he was told.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Mention { pub message: MessageId, pub person: PersonId, pub name: String, pub told: bool }
}

/// Keeps whom these words name. Part of the verb that says them.
pub(super) fn keep(tx: &mut Write, cx: &Context, ticket: &Ticket, message: MessageId, body: &str) -> Result<()> {
    if !body.contains('@') {
        return Ok(());
    }
    let known = people::technicians(tx)?;
    let others = names::named(body, &known)
        .into_iter()
        .filter(|id| *id != cx.viewer.person);
    for person in others.collect::<Vec<_>>() {
        let told = sees(tx, person, ticket)?;
        let watches = told && begins_to_watch(tx, ticket.number, person)?;
        let id = tx.insert(
            "INSERT INTO mention (message, person, told, watches) VALUES ($1, $2, $3, $4) RETURNING id",
            &args![message, person, told, watches],
        )?;
        if told {
            unread_to(tx, ticket, person)?;
            jobs::enqueue(tx, JobKind::TellNamed, id, cx.now.plus(LETTER_AFTER))?;
        }
    }
    Ok(())
}

fn sees(r: &mut Read, person: PersonId, ticket: &Ticket) -> Result<bool> {
    match sign_in::load_viewer(r, person, Via::Session) {
        Ok(viewer) => Ok(access::may(&viewer, Action::Inside, ticket)),
        Err(Error::NotFound) => Ok(false),
        Err(other) => Err(other),
    }
}

fn begins_to_watch(tx: &mut Write, number: TicketNumber, person: PersonId) -> Result<bool> {
    let added = tx.exec(
        "INSERT INTO watcher (ticket, person) VALUES ($1, $2) ON CONFLICT (ticket, person) DO NOTHING",
        &args![number, person],
    )?;
    Ok(added > 0)
}

/// New to him again, and to nobody else: what the requester said last counts as not read.
fn unread_to(tx: &mut Write, ticket: &Ticket, person: PersonId) -> Result<()> {
    let Some(spoke) = ticket.requester_spoke_at else {
        return Ok(());
    };
    tx.exec(
        "UPDATE read_mark SET at = $2 WHERE ticket = $1 AND at > $2 AND person = $3",
        &args![ticket.number, spoke.plus(-1), person],
    )?;
    Ok(())
}

/// The viewer has looked at the ticket: whoever named him in it before needs no letter.
pub(super) fn seen(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    let unseen: Vec<MentionId> = tx.query(
        "SELECT id FROM mention WHERE person = $1 AND seen_at IS NULL LIMIT 100",
        &args![cx.viewer.person],
    )?;
    if unseen.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("UPDATE mention SET seen_at = ");
    sql.bind(cx.now)
        .push(" WHERE person = ")
        .bind(cx.viewer.person)
        .push(" AND seen_at IS NULL AND message IN (SELECT id FROM message WHERE ticket IN (")
        .bind_list(store::with_merged(tx, number)?)
        .push(")) RETURNING id");
    tx.query_sql::<MentionId>(&sql)?;
    Ok(())
}

/// The words were taken back: whoever watches because of them watches no more.
pub(super) fn forget(tx: &mut Write, number: TicketNumber, message: MessageId) -> Result<()> {
    tx.exec(
        "DELETE FROM watcher WHERE ticket = $1 AND person IN (
           SELECT person FROM mention n WHERE n.message = $2 AND n.watches AND NOT EXISTS (
             SELECT 1 FROM mention o JOIN message m ON m.id = o.message
             WHERE o.person = n.person AND o.told AND o.message <> $2 AND m.ticket = $1 AND m.state <> 'withdrawn'))",
        &args![number, message],
    )?;
    Ok(())
}

/// Who was named in the messages of these tickets.
pub(super) fn of(r: &mut Read, numbers: &[TicketNumber]) -> Result<Vec<Mention>> {
    let mut sql = Sql::new(
        "SELECT n.message, n.person, p.name, n.told FROM message m JOIN mention n ON n.message = m.id
         JOIN person p ON p.id = n.person WHERE m.ticket IN (",
    );
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY n.id");
    Ok(r.query_sql(&sql)?)
}
