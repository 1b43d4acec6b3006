//! One talk, as its visitor has it. Whoever holds the secret in the path holds the talk; a secret that opens nothing
//! gets one answer, whatever the reason.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::chat::{self, Chat, ChatState, MOST_IN_A_LINE, NewLine};
use desk::tickets;
use desk::{Error, Refusal};
use serde::Deserialize;

use super::super::secret::{gone, untold};
use super::guest::Guest;
use crate::chat::{Ear, Said, Side, follow, note_presence, said, typed};
use crate::http::Outcome;
use crate::layout::Shell;
use crate::state::State;

#[derive(Template)]
#[template(path = "portal/chat/talk.html")]
struct Piece {
    shell: Shell,
    base: String,
    secret: String,
    chat: Chat,
    said: Vec<Said>,
    /// Who talks with him.
    name: String,
    place: i64,
    client: String,
    back: Back,
}

#[derive(Default)]
struct Back {
    body: String,
    refusals: Vec<Refusal>,
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
pub(super) struct Ending {
    #[serde(default)]
    letter: String,
}

pub(super) async fn show(Extract(state): Extract<State>, guest: Guest, Path(secret): Path<String>) -> Response {
    untold(page(&state, &guest, secret, Back::default()).await)
}

async fn page(state: &State, guest: &Guest, secret: String, back: Back) -> Outcome {
    let (asked, now) = (secret.clone(), state.desk().now());
    let read = state.desk().read(move |r| {
        let chat = chat::by_secret(r, &asked, now)?;
        let lines = chat::lines(r, &chat)?;
        let mut known = tickets::contacts(r, chat.technician)?;
        let name = chat.technician.and_then(|id| known.remove(&id)).map(|c| c.name);
        let place = chat::place(r, &chat)?;
        Ok((chat, lines, name.unwrap_or_default(), place))
    });
    let (chat, lines, name, place) = match read.await {
        Ok(found) => found,
        Err(Error::NotFound) => return gone(&guest.visitor, state, ""),
        Err(other) => return Err(guest.visitor.oops(other)),
    };
    note_presence(state, &chat).await;
    let shell = guest.shell(state, "chat-visit-title", &format!("/chat/{secret}"));
    let status = match &back {
        back if back.conflict.is_some() => StatusCode::CONFLICT,
        back if !back.refusals.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let refreshes = chat.state == ChatState::Waiting;
    let piece = Piece {
        said: said(&shell, chat.person, &lines),
        base: guest.base(),
        client: chat::fresh_key()?,
        shell: shell.clone(),
        secret,
        chat,
        name,
        place,
        back,
    };
    guest.page(status, shell, &piece, refreshes)
}

pub(super) async fn say(
    Extract(state): Extract<State>,
    guest: Guest,
    Path(secret): Path<String>,
    Form(line): Form<Line>,
) -> Response {
    let cx = state
        .desk()
        .context(desk::access::Viewer::desk(desk::PersonId(0)), None);
    let new = NewLine {
        body: typed(&line.body),
        client: line.client,
    };
    let ticket = match known(&state, &guest, &secret).await {
        Ok(chat) => chat.ticket,
        Err(error) => return shut(&state, &guest, error),
    };
    let asked = secret.clone();
    let kept = state.desk().write(move |tx| chat::say(tx, &cx, &asked, &new)).await;
    let mut back = Back {
        body: line.body,
        ..Back::default()
    };
    match kept {
        Ok(_) => {
            state.chats().says(ticket, Side::Visitor, state.desk().now());
            return untold(Ok(guest.to(&format!("/chat/{secret}"))));
        }
        Err(Error::Refused(refusals)) => back.refusals = refusals,
        Err(Error::Conflict(key)) => back.conflict = Some(key),
        Err(Error::NotFound) => return untold(gone(&guest.visitor, &state, "")),
        Err(other) => return untold(Err(guest.visitor.oops(other))),
    }
    untold(page(&state, &guest, secret, back).await)
}

/// The talk this secret opens, looked up before anything is written: whoever tries secrets holds up nobody's writing.
async fn known(state: &State, guest: &Guest, secret: &str) -> desk::Result<Chat> {
    let (secret, now) = (secret.to_string(), state.desk().now());
    let found = state.desk().read(move |r| chat::by_secret(r, &secret, now)).await;
    if matches!(found, Err(Error::NotFound)) {
        let missed = state.throttle().miss(guest.visitor.peer);
        missed.map_err(|seconds| Error::TooOften { seconds })?;
    }
    found
}

fn shut(state: &State, guest: &Guest, error: Error) -> Response {
    untold(match error {
        Error::NotFound => gone(&guest.visitor, state, ""),
        other => Err(guest.visitor.oops(other)),
    })
}

/// Passed on and forgotten.
pub(super) async fn typing(Extract(state): Extract<State>, guest: Guest, Path(secret): Path<String>) -> Response {
    untold(match known(&state, &guest, &secret).await {
        Ok(chat) if chat.is_open() => {
            state.chats().types(chat.ticket, Side::Visitor, state.desk().now());
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Ok(_) => Ok(StatusCode::CONFLICT.into_response()),
        Err(error) => Err(guest.visitor.oops(error)),
    })
}

pub(super) async fn end(
    Extract(state): Extract<State>,
    guest: Guest,
    Path(secret): Path<String>,
    Form(ending): Form<Ending>,
) -> Response {
    let cx = state
        .desk()
        .context(desk::access::Viewer::desk(desk::PersonId(0)), None);
    if let Err(error) = known(&state, &guest, &secret).await {
        return shut(&state, &guest, error);
    }
    let asked = secret.clone();
    let wished = ending.letter == "yes";
    let ended = state
        .desk()
        .write(move |tx| chat::end_own(tx, &cx, &asked, wished))
        .await;
    untold(match ended {
        Ok(()) => Ok(guest.to(&format!("/chat/{secret}"))),
        Err(Error::NotFound) => gone(&guest.visitor, &state, ""),
        Err(other) => Err(guest.visitor.oops(other)),
    })
}

pub(super) async fn live(Extract(state): Extract<State>, guest: Guest, Path(secret): Path<String>) -> Response {
    let (asked, now) = (secret.clone(), state.desk().now());
    let found = state.desk().read(move |r| chat::by_secret(r, &asked, now)).await;
    let stream = match found {
        Ok(chat) => follow(&state, &chat, Ear::Visitor(secret)),
        Err(error) => Err(error),
    };
    untold(stream.map_err(|e| guest.visitor.oops(e)))
}

impl Piece {
    fn state(&self) -> String {
        let shell = &self.shell;
        match self.chat.state {
            ChatState::Waiting => shell.t1("chat-place", "place", self.place),
            ChatState::Taken => shell.t1("chat-with", "name", self.name.as_str()),
            ChatState::Ended => shell.t1("chat-ended", "number", self.chat.ticket.to_string()),
            ChatState::Left => shell.t1("chat-left", "number", self.chat.ticket.to_string()),
        }
    }

    fn wrong(&self) -> Vec<String> {
        let refusals = self.back.refusals.iter();
        let sentence = |r: &Refusal| self.shell.refusal(std::slice::from_ref(r), r.field);
        let conflict = self.back.conflict.map(|key| self.shell.t(key));
        refusals.filter_map(sentence).chain(conflict).collect()
    }

    /// Who is said to type: whoever talks with him.
    fn typing(&self) -> String {
        if self.name.is_empty() {
            return self.shell.t("chat-somebody-types");
        }
        self.shell.t1("chat-typing", "name", self.name.as_str())
    }

    fn longest(&self) -> usize {
        MOST_IN_A_LINE
    }
}
