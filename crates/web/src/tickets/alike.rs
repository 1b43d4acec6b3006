//! Before a ticket is opened: `POST /tickets/new/alike` says, while the form is filled in, which open tickets of the
//! caller or his organization may be the same matter, and what is likely to solve it. Joining one keeps every word that was
//! typed, as a call or a visit; a solution that is ticked is linked when the ticket is opened, and its words are the steps
//! of a ticket that is solved at once.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form as Sent;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Redirect, Response};
use desk::finding::{self, Alike};
use desk::forms::{self, Answers, Audience, Form};
use desk::suggestions::{self, Question, Suggestion, Target, TargetKind};
use desk::tickets::{self, MessageFormat, NewFile, NewMessage};
use desk::words::Lang;
use desk::{Context, PersonId, Result, TicketNumber, TopicId, Write, people};

use super::create::{Caller, caller_of, said_once};
use super::fields::Fields;
use super::reasons;
use crate::forms::{read, say};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, respond};
use crate::state::State;

const MOST: usize = 3;
/// Words to look for solutions by are read no further.
const MOST_ASKED: usize = 4_000;

#[derive(Template)]
#[template(path = "tickets/alike.html")]
struct Page {
    shell: Shell,
    alike: Vec<Alike>,
    likely: Vec<Offer>,
}

/// What may solve it, before there is a ticket.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// Its field.
    pub name: String,
    pub ticked: bool,
    pub called: String,
    pub title: String,
    /// The language of the title.
    pub lang: Lang,
    pub address: String,
    pub reason: String,
}

/// The field of a target: its kind and its number.
fn field_of(target: Target) -> String {
    format!("use-{}-{}", target.kind, target.id)
}

/// What is ticked.
pub(crate) fn ticked(fields: &Fields) -> Vec<Target> {
    let read = |name: &str| {
        let (kind, id) = name.strip_prefix("use-")?.rsplit_once('-')?;
        Some(Target {
            kind: TargetKind::parse(kind)?,
            id: id.parse().ok()?,
        })
    };
    fields.all().filter_map(|(name, _)| read(name)).take(MOST).collect()
}

/// What is likely to solve what was typed.
pub(crate) async fn offers(state: &State, staff: &Staff, fields: &Fields) -> Vec<Offer> {
    let (lang, subject) = (staff.seen.viewer.language, fields.text("subject"));
    if subject.trim().is_empty() {
        return Vec::new();
    }
    let question = Question {
        text: format!("{subject}\n{}", fields.text("body"))
            .chars()
            .take(MOST_ASKED)
            .collect(),
        language: lang,
        topic: fields.number("topic").map(TopicId),
    };
    let found = suggestions::likely_to(state.desk(), &staff.cx, question, MOST).await;
    // A ticket is opened without them.
    let found = found.unwrap_or_else(|fault| {
        tracing::error!(%fault, "likely solutions could not be found");
        Vec::new()
    });
    let offer = |one: Suggestion| Offer {
        name: field_of(one.target),
        ticked: fields.has(&field_of(one.target)),
        called: reasons::called(one.target),
        lang: one.lang,
        address: reasons::address(one.target),
        reason: reasons::in_one(lang, &one),
        title: one.title,
    };
    found.into_iter().map(offer).collect()
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Sent(all): Sent<BTreeMap<String, String>>,
) -> Outcome {
    let fields = Fields::from(all);
    let lang = staff.seen.viewer.language;
    let alike = async {
        match caller_of(&state, &staff, &fields).await? {
            Caller::Known(person) => likely(&state, &staff, person, &fields).await,
            Caller::New(_) | Caller::Which(_) => Ok(Vec::new()),
        }
    };
    let oops = |e| Oops::from(e).in_language(lang);
    let (alike, likely) = tokio::join!(alike, offers(&state, &staff, &fields));
    let alike = alike.map_err(oops)?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "nav-new", "new");
    respond(&Page { shell, alike, likely })
}

pub(crate) async fn likely(state: &State, staff: &Staff, person: PersonId, fields: &Fields) -> Result<Vec<Alike>> {
    finding::alike(state.desk(), &staff.cx, person, fields.text("subject"), MOST).await
}

/// Writes what was typed on the ticket that is there already.
pub(crate) async fn join(
    state: &State,
    staff: &Staff,
    caller: Option<PersonId>,
    number: TicketNumber,
    fields: &Fields,
    files: Vec<NewFile>,
) -> Result<Response> {
    let lang = staff.seen.viewer.language;
    let in_person = fields.text("channel") == "in_person";
    let typed = fields.clone();
    let deed = move |tx: &mut Write, cx: &Context| {
        let fields = typed;
        let ticket = tickets::find_visible(tx, cx, number)?;
        let other = caller.filter(|id| *id != ticket.requester);
        let other = other.map(|id| people::find_visible(tx, cx, id)).transpose()?;
        let topic = fields.number("topic").map(TopicId);
        let form = forms::form_of(tx, topic, Audience::Team)?;
        let new = NewMessage {
            body: words_of(lang, &fields, &form, other.map(|person| person.name)),
            files,
            format: MessageFormat::Text,
            ..NewMessage::default()
        };
        let (changed, _) = if in_person {
            tickets::log_visit(tx, cx, number, &new)?
        } else {
            tickets::log_call(tx, cx, number, &new)?
        };
        Ok(changed.event.0)
    };
    let event: i64 = said_once(state, &staff.cx, fields, deed).await?;
    Ok(Redirect::to(&format!("/tickets/{number}?view=mine&done={event}")).into_response())
}

/// What was typed into the fields of the topic, each with its label; what cannot be read stands as it was typed.
fn form_words(lang: Lang, fields: &Fields, form: &Form) -> Option<String> {
    let typed = |name: &str| fields.has(name).then(|| fields.text(name));
    let answers = read(form, lang, typed).over(&Answers::new());
    let one = |field: &forms::Field| {
        let typed = fields.text(&format!("f.{}", field.key)).trim();
        let words = match answers.get(&field.id) {
            Some(value) => say(lang, form, field, value),
            None => typed.to_string(),
        };
        (!words.is_empty()).then(|| {
            crate::words::text(
                lang,
                "joined-field",
                &[("field", field.label(lang).into()), ("words", words.as_str().into())],
            )
        })
    };
    let parts: Vec<String> = form.fields.iter().filter_map(one).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Everything that was typed, in the order of the form.
fn words_of(lang: Lang, fields: &Fields, form: &Form, other: Option<String>) -> String {
    let said = |key: &str| crate::words::text(lang, key, &[]);
    let mut parts = Vec::new();
    if let Some(name) = other {
        parts.push(crate::words::text(
            lang,
            "joined-from",
            &[("name", name.as_str().into())],
        ));
    } else if !fields.text("name").trim().is_empty() {
        let name = format!("{} {}", fields.text("name").trim(), fields.text("contact").trim());
        parts.push(crate::words::text(lang, "joined-from", &[("name", name.trim().into())]));
    }
    parts.extend([
        fields.text("subject").trim().to_string(),
        fields.text("body").trim().to_string(),
    ]);
    parts.extend(form_words(lang, fields, form));
    for (field, key) in [
        ("cause", "field-cause"),
        ("steps", "field-steps"),
        ("helped", "field-helped"),
    ] {
        let words = fields.text(field).trim();
        if !words.is_empty() {
            parts.push(format!("{}\n{words}", said(key)));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}
