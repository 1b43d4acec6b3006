//! Links between changes and tickets: why it was made, or what came of it. Seen only by those who may read the ticket.

use db::{Read, Sql, Write, args};

use super::change::Change;
use super::edit::Recorded;
use super::open::held;
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ChangeNumber, TicketNumber};
use crate::tickets::{self, Ticket};

const MOST: i64 = 200;

/// Twice is once.
pub fn link(tx: &mut Write, cx: &Context, number: ChangeNumber, ticket: TicketNumber) -> Result<Recorded> {
    held(tx, cx, number)?;
    let of = workable(tx, cx, ticket)?;
    let count: i64 = tx.one("SELECT count(*) FROM change_ticket WHERE change = $1", &args![number])?;
    Checks::default()
        .check(count < MOST, "ticket", "refused-too-many-linked")
        .done()?;
    tx.exec(
        "INSERT INTO change_ticket (change, ticket, at) VALUES ($1, $2, $3) ON CONFLICT (change, ticket) DO NOTHING",
        &args![number, ticket, cx.now],
    )?;
    told(tx, cx, EventKind::ChangeLinked, number, &of)
}

pub fn unlink(tx: &mut Write, cx: &Context, number: ChangeNumber, ticket: TicketNumber) -> Result<Recorded> {
    held(tx, cx, number)?;
    let of = workable(tx, cx, ticket)?;
    let cut = tx.exec(
        "DELETE FROM change_ticket WHERE change = $1 AND ticket = $2",
        &args![number, ticket],
    )?;
    if cut == 0 {
        return Err(Error::refused("ticket", "refused-no-such-ticket"));
    }
    told(tx, cx, EventKind::ChangeUnlinked, number, &of)
}

fn workable(tx: &mut Write, cx: &Context, ticket: TicketNumber) -> Result<Ticket> {
    match tickets::may_work(tx, cx, ticket) {
        Err(Error::NotFound) => Err(Error::refused("ticket", "refused-no-such-ticket")),
        other => other,
    }
}

fn told(tx: &mut Write, cx: &Context, kind: EventKind, number: ChangeNumber, ticket: &Ticket) -> Result<Recorded> {
    let fact = Fact::new(kind).on(ticket.number, ticket.team).about(number.0);
    let event = events::record(tx, cx, fact)?;
    Ok(Recorded { number, event })
}

/// The tickets of a change that the viewer may read.
pub fn links(r: &mut Read, cx: &Context, number: ChangeNumber) -> Result<Vec<Ticket>> {
    access::require(&cx.viewer, Place::Desk)?;
    store::load(r, number)?;
    let linked: Vec<TicketNumber> = r.query(
        "SELECT ticket FROM change_ticket WHERE change = $1 ORDER BY ticket",
        &args![number],
    )?;
    let mut seen = Vec::new();
    for ticket in linked {
        match tickets::find_inside(r, cx, ticket) {
            Ok(ticket) => seen.push(ticket),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(seen)
}

/// The changes a ticket is linked with, the newest first.
pub fn of_ticket(r: &mut Read, cx: &Context, ticket: TicketNumber) -> Result<Vec<Change>> {
    access::require(&cx.viewer, Place::Desk)?;
    tickets::find_inside(r, cx, ticket)?;
    let mut sql = Sql::new(store::SELECT);
    sql.push("NOT removed AND number IN (SELECT change FROM change_ticket WHERE ticket = ")
        .bind(ticket)
        .push(") ORDER BY from_at DESC, number DESC LIMIT 50");
    store::query(r, &sql)
}
