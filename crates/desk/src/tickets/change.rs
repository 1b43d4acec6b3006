//! The way every change of a ticket's fields goes: load past the policy, change, settle, save, and write down what
//! changed from what to what, so that it can be shown and taken back.

use db::Write;
use serde_json::{Map, Value, json};

use super::store;
use super::ticket::Ticket;
use crate::access::Action;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TicketNumber};
use crate::sla;

/// What a verb answers: the ticket as it now stands, and the event that can be undone.
#[derive(Clone, Debug)]
pub struct Changed {
    pub ticket: Ticket,
    pub event: EventId,
}

/// Loads, changes, saves, records. The body says how the ticket changes; `subject` is what else the event is about.
pub(crate) fn change(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    kind: EventKind,
    body: impl FnOnce(&mut Write, &mut Ticket) -> Result<Option<i64>>,
) -> Result<Changed> {
    let before = held(tx, cx, number)?;
    change_admitted(tx, cx, &before, kind, body)
}

/// The ticket for whoever may work on it, its row held until this transaction ends.
pub(crate) fn held(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    store::hold(tx, number)?;
    store::load(tx, number)?.admit(&cx.viewer, Action::Work)
}

/// The same for a ticket that another rule has admitted (a requester who answers, the desk itself), and whose row is
/// held.
pub(super) fn change_admitted(
    tx: &mut Write,
    cx: &Context,
    before: &Ticket,
    kind: EventKind,
    body: impl FnOnce(&mut Write, &mut Ticket) -> Result<Option<i64>>,
) -> Result<Changed> {
    let mut ticket = before.clone();
    let subject = body(tx, &mut ticket)?;
    ticket.updated_at = cx.now;
    ticket.settle(&cx.house);
    if sla::follow(tx, cx, before, &mut ticket, kind)? {
        ticket.settle(&cx.house);
    }
    store::save(tx, &ticket)?;
    let mut fact = Fact::new(kind)
        .on(ticket.number, ticket.team)
        .with(difference(before, &ticket));
    if let Some(subject) = subject {
        fact = fact.about(subject);
    }
    let event = events::record(tx, cx, fact)?;
    Ok(Changed { ticket, event })
}

/// Columns that follow from others: they are computed again, never restored.
const DERIVED: [&str; 10] = [
    "stage",
    "reply_due",
    "solve_due",
    "next_due",
    "updated_at",
    "policy",
    "asked_at",
    "asked_paused",
    "answer_due",
    "alarm_at",
];

/// `{"field":[before,after], ...}` of what a person changed; `None` when nothing did.
pub(super) fn difference(before: &Ticket, after: &Ticket) -> Option<String> {
    let (old, new) = (fields(before), fields(after));
    let mut changed = Map::new();
    for (name, was) in old {
        let is = new.get(&name).cloned().unwrap_or(Value::Null);
        if was != is && !DERIVED.contains(&name.as_str()) {
            changed.insert(name, json!([was, is]));
        }
    }
    (!changed.is_empty()).then(|| Value::Object(changed).to_string())
}

pub(super) fn fields(ticket: &Ticket) -> Map<String, Value> {
    match serde_json::to_value(ticket) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
