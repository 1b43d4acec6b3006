//! The fields of the topic's form: filled in when a ticket is opened, changed while it is worked on, asked for before it
//! is solved. What a ticket has in a field stays when its topic changes, and is there again when the topic comes back.

use std::collections::BTreeMap;

use db::Write;
use serde_json::{Map, Value as Json, json};

use super::store;
use super::ticket::{Channel, Status, Ticket};
use crate::access::{Action, Via};
use crate::context::Context;
use crate::error::{Error, Refusal, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::forms::{self, Answers, Audience, Field, Form, Given, Required};
use crate::ids::{EventId, FieldId, TicketNumber};

/// Changes what the ticket has in some fields of its form; what is not shown is left as it was.
pub fn fill(tx: &mut Write, cx: &Context, number: TicketNumber, given: &Given) -> Result<EventId> {
    store::hold(tx, number)?;
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    if ticket.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    let (form, before) = forms::values_of(tx, cx, number)?;
    let after = merged(&form, &before, given)?;
    let changed = keep(tx, &form, number, &before, &after)?;
    touch(tx, cx, &ticket)?;
    let data = json!({ "fields": changed }).to_string();
    let fact = Fact::new(EventKind::Filled).on(number, ticket.team).with(Some(data));
    events::record(tx, cx, fact)
}

/// What a list sorts by and what stands still too long know of it.
fn touch(tx: &mut Write, cx: &Context, ticket: &Ticket) -> Result<()> {
    let mut ticket = ticket.clone();
    ticket.updated_at = cx.now;
    store::save(tx, &ticket)
}

/// The same by the keys of the fields, for programs.
pub fn fill_named(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    given: &BTreeMap<String, Json>,
) -> Result<EventId> {
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    let form = forms::form_of(tx, ticket.topic, Audience::Team)?;
    let given = forms::named(&form, given)?;
    fill(tx, cx, number, &given)
}

/// What a ticket that is being opened has: all that was given must be of its form, and a requester fills in all that he
/// must.
pub(super) fn answer(tx: &mut Write, cx: &Context, ticket: &Ticket, given: &Given) -> Result<()> {
    let asks = ticket.channel == Channel::Portal || (!cx.viewer.is_staff() && cx.viewer.via != Via::Desk);
    let who = if asks { Audience::Requester } else { Audience::Team };
    if given.is_empty() && who == Audience::Team {
        return Ok(());
    }
    let form = forms::form_of(tx, ticket.topic, who)?;
    let after = merged(&form, &Answers::new(), given)?;
    if asks {
        forms::refuse_missing(&form, &after, Required::Asking, who)?;
    }
    keep(tx, &form, ticket.number, &Answers::new(), &after).map(drop)
}

/// Refuses a ticket that must have more before it is solved, and names the fields.
pub(super) fn ready_to_solve(tx: &mut Write, ticket: &Ticket) -> Result<()> {
    if matches!(ticket.status, Status::Solved | Status::Closed) {
        return Ok(());
    }
    let form = forms::form_of(tx, ticket.topic, Audience::Team)?;
    let answers = forms::answers_of(tx, ticket.number)?;
    forms::refuse_missing(&form, &answers, Required::Solving, Audience::Team)
}

/// What the ticket will have. Refuses a field that is not of the form and a value that does not fit; what the answers
/// themselves hide is not taken.
fn merged(form: &Form, before: &Answers, given: &Given) -> Result<Answers> {
    let mut refusals: Vec<Refusal> = Vec::new();
    let mut after = before.clone();
    for (id, value) in given {
        let wrong = match (form.field(*id), value) {
            (None, _) => Some("refused-field-none"),
            (Some(field), Some(value)) => forms::fits(form, field, value, before.get(id)),
            (Some(_), None) => None,
        };
        refusals.extend(wrong.map(|key| forms::refusal(*id, key)));
        match value {
            Some(value) => after.insert(*id, value.clone()),
            None => after.remove(id),
        };
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let shown: Vec<FieldId> = form.shown(&after).iter().map(|field| field.id).collect();
    for id in given.keys().filter(|id| !shown.contains(id)) {
        match before.get(id) {
            Some(value) => after.insert(*id, value.clone()),
            None => after.remove(id),
        };
    }
    Ok(after)
}

/// Writes what differs, and says it from what to what.
fn keep(
    tx: &mut Write,
    form: &Form,
    number: TicketNumber,
    before: &Answers,
    after: &Answers,
) -> Result<Map<String, Json>> {
    let mut changed = Map::new();
    for field in &form.fields {
        let (was, is) = (before.get(&field.id), after.get(&field.id));
        if was != is {
            forms::put(tx, form, number, field.id, is)?;
            changed.insert(field.id.to_string(), json!([said(field, was), said(field, is)]));
        }
    }
    Ok(changed)
}

fn said(field: &Field, value: Option<&forms::Value>) -> Json {
    value.map_or(Json::Null, |value| value.to_json(field))
}

/// Puts back what the fields had, if nobody has changed them since. The row is held.
pub(super) fn put_back(tx: &mut Write, cx: &Context, event: &Event) -> Result<()> {
    let number = event.ticket.ok_or(Error::NotFound)?;
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    let changes: Json = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let answers = forms::answers_of(tx, number)?;
    for (id, pair) in changes["fields"].as_object().into_iter().flatten() {
        let id = FieldId(id.parse().map_err(Error::fault)?);
        let form = forms::named_fields(tx, &[id])?;
        let field = form.field(id).ok_or(Error::NotFound)?;
        if said(field, answers.get(&id)) != pair[1] {
            return Err(Error::Conflict("conflict-changed-since"));
        }
        let was = forms::Value::of_json(&form, field, &pair[0]);
        let was = was.map_err(|_| Error::Conflict("conflict-changed-since"))?;
        forms::put(tx, &form, number, id, was.as_ref())?;
    }
    touch(tx, cx, &ticket)?;
    let fact = Fact::new(EventKind::Undone).on(number, ticket.team).about(event.id.0);
    events::record(tx, cx, fact)?;
    Ok(())
}
