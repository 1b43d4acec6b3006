//! The fields of a ticket's topic: read in the facts, changed there, and asked for in the sheet that solves it.
//! `POST /tickets/{number}/fields`.

use std::collections::BTreeMap;

use axum::Form as Sent;
use desk::events::{Event, EventKind};
use desk::forms::{self, Answers, Audience, Form, Given, Required, Value};
use desk::words::Lang;
use desk::{Context, FieldId, Refusal, TicketNumber, Write, tickets};
use serde_json::Value as Json;

use super::again::Again;
use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::forms::{Mark, Row, read, rows, say, strays, wrong};
use crate::http::Outcome;
use crate::layout::Shell;

/// What the page needs of them.
#[derive(Debug)]
pub(crate) struct Loaded {
    form: Form,
    answers: Answers,
    /// Fields of former forms, and all that the history names.
    known: Form,
    /// What was typed for fields that are of the form no more.
    strays: Vec<(String, String)>,
}

pub(crate) fn load(
    r: &mut desk::Read,
    cx: &Context,
    number: TicketNumber,
    events: &[Event],
    typed: &Fields,
) -> desk::Result<Loaded> {
    let (form, answers) = forms::values_of(r, cx, number)?;
    let told = events
        .iter()
        .filter(|event| event.kind == EventKind::Filled)
        .flat_map(changes);
    let strays = strays(&form, typed.all());
    let mut ids: Vec<FieldId> = told.map(|(id, _)| id).chain(answers.keys().copied()).collect();
    ids.extend(forms::ids_of(r, strays.iter().map(|(key, _)| key.as_str()))?);
    ids.sort_unstable();
    ids.dedup();
    let known = forms::named_fields(r, &ids)?;
    Ok(Loaded {
        form,
        answers,
        known,
        strays,
    })
}

/// Each field an event changed, from what to what.
fn changes(event: &Event) -> Vec<(FieldId, Json)> {
    let data: Json = serde_json::from_str(event.changes()).unwrap_or_default();
    let all = data["fields"].as_object().cloned().unwrap_or_default();
    let one = |(id, pair): (String, Json)| Some((FieldId(id.parse().ok()?), pair));
    all.into_iter().filter_map(one).collect()
}

/// Label, from and to of each field an event changed; nothing for what was not filled in.
pub(crate) fn told(lang: Lang, loaded: &Loaded, event: &Event) -> Vec<(String, Option<String>, Option<String>)> {
    let one = |(id, pair): (FieldId, Json)| {
        let field = loaded.known.field(id)?;
        let words = |json: &Json| {
            let value = Value::of_json(&loaded.known, field, json).ok().flatten()?;
            Some(short(&say(lang, &loaded.known, field, &value)))
        };
        Some((field.label(lang).to_string(), words(&pair[0]), words(&pair[1])))
    };
    changes(event).into_iter().filter_map(one).collect()
}

/// A line of the history has no room for a letter.
fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("{}\u{2026}", &line[..end]),
        None => line,
    }
}

/// One thing that is filled in.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    pub(crate) label: String,
    pub(crate) words: String,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct FormView {
    pub(crate) filled: Vec<Filled>,
    /// Of former topics.
    pub(crate) former: Vec<Filled>,
    /// Typed for fields that were taken from the form meanwhile: nothing typed is lost.
    pub(crate) strays: Vec<Filled>,
    pub(crate) rows: Vec<Row>,
    /// What is missing for solving, in the sheet that solves.
    pub(crate) missing: Vec<Row>,
    pub(crate) wrong: Vec<(String, String, String)>,
}

impl FormView {
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.former.is_empty() && self.strays.is_empty()
    }

    pub(crate) fn former_count(&self) -> i64 {
        i64::try_from(self.former.len()).unwrap_or(i64::MAX)
    }
}

pub(crate) fn view(shell: &Shell, loaded: &Loaded, again: &Again) -> FormView {
    let Loaded {
        form, answers, known, ..
    } = loaded;
    let lang = shell.lang;
    let filled = |form: &Form, field: &forms::Field| {
        let words = say(lang, form, field, answers.get(&field.id)?);
        let label = field.label(lang).to_string();
        Some(Filled { label, words })
    };
    let shown = form.shown(answers);
    let former = known.fields.iter().filter(|field| form.field(field.id).is_none());
    let solving = again.is("solve");
    let rows_of = |form: &Form, prefix, back: bool| {
        let back = back && again.any();
        let typed = |name: &str| (back && again.fields.has(name)).then(|| again.fields.text(name));
        let over = read(form, lang, typed).over(answers);
        let refusals: &[Refusal] = if again.any() { &again.refusals } else { &[] };
        rows(form, lang, (prefix, Mark::Solving), &over, refusals, typed)
    };
    let all = rows_of(form, "", again.is("fields"));
    let typed = |name: &str| (solving && again.fields.has(name)).then(|| again.fields.text(name));
    let over = read(form, lang, typed).over(answers);
    let missing = rows_of(&needed(form, answers, &over), "s.", solving);
    FormView {
        filled: shown.iter().filter_map(|field| filled(form, field)).collect(),
        former: former.filter_map(|field| filled(known, field)).collect(),
        wrong: wrong(if solving && !missing.is_empty() { &missing } else { &all }),
        strays: loaded.strays.iter().map(|stray| named(lang, known, stray)).collect(),
        rows: all,
        missing,
    }
}

/// A stray by its label, as far as its field is known.
fn named(lang: Lang, known: &Form, (key, words): &(String, String)) -> Filled {
    let label = known.by_key(key).map_or(key.as_str(), |field| field.label(lang));
    Filled {
        label: label.to_string(),
        words: words.clone(),
    }
}

/// The fields that keep the ticket from being solved, and those that these may yet show, given what was typed.
fn needed(form: &Form, answers: &Answers, typed: &Answers) -> Form {
    let shown: Vec<FieldId> = form.shown(typed).iter().map(|field| field.id).collect();
    let mut needed = Form {
        fields: Vec::new(),
        options: form.options.clone(),
    };
    for field in &form.fields {
        let empty = field.required == Required::Solving && !answers.contains_key(&field.id);
        let by_another = field.shown_by.is_some_and(|by| needed.field(by).is_some());
        if empty && (by_another || shown.contains(&field.id)) {
            needed.fields.push(field.clone());
        }
    }
    needed
}

/// What a form of the ticket's page says of its fields; what cannot be read is refused.
pub(crate) fn given(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    lang: Lang,
    fields: &Fields,
) -> desk::Result<Given> {
    let ticket = tickets::find_visible(tx, cx, number)?;
    let form = forms::form_of(tx, ticket.topic, Audience::Team)?;
    if !strays(&form, fields.all()).is_empty() {
        return Err(desk::Error::Conflict("conflict-form-changed"));
    }
    let read = read(&form, lang, |name| fields.has(name).then(|| fields.text(name)));
    if read.refusals.is_empty() {
        Ok(read.given)
    } else {
        Err(desk::Error::Refused(read.refusals))
    }
}

pub(crate) async fn fill(visit: Visit, Sent(all): Sent<BTreeMap<String, String>>) -> Outcome {
    let (fields, lang) = (Fields::from(all), visit.lang());
    let (typed, cx, number) = (fields.clone(), visit.staff.cx.clone(), visit.number);
    let filled = visit.state.desk().write(move |tx| {
        let given = given(tx, &cx, number, lang, &typed)?;
        let event = tickets::fill(tx, &cx, number, &given)?;
        Ok(Done { show: number, event })
    });
    let filled = filled.await;
    answer(visit, "fields", fields, filled).await
}
