//! What somebody is still writing, kept so that another device has it too. A draft is its writer's alone: nobody else
//! reads it, and it goes with the words it became.

use db::{Read, Sql, Write, args};

use crate::access::{self, Place, Via};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::once;
use crate::tickets::{self, MessageKind};

/// What the composer writes.
const KINDS: [MessageKind; 4] = [
    MessageKind::Reply,
    MessageKind::Note,
    MessageKind::Call,
    MessageKind::Visit,
];

db::table! {
    struct Row { place: String, body: String, at: Time }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub kind: MessageKind,
    pub body: String,
    pub at: Time,
}

fn place(number: TicketNumber, kind: MessageKind) -> String {
    format!("ticket:{number}:{kind}")
}

/// Keeps the words of one kind on one ticket; without words the draft is gone. `key` is the one they will be said
/// under: a draft that comes late, after they were said, is not kept. So the ticket is held, as it is while they are.
///
/// No event: what one person has not said yet is nobody's news.
pub fn keep(tx: &mut Write, cx: &Context, number: TicketNumber, kind: &str, body: &str, key: &str) -> Result<Time> {
    let ticket = tickets::held(tx, cx, number)?;
    if ticket.merged_into.is_some() {
        // Nobody would look for them here; the device still has them.
        return Err(Error::Conflict("conflict-merged"));
    }
    let kind = MessageKind::parse(kind).filter(|kind| KINDS.contains(kind));
    let kind = kind.ok_or(Error::refused("kind", "refused-choice"))?;
    Checks::default().at_most(body, tickets::MOST_WORDS, "body").done()?;
    if once::is_used(tx, cx, key)? {
        return Err(Error::Conflict("conflict-said"));
    }
    if body.trim().is_empty() {
        forget(tx, cx, number, kind)?;
        return Ok(cx.now);
    }
    tx.exec(
        "INSERT INTO draft (person, place, body, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person, place) DO UPDATE SET body = excluded.body, at = excluded.at",
        &args![cx.viewer.person, place(number, kind), body, cx.now],
    )?;
    Ok(cx.now)
}

/// The viewer's own on this ticket.
pub fn of_ticket(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Draft>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new("SELECT place, body, at FROM draft WHERE person = ");
    sql.bind(cx.viewer.person)
        .push(" AND place IN (")
        .bind_list(KINDS.map(|kind| place(number, kind)))
        .push(")");
    let rows: Vec<Row> = r.query_sql(&sql)?;
    let draft = |row: Row| {
        let kind = row.place.rsplit(':').next().and_then(MessageKind::parse)?;
        Some(Draft {
            kind,
            body: row.body,
            at: row.at,
        })
    };
    Ok(rows.into_iter().filter_map(draft).collect())
}

/// What anybody is writing on a ticket that is merged goes along, below what he writes on the one kept.
///
/// No event: the merge leaves one.
pub(crate) fn go_along(tx: &mut Write, cx: &Context, from: TicketNumber, to: TicketNumber) -> Result<()> {
    for kind in KINDS {
        let (old, new) = (place(from, kind), place(to, kind));
        let words: Vec<(PersonId, String)> =
            tx.query("SELECT person, body FROM draft WHERE place = $1", &args![old.as_str()])?;
        for (person, body) in words {
            tx.exec(
                "INSERT INTO draft (person, place, body, at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (person, place) DO UPDATE SET body = draft.body || $5 || excluded.body, at = excluded.at",
                &args![person, new.as_str(), body, cx.now, "\n\n"],
            )?;
        }
        tx.exec("DELETE FROM draft WHERE place = $1", &args![old])?;
    }
    Ok(())
}

/// Words of a reply that does not leave after all go back to its author, below what he is writing.
///
/// No event: whoever called it off leaves one.
pub(crate) fn give_back(tx: &mut Write, cx: &Context, number: TicketNumber, to: PersonId, body: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO draft (person, place, body, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person, place) DO UPDATE SET body = draft.body || $5 || excluded.body, at = excluded.at",
        &args![to, place(number, MessageKind::Reply), body, cx.now, "\n\n"],
    )?;
    Ok(())
}

/// The same words leave after all: they are no draft, unless he has changed them since.
///
/// No event: whoever planned them again leaves one.
pub(crate) fn take_again(tx: &mut Write, number: TicketNumber, from: PersonId, body: &str) -> Result<()> {
    tx.exec(
        "DELETE FROM draft WHERE person = $1 AND place = $2 AND body = $3",
        &args![from, place(number, MessageKind::Reply), body],
    )?;
    Ok(())
}

/// The words were said. A program that writes in somebody's name leaves what he types himself alone.
///
/// No event: the words themselves leave one.
pub(crate) fn forget_sent(tx: &mut Write, cx: &Context, number: TicketNumber, kind: MessageKind) -> Result<()> {
    if cx.viewer.via != Via::Session {
        return Ok(());
    }
    forget(tx, cx, number, kind)
}

fn forget(tx: &mut Write, cx: &Context, number: TicketNumber, kind: MessageKind) -> Result<()> {
    tx.exec(
        "DELETE FROM draft WHERE person = $1 AND place = $2",
        &args![cx.viewer.person, place(number, kind)],
    )?;
    Ok(())
}
