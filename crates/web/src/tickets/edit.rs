//! `POST /tickets/{number}/edit`: subject, impact and urgency, priority by hand, topic, team, language, requester. Only
//! the fields a form sent are touched.

use std::collections::BTreeMap;

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use desk::tickets::{self, Edit, Impact, Priority, Urgency};
use desk::words::Lang;
use desk::{Error, PersonId, TeamId, TopicId};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn edit(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let wanted = edit_of(&fields);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let edited = visit.state.desk().write(move |tx| {
        let changed = tickets::edit(tx, &cx, number, &wanted?)?;
        let seen = tickets::find_visible(tx, &cx, number).is_ok();
        Ok((
            Done {
                show: number,
                event: changed.event,
            },
            seen,
        ))
    });
    match edited.await {
        // Given to a private team: it is gone from sight, and so is its page.
        Ok((_, false)) => Ok(Redirect::to(&visit.at.wanted().home()).into_response()),
        other => answer(visit, "edit", fields, other.map(|(done, _)| done)).await,
    }
}

fn edit_of(fields: &Fields) -> desk::Result<Edit> {
    Ok(Edit {
        subject: fields.has("subject").then(|| fields.text("subject").to_string()),
        impact: word(fields, "impact", Impact::parse)?,
        urgency: word(fields, "urgency", Urgency::parse)?,
        priority: choice(fields, "priority", Priority::parse)?,
        topic: choice(fields, "topic", |t| t.parse().ok().map(TopicId))?,
        team: choice(fields, "team", |t| t.parse().ok().map(TeamId))?,
        language: word(fields, "language", Lang::parse)?,
        requester: requester(fields)?,
    })
}

/// A field of a fixed list of words.
pub(crate) fn word<T>(
    fields: &Fields,
    name: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> desk::Result<Option<T>> {
    if !fields.has(name) {
        return Ok(None);
    }
    read(fields.text(name))
        .map(Some)
        .ok_or(Error::refused(name, "refused-choice"))
}

/// The same, where nothing may be chosen too.
fn choice<T>(fields: &Fields, name: &'static str, read: impl Fn(&str) -> Option<T>) -> desk::Result<Option<Option<T>>> {
    if fields.has(name) && fields.text(name).is_empty() {
        return Ok(Some(None));
    }
    Ok(word(fields, name, read)?.map(Some))
}

/// Found while typing. The name without a choice from the list names nobody.
fn requester(fields: &Fields) -> desk::Result<Option<PersonId>> {
    match (fields.number("requester"), fields.text("who").trim()) {
        (Some(id), _) => Ok(Some(PersonId(id))),
        (None, "") => Ok(None),
        (None, _) => Err(Error::refused("requester", "refused-choose-person")),
    }
}
