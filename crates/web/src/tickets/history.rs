//! `GET /tickets/{number}/history`: every change of a ticket, from what to what, by whom, when and through which door.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use desk::events::{Event, EventKind};
use desk::people;
use desk::tickets::{self, HistoryKind, HistoryPage, Ticket, Told};
use desk::words::Arg;
use desk::{Context, Error, EventId, Read, Result, TicketNumber, Time};
use serde::Deserialize;
use serde_json::Value;

use super::fields::Fields;
use super::lines::{Known, Teller, changes_of, people_of};
use super::visit::Visit;
use super::{form, tasks};
use crate::http::{Oops, Outcome};
use crate::inbox::{self, Choices};
use crate::layout::{Shell, counts, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
    before: Option<i64>,
}

/// One line of the log: what was done, and what changed by it.
struct Entry {
    icon: &'static str,
    words: Vec<String>,
    changes: Vec<Change>,
    at: Time,
    door: Option<String>,
}

struct Change {
    field: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "tickets/history.html")]
struct Page {
    shell: Shell,
    t: Ticket,
    subject: String,
    kind: Option<HistoryKind>,
    entries: Vec<Entry>,
    first: bool,
    next: Option<EventId>,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let lang = visit.lang();
    tickets::look(desk, &cx, number)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    let kind = HistoryKind::parse(&asked.kind);
    let before = asked.before.map(EventId);
    let read = desk.read(move |r| {
        let t = tickets::find_visible(r, &cx, number)?;
        let page = tickets::history_page(r, &cx, number, kind, before)?;
        let known = known(r, &cx, &page, number)?;
        Ok((t, page, known))
    });
    let (read, counts) = tokio::join!(read, counts(desk, &visit.staff.cx));
    let (t, found, known) = read.map_err(|e| Oops::from(e).in_language(lang))?;
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce, "history-whole", "ticket");
    let shell = shell.with_counts(counts?);
    let subject = super::show::subject_of(&shell, &t);
    let teller = Teller::of(&shell, &known, number);
    let entries = found.lines.iter().map(|told| entry(&shell, &teller, told)).collect();
    respond(&Page {
        t,
        subject,
        kind,
        entries,
        first: before.is_none(),
        next: found.next,
        shell,
    })
}

fn known(r: &mut Read, cx: &Context, page: &HistoryPage, number: TicketNumber) -> Result<Known> {
    let choices = inbox::choices(r, cx)?;
    let events: Vec<Event> = page.lines.iter().map(|told| told.event.clone()).collect();
    Ok(Known {
        names: names(r, cx, page, &choices)?,
        choices,
        planned: tickets::planned(r, cx, number)?,
        form: form::load(r, cx, number, &events, &Fields::default())?,
    })
}

/// Everybody these lines name.
fn names(r: &mut Read, cx: &Context, page: &HistoryPage, known: &Choices) -> Result<BTreeMap<i64, String>> {
    let mut names: BTreeMap<i64, String> = known.technicians.iter().map(|t| (t.id.0, t.name.clone())).collect();
    for told in &page.lines {
        for id in told.event.actor.into_iter().chain(people_of(&told.event)) {
            if names.contains_key(&id.0) {
                continue;
            }
            match people::find_visible(r, cx, id) {
                Ok(person) => drop(names.insert(id.0, person.name)),
                // The desk itself acts under no person's number.
                Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(names)
}

/// What the page of the ticket shows as itself, and the history as a line.
fn said(kind: EventKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        EventKind::TicketOpened => ("inbox", "line-opened"),
        EventKind::RequesterWrote => ("mail", "line-wrote"),
        EventKind::Replied => ("reply", "line-replied"),
        EventKind::Noted => ("lock", "line-noted"),
        EventKind::Called => ("phone", "line-called"),
        EventKind::Visited => ("footprints", "line-visited"),
        EventKind::Watched => ("eye", "line-watched"),
        EventKind::Unwatched => ("eye-off", "line-unwatched"),
        _ => return None,
    })
}

fn entry(shell: &Shell, teller: &Teller<'_>, told: &Told) -> Entry {
    let event = &told.event;
    let lines = teller.lines(event);
    let other = said(event.kind).map(|(icon, key)| (icon, teller.by(event, key)));
    let (icon, words) = match (lines.first().map(|line| line.icon), other) {
        (Some(icon), _) => (icon, lines.into_iter().map(|line| line.words).collect()),
        (None, Some((icon, words))) => (icon, vec![words]),
        (None, None) => ("info", vec![teller.by(event, "line-other")]),
    };
    Entry {
        icon,
        words,
        changes: changes(shell, teller, event),
        at: event.at,
        door: told.door.as_ref().map(|door| shell.t(&format!("door-{door}"))),
    }
}

/// Fields whose values mean something to a reader; an edit says its own in sentences.
fn changes(shell: &Shell, teller: &Teller<'_>, event: &Event) -> Vec<Change> {
    let data = changes_of(event);
    let step = data.get("changed").and_then(Value::as_object);
    let pair = |field: &str| step.and_then(|step| step.get(field)).or_else(|| data.get(field));
    let told = |field: &&str| {
        let [from, to] = pair(field)?.as_array()?.as_slice() else {
            return None;
        };
        let value = |value: &Value| match (*field, value) {
            ("minutes", value) => value
                .as_i64()
                .map_or_else(String::new, |m| tasks::time_words(shell, &m)),
            ("due", Value::String(day)) => tasks::day_words(shell, day),
            ("words", Value::String(words)) => words.clone(),
            ("due" | "words", _) => shell.t("nothing"),
            (field, value) => teller.value(field, value),
        };
        let key = format!("changed-{field}");
        Some(Change {
            field: shell.t(&key),
            from: value(from),
            to: value(to),
        })
    };
    let fields: &[&str] = match event.kind {
        EventKind::Edited => &[],
        EventKind::StepChanged | EventKind::TimeChanged => &["words", "assignee", "due", "minutes"],
        _ => &[
            "status",
            "assignee",
            "subject",
            "priority",
            "team",
            "topic",
            "requester",
            "waiting_for",
        ],
    };
    fields
        .iter()
        .filter_map(told)
        .filter(|change| change.from != change.to)
        .collect()
}

impl Page {
    fn kinds(&self) -> [(HistoryKind, String); 5] {
        use HistoryKind::{Fields, Status, Steps, Time, Words};
        [Words, Status, Fields, Steps, Time].map(|kind| (kind, self.shell.t(&format!("history-{kind}"))))
    }

    fn is(&self, kind: &HistoryKind) -> bool {
        self.kind == Some(*kind)
    }

    fn older(&self, before: &EventId) -> String {
        let kind = self.kind.map_or(String::new(), |kind| format!("&kind={kind}"));
        format!("/tickets/{}/history?before={before}{kind}", self.t.number)
    }
}

/// One change as a sentence.
fn change_words(shell: &Shell, change: &Change) -> String {
    let args = [
        ("field", Arg::Text(&change.field)),
        ("from", Arg::Text(&change.from)),
        ("to", Arg::Text(&change.to)),
    ];
    crate::words::text(shell.lang, "history-change", &args)
}
