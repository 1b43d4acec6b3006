//! One deed on many tickets at once: each by its own verb and with its own event, all in one transaction, and a line of
//! the log that ties them together so that one Undo takes them all back. What cannot be done to one ticket leaves that
//! one alone and is said; the others go on.

use db::{Read, Write};
use serde_json::{Value, json};

use super::edit::{Edit, edit};
use super::priority::Priority;
use super::{assign, close, reopen, snooze, solve, store, tag, undo, wait};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::forms;
use crate::ids::{EventId, PersonId, TeamId, TicketNumber, TopicId};

/// As many as a page of a list can hold.
pub const MOST_AT_ONCE: usize = 200;

#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Assign(PersonId),
    Release,
    Pend,
    Resume,
    Solve,
    Close,
    Reopen,
    /// `None` goes back to what impact and urgency say.
    Priority(Option<Priority>),
    Team(Option<TeamId>),
    Topic(Option<TopicId>),
    Tag(String),
    Snooze(Time),
}

/// How many were done, and which were left alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bulk {
    pub done: Vec<TicketNumber>,
    /// Left alone, each with the key of the sentence that says why.
    pub left: Vec<(TicketNumber, &'static str)>,
}

/// Refuses the whole when the deed itself is wrong (no such team); leaves alone the tickets it does not fit. The
/// event is what can be undone.
pub fn bulk(tx: &mut Write, cx: &Context, numbers: &[TicketNumber], deed: &Deed) -> Result<(EventId, Bulk)> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    if numbers.is_empty() {
        return Err(Error::refused("tickets", "refused-none-chosen"));
    }
    if numbers.len() > MOST_AT_ONCE {
        let most = i64::try_from(MOST_AT_ONCE).map_err(Error::fault)?;
        return Err(Error::refused_at("tickets", "refused-too-many-chosen", most));
    }
    let mut bulk = Bulk::default();
    let mut made: Vec<i64> = Vec::new();
    // One order for everybody: two who change the same tickets wait for each other, and never in a ring.
    let mut ordered: Vec<i64> = numbers.iter().map(|n| n.0).collect();
    ordered.sort_unstable();
    ordered.dedup();
    for number in ordered.into_iter().map(TicketNumber) {
        match apply(tx, cx, number, deed) {
            Ok(event) => {
                made.push(event.0);
                bulk.done.push(number);
            }
            Err(Error::NotFound) => bulk.left.push((number, "left-not-found")),
            Err(Error::Conflict(key)) => bulk.left.push((number, key)),
            Err(Error::Refused(all)) if all.iter().all(|r| r.field == forms::REFUSED) => {
                bulk.left.push((number, "left-fields"));
            }
            Err(other) => return Err(other),
        }
    }
    let left: Vec<Value> = bulk.left.iter().map(|(number, key)| json!([number.0, key])).collect();
    let data = json!({ "events": made, "left": left }).to_string();
    let event = events::record(tx, cx, Fact::new(EventKind::BulkDone).with(Some(data)))?;
    Ok((event, bulk))
}

fn apply(tx: &mut Write, cx: &Context, number: TicketNumber, deed: &Deed) -> Result<EventId> {
    let changed = match deed {
        Deed::Assign(to) => assign::assign(tx, cx, number, *to),
        Deed::Release => assign::release(tx, cx, number),
        Deed::Pend => wait::pend(tx, cx, number),
        Deed::Resume => wait::resume(tx, cx, number),
        Deed::Solve => solve::solve(tx, cx, number, &solve::Solution::default()),
        Deed::Close => close::close(tx, cx, number),
        Deed::Reopen => reopen::reopen(tx, cx, number),
        Deed::Priority(_) | Deed::Team(_) | Deed::Topic(_) => edit(tx, cx, number, &edited(deed)),
        Deed::Snooze(until) => snooze::snooze(tx, cx, number, *until),
        Deed::Tag(word) => return add_tag(tx, cx, number, word),
    };
    Ok(changed?.event)
}

fn edited(deed: &Deed) -> Edit {
    let mut wanted = Edit::default();
    match deed {
        Deed::Priority(priority) => wanted.priority = Some(*priority),
        Deed::Team(team) => wanted.team = Some(*team),
        Deed::Topic(topic) => wanted.topic = Some(*topic),
        _ => {}
    }
    wanted
}

/// A tag that stands already is left: its Undo would take away what was there before.
fn add_tag(tx: &mut Write, cx: &Context, number: TicketNumber, word: &str) -> Result<EventId> {
    store::hold(tx, number)?;
    store::load(tx, number)?.admit(&cx.viewer, access::Action::Work)?;
    let clean = tag::word_of(word)?;
    if tag::of(tx, number)?.contains(&clean) {
        return Err(Error::Conflict("left-tagged"));
    }
    tag::tag(tx, cx, number, word)
}

/// Takes back what a bulk did, by whoever did it; a ticket that has changed since is left as it is.
pub fn undo_bulk(tx: &mut Write, cx: &Context, id: EventId) -> Result<Bulk> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let data = own(tx, cx, id)?;
    let made = data["events"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_i64);
    let mut bulk = Bulk::default();
    for one in made.map(EventId) {
        let number = events::find(tx, one)?.ticket.ok_or(Error::NotFound)?;
        match undo::undo(tx, cx, one) {
            Ok(_) => bulk.done.push(number),
            Err(Error::NotFound) => bulk.left.push((number, "left-not-found")),
            Err(Error::Conflict(key)) => bulk.left.push((number, key)),
            Err(other) => return Err(other),
        }
    }
    Ok(bulk)
}

/// How many a bulk of the viewer's changed, and how many it left alone, each with the key of its reason.
pub fn bulk_told(r: &mut Read, cx: &Context, id: EventId) -> Result<(usize, Vec<(TicketNumber, String)>)> {
    let data = own(r, cx, id)?;
    let of = |name: &str| data[name].as_array().cloned().unwrap_or_default();
    let left = |pair: &Value| Some((TicketNumber(pair[0].as_i64()?), pair[1].as_str()?.to_string()));
    Ok((of("events").len(), of("left").iter().filter_map(left).collect()))
}

fn own(r: &mut Read, cx: &Context, id: EventId) -> Result<Value> {
    let event = events::find(r, id)?;
    if event.kind != EventKind::BulkDone || event.actor != Some(cx.viewer.person) {
        return Err(Error::NotFound);
    }
    serde_json::from_str(event.changes()).map_err(Error::fault)
}
