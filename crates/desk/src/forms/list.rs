//! Reading: the form of a topic, what a ticket has, and how many fields each topic has. A form is no secret of the desk
//! (requesters fill it in), but for what only the team sees: callers say for whom it is.

use std::collections::BTreeMap;

use db::Read;

use super::field::Field;
use super::form::{Audience, Form};
use super::store;
use super::value::Answers;
use crate::access::{self, Action, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{FieldId, TicketNumber, TopicId};
use crate::tickets;

/// As that reader fills it in; empty without a topic.
pub fn form_of(r: &mut Read, topic: Option<TopicId>, who: Audience) -> Result<Form> {
    match topic {
        Some(topic) => match store::form(r, topic, false) {
            Ok(form) => Ok(form.seen_by(who)),
            Err(crate::error::Error::NotFound) => Ok(Form::default()),
            Err(other) => Err(other),
        },
        None => Ok(Form::default()),
    }
}

/// With its retired fields, for whoever changes it.
pub fn whole_form_of(r: &mut Read, cx: &Context, topic: TopicId) -> Result<Form> {
    access::require(&cx.viewer, Place::Admin)?;
    store::form(r, topic, true)
}

/// One field, with the form it stands in.
pub fn find(r: &mut Read, cx: &Context, id: FieldId) -> Result<(Field, Form)> {
    access::require(&cx.viewer, Place::Admin)?;
    let field = store::field(r, id)?;
    let form = store::form(r, field.topic, true)?;
    Ok((field, form))
}

/// How many fields each topic has of its own.
pub fn counts(r: &mut Read, cx: &Context) -> Result<BTreeMap<TopicId, i64>> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(store::counts(r)?
        .into_iter()
        .map(|count| (count.topic, count.fields))
        .collect())
}

/// What a ticket has, as far as the viewer may see it, with the fields it has it in: those of its form, and those of
/// former topics.
pub fn values_of(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<(Form, Answers)> {
    let ticket = tickets::find_visible(r, cx, number)?;
    let who = if access::may(&cx.viewer, Action::Inside, &ticket) {
        Audience::Team
    } else {
        Audience::Requester
    };
    let form = form_of(r, ticket.topic, who)?;
    let mut answers = store::values(r, number)?;
    if who == Audience::Requester {
        answers.retain(|id, _| form.field(*id).is_some());
    }
    Ok((form, answers))
}

/// What the ticket has in fields that are not of its form now.
pub fn old_values(r: &mut Read, form: &Form, answers: &Answers) -> Result<Form> {
    let old: Vec<FieldId> = answers.keys().copied().filter(|id| form.field(*id).is_none()).collect();
    named_fields(r, &old)
}

/// These fields with their lists, whatever form they are of.
pub fn named_fields(r: &mut Read, ids: &[FieldId]) -> Result<Form> {
    Ok(Form {
        fields: store::fields(r, ids)?,
        options: store::options(r, ids)?,
    })
}

/// All that can be chosen in some form, for whoever writes a view.
pub fn choosable(r: &mut Read, cx: &Context) -> Result<Form> {
    access::require(&cx.viewer, Place::Desk)?;
    let fields = store::choosable(r)?;
    let ids: Vec<FieldId> = fields.iter().map(|field| field.id).collect();
    Ok(Form {
        options: store::options(r, &ids)?,
        fields,
    })
}

/// What programs call these fields.
pub fn keys_of(r: &mut Read, ids: &[FieldId]) -> Result<BTreeMap<FieldId, String>> {
    let fields = store::fields(r, ids)?;
    Ok(fields.into_iter().map(|field| (field.id, field.key)).collect())
}

/// The fields with these keys; a key that is none is left out.
pub fn ids_of<'k>(r: &mut Read, keys: impl Iterator<Item = &'k str>) -> Result<Vec<FieldId>> {
    let mut ids = Vec::new();
    for key in keys.take(super::MOST_FIELDS) {
        ids.extend(store::by_key(r, key)?);
    }
    Ok(ids)
}

/// All a ticket has, without a policy: for verbs that have admitted it.
pub(crate) fn answers_of(r: &mut Read, number: TicketNumber) -> Result<Answers> {
    store::values(r, number)
}
