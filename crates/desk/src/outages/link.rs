//! The tickets an outage explains: its one answer goes to all of them.

use db::{Write, args};

use super::edit::{Recorded, held};
use super::store;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{OutageNumber, TicketNumber};
use crate::tickets::{self, Ticket};

/// As many as one answer can go to in one transaction.
pub(super) const MOST_TICKETS: usize = 500;

/// Twice is once.
pub fn link(tx: &mut Write, cx: &Context, number: OutageNumber, ticket: TicketNumber) -> Result<Recorded> {
    held(tx, cx, number)?;
    let of = workable(tx, cx, ticket)?;
    let linked = store::tickets_of(tx, number)?;
    if !linked.contains(&ticket) && linked.len() >= MOST_TICKETS {
        return Err(Error::refused("ticket", "refused-too-many-linked"));
    }
    tx.exec(
        "INSERT INTO outage_ticket (outage, ticket, at) VALUES ($1, $2, $3) ON CONFLICT (outage, ticket) DO NOTHING",
        &args![number, ticket, cx.now],
    )?;
    told(tx, cx, EventKind::OutageLinked, number, &of)
}

pub fn unlink(tx: &mut Write, cx: &Context, number: OutageNumber, ticket: TicketNumber) -> Result<Recorded> {
    held(tx, cx, number)?;
    let of = workable(tx, cx, ticket)?;
    let cut = tx.exec(
        "DELETE FROM outage_ticket WHERE outage = $1 AND ticket = $2",
        &args![number, ticket],
    )?;
    if cut == 0 {
        return Err(Error::refused("ticket", "refused-no-such-ticket"));
    }
    told(tx, cx, EventKind::OutageUnlinked, number, &of)
}

/// A ticket the viewer may work on; others are not there.
pub(super) fn workable(tx: &mut Write, cx: &Context, ticket: TicketNumber) -> Result<Ticket> {
    match tickets::may_work(tx, cx, ticket) {
        Err(Error::NotFound) => Err(Error::refused_at("tickets", "refused-no-such-ticket", ticket.0)),
        other => other,
    }
}

fn told(tx: &mut Write, cx: &Context, kind: EventKind, number: OutageNumber, ticket: &Ticket) -> Result<Recorded> {
    let fact = Fact::new(kind).on(ticket.number, ticket.team).about(number.0);
    let event = events::record(tx, cx, fact)?;
    Ok(Recorded { number, event })
}
