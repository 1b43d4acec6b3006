//! `POST /tickets`: the caller is found or made, the ticket opened and, at first contact, solved: one transaction, so
//! that nothing is left half done.

use axum::extract::{Multipart, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::access::Role;
use desk::finding::Alike;
use desk::forms::{self, Audience};
use desk::once::Lasts;
use desk::people::{self, NewPerson, Person};
use desk::reviews;
use desk::suggestions::{self, Target};
use desk::tickets::{self, Channel, Impact, MessageFormat, NewFile, NewTicket, Solution, Urgency};
use desk::words::Lang;
use desk::{Context, Error, PersonId, Refusal, Result, TeamId, Text, TicketNumber, TopicId, Write, teams};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::again::Again;
use super::alike;
use super::edit::word;
use super::fields::Fields;
use super::new::{self, Beside, FORM};
use super::solution::solution_of;
use super::upload;
use crate::api::{digest, once};
use crate::forms::read;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::state::State;

/// Whom it is for.
pub(crate) enum Caller {
    Known(PersonId),
    New(Box<NewPerson>),
    /// Nobody, or more than one: the page asks.
    Which(Vec<Person>),
}

pub(crate) async fn create(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, form: Multipart) -> Outcome {
    let lang = staff.seen.viewer.language;
    let sent = upload::read(&state, form)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    let caller = caller_of(&state, &staff, &sent.fields)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    let had_files = !sent.files.is_empty() || !sent.refusals.is_empty();
    if let Some(number) = sent.fields.number("join").map(TicketNumber) {
        let known = match &caller {
            Caller::Known(id) => Some(*id),
            Caller::New(_) | Caller::Which(_) => None,
        };
        let joined = match sent.check() {
            Ok(()) => alike::join(&state, &staff, known, number, &sent.fields, sent.files).await,
            Err(refused) => Err(refused),
        };
        return match joined {
            Ok(gone) => Ok(gone),
            Err(e) => not_taken(&state, &staff, nonce, sent.fields, e, had_files).await,
        };
    }
    let caller = match caller {
        Caller::Which(people) => {
            let key = if people.is_empty() {
                "refused-nobody-found"
            } else {
                "refused-choose-person"
            };
            let again = Again {
                form: FORM,
                refusals: vec![refusal("requester", key)],
                conflict: None,
                fields: sent.fields,
            };
            let beside = Beside {
                people,
                files_again: had_files,
                ..Beside::default()
            };
            return new::render(&state, &staff, nonce, StatusCode::UNPROCESSABLE_ENTITY, again, beside).await;
        }
        known => known,
    };
    go_on(&state, &staff, nonce, caller, sent).await
}

fn refusal(field: &'static str, key: &'static str) -> Refusal {
    Refusal {
        field,
        key,
        number: None,
    }
}

/// The page again with everything that was typed, and why it was not taken.
async fn not_taken(state: &State, staff: &Staff, nonce: Nonce, fields: Fields, e: Error, files_again: bool) -> Outcome {
    let (status, again) = match e {
        Error::Refused(refusals) => (StatusCode::UNPROCESSABLE_ENTITY, again(fields, &refusals)),
        // The ticket to be joined went out of sight meanwhile.
        Error::NotFound => {
            let gone = refusal("subject", "refused-no-such-ticket");
            (StatusCode::UNPROCESSABLE_ENTITY, again(fields, &[gone]))
        }
        Error::Conflict(key) => {
            let mut back = again(fields, &[]);
            back.conflict = Some(key);
            (StatusCode::CONFLICT, back)
        }
        other => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    };
    let beside = Beside {
        files_again,
        ..Beside::default()
    };
    new::render(state, staff, nonce, status, again, beside).await
}

/// The caller is known or new: an open ticket like this one is offered first, else this one is opened.
async fn go_on(state: &State, staff: &Staff, nonce: Nonce, caller: Caller, sent: upload::Sent) -> Outcome {
    let lang = staff.seen.viewer.language;
    let had_files = !sent.files.is_empty() || !sent.refusals.is_empty();
    let alike = offer(state, staff, &caller, &sent.fields)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    if !alike.is_empty() {
        let again = again(sent.fields, &[refusal("subject", "refused-alike")]);
        let beside = Beside {
            alike,
            files_again: had_files,
            ..Beside::default()
        };
        return new::render(state, staff, nonce, StatusCode::UNPROCESSABLE_ENTITY, again, beside).await;
    }
    let opened = match sent.check() {
        Ok(()) => open(state, staff, caller, &sent.fields, sent.files).await,
        Err(refused) => Err(refused),
    };
    match opened {
        Ok(Some(number)) => Ok(Redirect::to(&format!("/tickets/{number}?view=mine")).into_response()),
        // Opened for a private team the technician does not belong to: from here on it is theirs.
        Ok(None) => Ok(Redirect::to("/inbox/mine").into_response()),
        Err(e @ Error::Refused(_)) => not_taken(state, staff, nonce, sent.fields, e, had_files).await,
        Err(other) => Err(Oops::from(other).in_language(lang)),
    }
}

/// Open tickets that may be the same matter, once: whoever has seen them and opens another knows why. What is solved at
/// once is not stopped.
async fn offer(state: &State, staff: &Staff, caller: &Caller, fields: &Fields) -> Result<Vec<Alike>> {
    let Caller::Known(person) = caller else {
        return Ok(Vec::new());
    };
    if fields.text("offered") == "yes" || fields.text("then") == "solved" {
        return Ok(Vec::new());
    }
    alike::likely(state, staff, *person, fields).await
}

/// By the choice from the list, else by the name and contact of somebody new, else by what was typed: without script
/// the field is an ordinary field.
pub(crate) async fn caller_of(state: &State, staff: &Staff, fields: &Fields) -> Result<Caller> {
    if let Some(id) = fields.number("person")
        && is_named(state, staff, PersonId(id), fields.text("who")).await?
    {
        return Ok(Caller::Known(PersonId(id)));
    }
    if let Some(id) = fields.number("chosen") {
        return Ok(Caller::Known(PersonId(id)));
    }
    if !fields.text("name").trim().is_empty() {
        return Ok(Caller::New(Box::new(new_person(fields))));
    }
    let (cx, words) = (staff.cx.clone(), fields.text("who").to_string());
    let mut found = state.desk().read(move |r| people::search(r, &cx, &words, 8)).await?;
    if found.len() == 1 {
        return Ok(found.pop().map_or(Caller::Which(Vec::new()), |p| Caller::Known(p.id)));
    }
    Ok(Caller::Which(found))
}

/// Whether the person chosen is the one whose name stands in the form: a name that was changed since, by hand or by a
/// draft that came back, is somebody else's.
async fn is_named(state: &State, staff: &Staff, id: PersonId, who: &str) -> Result<bool> {
    let (cx, who) = (staff.cx.clone(), who.trim().to_string());
    let named = state.desk().read(move |r| match people::find_visible(r, &cx, id) {
        Ok(person) => Ok(who.is_empty() || person.name.trim() == who),
        Err(Error::NotFound) => Ok(false),
        Err(other) => Err(other),
    });
    named.await
}

/// The form on its way back. It has one field for either way of reaching somebody, and the one chosen stays chosen.
fn again(mut fields: Fields, refusals: &[Refusal]) -> Again {
    if let Some(id) = fields.number("chosen") {
        fields.put("person".into(), &id.to_string());
    }
    let place = |r: &Refusal| Refusal {
        field: if r.field == "phones" { "address" } else { r.field },
        ..r.clone()
    };
    Again {
        form: FORM,
        refusals: refusals.iter().map(place).collect(),
        conflict: None,
        fields,
    }
}

/// One field takes either way of reaching somebody.
fn new_person(fields: &Fields) -> NewPerson {
    let contact = fields.text("contact").trim();
    let is_address = contact.contains('@');
    let mut person = NewPerson::new(
        fields.text("name").trim(),
        if is_address { contact } else { "" },
        Role::Requester,
    );
    if !is_address && !contact.is_empty() {
        person.phones.push(contact.to_string());
    }
    person.language = Lang::parse(fields.text("language"));
    person
}

async fn open(
    state: &State,
    staff: &Staff,
    caller: Caller,
    fields: &Fields,
    files: Vec<NewFile>,
) -> Result<Option<TicketNumber>> {
    let mut new = ticket_of(fields, files)?;
    if fields.text("mine") == "yes" {
        new.assignee = Some(staff.cx.viewer.person);
    }
    let solution: Option<Solution> = (fields.text("then") == "solved").then(|| solution_of(fields));
    let (typed, lang) = (fields.clone(), staff.seen.viewer.language);
    let used = alike::ticked(fields);
    let deed = move |tx: &mut Write, cx: &Context| {
        let form = forms::form_of(tx, new.topic, Audience::Team)?;
        let read = read(&form, lang, |name| typed.has(name).then(|| typed.text(name)));
        read.check(&form)?;
        new.given = read.given;
        new.requester = match &caller {
            Caller::Known(id) => *id,
            Caller::New(person) => people::add(tx, cx, person)?,
            Caller::Which(_) => return Err(Error::refused("requester", "refused-nobody-found")),
        };
        if let Some(team) = new.team {
            teams::find(tx, cx, team).map_err(|_| Error::refused("team", "refused-no-such-team"))?;
        }
        let opened = tickets::open(tx, cx, &new)?;
        let helps = helped(tx, cx, opened.number, &used)?;
        if let Some(mut solution) = solution {
            if solution.steps.trim().is_empty() {
                solution.steps = helps;
            }
            reviews::solve(tx, cx, opened.number, &solution)?;
        }
        let shown = tickets::find_inside(tx, cx, opened.number).is_ok();
        Ok(shown.then_some(opened.number.0))
    };
    let number: Option<i64> = said_once(state, &staff.cx, fields, deed).await?;
    Ok(number.map(TicketNumber))
}

/// What was ticked helps on the new ticket: its source is linked, and the words of the first are what fixed it.
fn helped(tx: &mut Write, cx: &Context, number: TicketNumber, used: &[Target]) -> Result<String> {
    let mut words = String::new();
    for target in used {
        let language = match tickets::find_inside(tx, cx, number) {
            Ok(ticket) => ticket.language,
            // Opened for a private team: from here on it is theirs.
            Err(Error::NotFound) => return Ok(words),
            Err(other) => return Err(other),
        };
        match suggestions::use_on(tx, cx, number, *target) {
            Ok(_) if words.is_empty() => words = suggestions::words_for(tx, cx, language, *target)?,
            // It went out of sight meanwhile.
            Ok(_) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(words)
}

/// What a form asks for, once under the key it brings, however often it arrives; a form without script brings none.
pub(crate) async fn said_once<A>(
    state: &State,
    cx: &Context,
    fields: &Fields,
    deed: impl FnOnce(&mut Write, &Context) -> Result<A> + Send + 'static,
) -> Result<A>
where
    A: Serialize + DeserializeOwned + Send + 'static,
{
    let (key, cx) = (fields.text("once"), cx.clone());
    if key.is_empty() || key.len() > 64 {
        return state.desk().write(move |tx| deed(tx, &cx)).await;
    }
    let words = ["who", "name", "contact", "subject", "body", "join"].map(|name| fields.text(name));
    let answer = once(
        state.desk(),
        &cx,
        (key.to_string(), Lasts::Month),
        digest("new", &words)?,
        deed,
    )
    .await?;
    serde_json::from_str(&answer).map_err(Error::fault)
}

fn ticket_of(fields: &Fields, files: Vec<NewFile>) -> Result<NewTicket> {
    let channel = Channel::parse(fields.text("channel")).filter(|c| matches!(c, Channel::Phone | Channel::InPerson));
    let channel = channel.ok_or(Error::refused("channel", "refused-choice"))?;
    // The caller is filled in within the transaction.
    let mut new = NewTicket::new(
        PersonId(0),
        channel,
        fields.text("subject"),
        Text::ready(fields.text("body")),
    );
    new.format = MessageFormat::Text;
    new.impact = word(fields, "impact", Impact::parse)?.unwrap_or(Impact::One);
    new.urgency = word(fields, "urgency", Urgency::parse)?.unwrap_or(Urgency::Medium);
    new.topic = fields.number("topic").map(TopicId);
    new.team = fields.number("team").map(TeamId);
    new.files = files;
    Ok(new)
}
