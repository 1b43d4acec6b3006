//! `/chat/{number}`: one talk, as the technician has it. The line goes to the visitor at once, or by letter when he has
//! gone; the page says which, before it is sent.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use desk::chat::{self, Chat, ChatState, MOST_IN_A_LINE, NewLine};
use desk::people::{self, Technician};
use desk::tickets::{self, Ticket};
use desk::{Error, PersonId, TicketNumber};
use serde::Deserialize;

use super::exchange::Side;
use super::said::{Said, said, typed};
use super::stream::{Ear, follow};
use crate::http::{Nonce, Oops, Outcome, SESSION_COOKIE, Staff, read_cookie};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "chat/pane.html")]
struct Page {
    shell: Shell,
    chat: Chat,
    ticket: Ticket,
    person_name: String,
    address: Option<String>,
    technician_name: String,
    said: Vec<Said>,
    technicians: Vec<Technician>,
    /// The name of the next line.
    client: String,
    back: Back,
}

/// What was refused, and the words that were typed.
#[derive(Default)]
pub(super) struct Back {
    body: String,
    refusals: Vec<desk::Refusal>,
    conflict: Option<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    #[serde(default)]
    body: String,
    #[serde(default)]
    client: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct To {
    /// A technician; empty for the queue.
    #[serde(default)]
    to: String,
}

pub(super) fn number_of(staff: &Staff, text: &str) -> Result<TicketNumber, Oops> {
    let number = text.parse().map(TicketNumber);
    number.map_err(|_| Oops::nothing(staff.seen.viewer.language))
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<String>,
) -> Outcome {
    let number = number_of(&staff, &number)?;
    page(&state, &staff, nonce, number, Back::default()).await
}

async fn page(state: &State, staff: &Staff, nonce: Nonce, number: TicketNumber, back: Back) -> Outcome {
    let oops = |e: Error| Oops::from(e).in_language(staff.seen.viewer.language);
    tickets::look(state.desk(), &staff.cx, number).await.map_err(oops)?;
    let cx = staff.cx.clone();
    let read = state.desk().read(move |r| {
        let (chat, ticket) = chat::find(r, &cx, number)?;
        let lines = chat::lines(r, &chat)?;
        let technicians = people::technicians(r)?;
        let mut known = tickets::contacts(r, [chat.person].into_iter().chain(chat.technician))?;
        let asker = known.remove(&chat.person);
        let technician = chat.technician.and_then(|id| known.remove(&id)).map(|c| c.name);
        Ok((chat, ticket, lines, technicians, asker, technician))
    });
    let (chat, ticket, lines, technicians, asker, technician) = read.await.map_err(oops)?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "chat-title", "chat").with_counts(counts);
    let shell = shell.titled(ticket.subject.clone());
    let status = match &back {
        back if back.conflict.is_some() => StatusCode::CONFLICT,
        back if !back.refusals.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let said = said(&shell, staff.cx.viewer.person, &lines);
    let page = Page {
        said,
        person_name: asker.as_ref().map(|a| a.name.clone()).unwrap_or_default(),
        address: asker.and_then(|a| a.address),
        technician_name: technician.unwrap_or_default(),
        technicians,
        client: chat::fresh_key()?,
        shell,
        chat,
        ticket,
        back,
    };
    respond_with(status, &page)
}

pub(super) async fn live(
    Extract(state): Extract<State>,
    staff: Staff,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Outcome {
    let number = number_of(&staff, &number)?;
    let oops = |e: Error| Oops::from(e).in_language(staff.seen.viewer.language);
    let cx = staff.cx.clone();
    let found = state.desk().read(move |r| chat::find(r, &cx, number));
    let (chat, _) = found.await.map_err(oops)?;
    let secret = read_cookie(&headers, SESSION_COOKIE).unwrap_or_default().to_string();
    follow(&state, &chat, Ear::Desk(secret)).map_err(oops)
}

pub(super) async fn reply(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<String>,
    Form(line): Form<Line>,
) -> Outcome {
    let number = number_of(&staff, &number)?;
    let (cx, body) = (staff.cx.clone(), line.body.clone());
    let new = NewLine {
        body: typed(&line.body),
        client: line.client,
    };
    let written = state.desk().write(move |tx| chat::reply(tx, &cx, number, &new)).await;
    if written.is_ok() {
        state.chats().says(number, Side::Desk, state.desk().now());
    }
    answer(&state, &staff, nonce, number, body, written.map(drop)).await
}

pub(super) async fn hand_over(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<String>,
    Form(form): Form<To>,
) -> Outcome {
    let number = number_of(&staff, &number)?;
    let cx = staff.cx.clone();
    let given = state.desk().write(move |tx| {
        let to = match form.to.as_str() {
            "" => None,
            id => Some(
                id.parse()
                    .map(PersonId)
                    .map_err(|_| Error::refused("to", "refused-not-a-technician"))?,
            ),
        };
        chat::hand_over(tx, &cx, number, to).map(drop)
    });
    let given = given.await;
    answer(&state, &staff, nonce, number, String::new(), given).await
}

async fn answer(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    number: TicketNumber,
    body: String,
    done: desk::Result<()>,
) -> Outcome {
    let mut back = Back {
        body,
        ..Back::default()
    };
    match done {
        Ok(()) => return Ok(to_pane(number)),
        Err(Error::Refused(refusals)) => back.refusals = refusals,
        Err(Error::Conflict(key)) => back.conflict = Some(key),
        Err(other) => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
    page(state, staff, nonce, number, back).await
}

pub(super) fn to_pane(number: TicketNumber) -> Response {
    Redirect::to(&format!("/chat/{number}")).into_response()
}

impl Page {
    fn is_mine(&self) -> bool {
        self.chat.technician.is_some_and(|person| person.0 == self.shell.me())
    }

    fn is_waiting(&self) -> bool {
        self.chat.state == ChatState::Waiting
    }

    fn writes(&self) -> bool {
        self.chat.state == ChatState::Taken && self.is_mine()
    }

    fn wrong(&self) -> Vec<String> {
        let refusals = self.back.refusals.iter();
        let sentence = |r: &desk::Refusal| self.shell.refusal(std::slice::from_ref(r), r.field);
        let conflict = self.back.conflict.map(|key| self.shell.t(key));
        refusals.filter_map(sentence).chain(conflict).collect()
    }

    /// Where the talk stands, and how a line will reach the visitor.
    fn state(&self) -> String {
        let shell = &self.shell;
        match self.chat.state {
            ChatState::Waiting => shell.t1("chat-pane-waiting", "when", shell.when(&self.chat.asked_at)),
            ChatState::Ended => shell.t("chat-pane-ended"),
            ChatState::Left => shell.t("chat-pane-left"),
            ChatState::Taken if !self.is_mine() => shell.t1("chat-pane-others", "name", self.technician_name.as_str()),
            ChatState::Taken if self.chat.hears(shell.now) => {
                shell.t1("chat-pane-here", "name", self.person_name.as_str())
            }
            ChatState::Taken => match &self.address {
                Some(address) if self.ticket.confirmed => shell.t1("chat-pane-gone", "address", address.as_str()),
                _ => shell.t("chat-pane-gone-unproven"),
            },
        }
    }

    fn colleagues(&self) -> Vec<&Technician> {
        let me = self.shell.me();
        self.technicians.iter().filter(|one| one.id.0 != me).collect()
    }

    fn longest(&self) -> usize {
        MOST_IN_A_LINE
    }
}
