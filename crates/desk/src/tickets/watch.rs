//! Watching: being told of what happens on a ticket. It gives no right to see it.

use db::{Read, Sql, Write, args};
use serde_json::{Value, json};

use super::show::NamedPerson;
use super::store;
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
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
    // What was merged in brought its watchers along: here and there it is the same watching.
    let mut left: Vec<TicketNumber> = Vec::new();
    for each in store::with_merged(tx, number)? {
        let gone = tx.exec(
            "DELETE FROM watcher WHERE ticket = $1 AND person = $2",
            &args![each, cx.viewer.person],
        )?;
        if gone > 0 {
            left.push(each);
        }
    }
    let data = json!({ "watched": left }).to_string();
    let fact = Fact::new(EventKind::Unwatched).on(number, ticket.team);
    events::record(tx, cx, fact.about(cx.viewer.person.0).with(Some(data)))
}

/// The inverse, on each of the tickets that were watched: they may be unmerged later.
pub(super) fn watch_again(tx: &mut Write, cx: &Context, event: &Event) -> Result<EventId> {
    let number = event.ticket.ok_or(Error::NotFound)?;
    let data: Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let each = data["watched"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_i64);
    for number in each {
        tx.exec(
            "INSERT INTO watcher (ticket, person) VALUES ($1, $2) ON CONFLICT (ticket, person) DO NOTHING",
            &args![number, cx.viewer.person],
        )?;
    }
    watch(tx, cx, number)
}

/// Who watches these tickets: one and what was merged into it.
pub(super) fn of(r: &mut Read, numbers: &[TicketNumber]) -> Result<Vec<NamedPerson>> {
    let mut sql =
        Sql::new("SELECT DISTINCT p.id, p.name FROM watcher w JOIN person p ON p.id = w.person WHERE w.ticket IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY 2, 1");
    Ok(r.query_sql(&sql)?)
}
