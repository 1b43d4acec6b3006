//! Watching: being told of what happens on a ticket. It gives no right to see it.

use db::{Read, Write, args};

use super::show::NamedPerson;
use super::store;
use crate::access::Action;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TicketNumber};

pub fn watch(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<EventId> {
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    tx.exec(
        "INSERT INTO watcher (ticket, person) VALUES ($1, $2) ON CONFLICT (ticket, person) DO NOTHING",
        &args![number, cx.viewer.person],
    )?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::Watched)
            .on(number, ticket.team)
            .about(cx.viewer.person.0),
    )
}

pub fn unwatch(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<EventId> {
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    tx.exec(
        "DELETE FROM watcher WHERE ticket = $1 AND person = $2",
        &args![number, cx.viewer.person],
    )?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::Unwatched)
            .on(number, ticket.team)
            .about(cx.viewer.person.0),
    )
}

pub(super) fn of(r: &mut Read, number: TicketNumber) -> Result<Vec<NamedPerson>> {
    Ok(r.query(
        "SELECT p.id, p.name FROM watcher w JOIN person p ON p.id = w.person WHERE w.ticket = $1 ORDER BY p.name, p.id",
        &args![number],
    )?)
}
