//! The counter: who came in person and waits, in the order they came. Taking the next one opens his ticket.

use db::{Read, Write, args};

use crate::access::{self, Place, Role};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId, TicketNumber, WalkInId};
use crate::people::{self, NewPerson};
use crate::tickets::{self, Channel, NewTicket};

/// Who may stand in the line at a time.
pub const MOST_WAITING: i64 = 100;

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct WalkIn {
        pub id: WalkInId,
        pub name: String,
        pub person: Option<PersonId>,
        pub words: String,
        pub arrived_at: Time,
    }
}

/// Notes somebody who came: his name, or who he is, and what is wrong in one line.
pub fn arrive(tx: &mut Write, cx: &Context, name: &str, person: Option<PersonId>, words: &str) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let (name, words) = (name.trim(), words.trim());
    Checks::default()
        .text(name, 200, "name")
        .text(words, 250, "words")
        .done()?;
    if let Some(person) = person {
        people::find_visible(tx, cx, person).map_err(|_| Error::refused("name", "refused-no-such-person"))?;
    }
    if waiting_count(tx, cx)? >= MOST_WAITING {
        return Err(Error::refused_at("name", "refused-counter-full", MOST_WAITING));
    }
    let id = tx.insert(
        "INSERT INTO walk_in (name, person, words, arrived_at) VALUES ($1, $2, $3, $4) RETURNING id",
        &args![name, person, words, cx.now],
    )?;
    events::record(tx, cx, Fact::new(EventKind::CounterChanged).about(id))
}

/// Who waits, the first to come first.
pub fn waiting(r: &mut Read, cx: &Context) -> Result<Vec<WalkIn>> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.query(
        "SELECT id, name, person, words, arrived_at FROM walk_in WHERE ended_at IS NULL ORDER BY arrived_at, id",
        &[],
    )?)
}

pub fn waiting_count(r: &mut Read, cx: &Context) -> Result<i64> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.one("SELECT count(*) FROM walk_in WHERE ended_at IS NULL", &[])?)
}

/// Takes this one, or whoever is first in the line: his ticket is opened and is the viewer's. `None` when nobody waits.
/// Of two who take at once the second gets the next.
pub fn take(tx: &mut Write, cx: &Context, which: Option<WalkInId>) -> Result<Option<TicketNumber>> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let Some(first) = first(tx, which)? else {
        return Ok(None);
    };
    let requester = requester(tx, cx, &first)?;
    let mut new = NewTicket::new(requester, Channel::InPerson, &first.words, "");
    new.assignee = Some(cx.viewer.person);
    let opened = tickets::open(tx, cx, &new)?;
    tx.exec(
        "UPDATE walk_in SET ended_at = $2, ticket = $3 WHERE id = $1",
        &args![first.id, cx.now, opened.number],
    )?;
    events::record(tx, cx, Fact::new(EventKind::CounterChanged).about(first.id.0))?;
    Ok(Some(opened.number))
}

/// Held, so that nobody else takes him: whoever was taken while this waited for the row is passed over.
fn first(tx: &mut Write, which: Option<WalkInId>) -> Result<Option<WalkIn>> {
    loop {
        let found: Option<WalkIn> = match which {
            Some(id) => tx.maybe(
                "SELECT id, name, person, words, arrived_at FROM walk_in WHERE id = $1 AND ended_at IS NULL",
                &args![id],
            )?,
            None => tx.maybe(
                "SELECT id, name, person, words, arrived_at FROM walk_in WHERE ended_at IS NULL
                 ORDER BY arrived_at, id LIMIT 1",
                &[],
            )?,
        };
        let Some(found) = found else { return Ok(None) };
        tx.hold_rows(
            "SELECT id FROM walk_in WHERE id = $1 FOR NO KEY UPDATE",
            &args![found.id],
        )?;
        let ended: Option<Time> = tx.one("SELECT ended_at FROM walk_in WHERE id = $1", &args![found.id])?;
        if ended.is_none() {
            return Ok(Some(found));
        }
    }
}

/// The person he is known to be; else the one person of exactly this name; else somebody new.
fn requester(tx: &mut Write, cx: &Context, walk_in: &WalkIn) -> Result<PersonId> {
    if let Some(person) = walk_in.person {
        return Ok(tx.one(
            "SELECT COALESCE(merged_into, id) FROM person WHERE id = $1",
            &args![person],
        )?);
    }
    let name = walk_in.name.to_lowercase();
    let mut same = people::search(tx, cx, &walk_in.name, 8)?;
    same.retain(|person| person.name.to_lowercase() == name);
    match same.as_slice() {
        [one] => Ok(one.id),
        _ => people::add(tx, cx, &NewPerson::new(&walk_in.name, "", Role::Requester)),
    }
}

/// He left without being helped, or was noted twice.
pub fn leave(tx: &mut Write, cx: &Context, id: WalkInId) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let left = tx.exec(
        "UPDATE walk_in SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        &args![id, cx.now],
    )?;
    if left == 0 {
        return Err(Error::refused("walk-in", "refused-not-waiting"));
    }
    events::record(tx, cx, Fact::new(EventKind::CounterChanged).about(id.0))
}

/// Undoes the leaving: back in the line, where he stood.
pub fn come_back(tx: &mut Write, cx: &Context, id: WalkInId) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let back = tx.exec(
        "UPDATE walk_in SET ended_at = NULL WHERE id = $1 AND ended_at IS NOT NULL AND ticket IS NULL",
        &args![id],
    )?;
    if back == 0 {
        return Err(Error::Conflict("conflict-cannot-undo"));
    }
    events::record(tx, cx, Fact::new(EventKind::CounterChanged).about(id.0))
}
