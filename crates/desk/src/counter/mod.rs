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
    let (name, words) = (plain(name), plain(words));
    let (name, words) = (name.as_str(), words.as_str());
    // He becomes a person when he is taken: what is no name then is refused now.
    Checks::default()
        .text(name, 200, "name")
        .check(!name.chars().any(char::is_control), "name", "refused-characters")
        .text(words, 250, "words")
        .check(!words.chars().any(char::is_control), "words", "refused-characters")
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

/// In one line: a tab from a spreadsheet is a space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// Takes this one: his ticket is opened and is the viewer's. Sent again by whoever took him it opens nothing more, and
/// leads to the same ticket.
pub fn take(tx: &mut Write, cx: &Context, id: WalkInId) -> Result<TicketNumber> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    // Of two who take him at once the second waits here for the first.
    tx.hold_rows("SELECT id FROM walk_in WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    let found: Option<WalkIn> = tx.maybe(
        "SELECT id, name, person, words, arrived_at FROM walk_in WHERE id = $1 AND ended_at IS NULL",
        &args![id],
    )?;
    let Some(walk_in) = found else {
        return taken(tx, cx, id);
    };
    let requester = requester(tx, cx, &walk_in)?;
    let mut new = NewTicket::new(requester, Channel::InPerson, &walk_in.words, "");
    new.assignee = Some(cx.viewer.person);
    let opened = tickets::open(tx, cx, &new)?;
    tx.exec(
        "UPDATE walk_in SET ended_at = $2, ticket = $3 WHERE id = $1",
        &args![id, cx.now, opened.number],
    )?;
    events::record(tx, cx, Fact::new(EventKind::CounterChanged).about(id.0))?;
    Ok(opened.number)
}

/// He does not wait any more: the viewer's own ticket of him, or why there is none.
fn taken(tx: &mut Write, cx: &Context, id: WalkInId) -> Result<TicketNumber> {
    let ticket: Option<(TicketNumber, Option<PersonId>)> = tx.maybe(
        "SELECT t.number, t.assignee FROM walk_in w JOIN ticket t ON t.number = w.ticket WHERE w.id = $1",
        &args![id],
    )?;
    match ticket {
        Some((number, Some(who))) if who == cx.viewer.person => Ok(number),
        Some(_) => Err(Error::Conflict("conflict-taken")),
        None => Err(Error::refused("walk-in", "refused-not-waiting")),
    }
}

/// The person he was said to be; else somebody new. A name alone makes nobody of those who have the same one.
fn requester(tx: &mut Write, cx: &Context, walk_in: &WalkIn) -> Result<PersonId> {
    match walk_in.person {
        Some(person) => people::root(tx, person),
        None => people::add(tx, cx, &NewPerson::new(&walk_in.name, "", Role::Requester)),
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
