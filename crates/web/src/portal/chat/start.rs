//! The first page: who one is and what is wrong. With somebody there it begins a chat; out of hours, or with nobody to
//! take it, the same words become a request, and nothing has to be typed again.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::access::Viewer;
use desk::chat::{self, Chat, MOST_IN_A_LINE, NewChat, Offer};
use desk::error::Checks;
use desk::forms::Given;
use desk::people::Address;
use desk::sign_in::{Asking, count_asking};
use desk::{Context, Error, PersonId, Refusal};
use serde::Deserialize;

use super::super::asker::{self, Question};
use super::super::secret::untold;
use super::guest::Guest;
use super::hours::hours;
use crate::http::{CHAT_COOKIE, Oops, Outcome, cookie, read_cookie};
use crate::layout::Shell;
use crate::state::State;

/// Stands after the secret of a talk that was begun by somebody signed in.
const OWN: &str = ".own";
const A_DAY: i64 = 24 * 3600;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    #[serde(default)]
    body: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
    /// `request`: no chat, a request.
    #[serde(default)]
    then: String,
}

#[derive(Template)]
#[template(path = "portal/chat/start.html")]
struct Piece {
    shell: Shell,
    base: String,
    offer: Offer,
    hours: Vec<String>,
    typed: Typed,
    refusals: Vec<Refusal>,
    /// Why no chat could begin.
    conflict: Option<&'static str>,
    wait_minutes: Option<i64>,
}

/// What was not taken, to come back with the page.
#[derive(Default)]
struct Back {
    typed: Typed,
    refusals: Vec<Refusal>,
    conflict: Option<&'static str>,
    wait: Option<i64>,
}

pub(super) async fn show(Extract(state): Extract<State>, guest: Guest, headers: HeaderMap) -> Outcome {
    if let Some(kept) = read_cookie(&headers, CHAT_COOKIE).filter(|_| !guest.framed) {
        let secret = kept.strip_suffix(OWN).unwrap_or(kept);
        let (asked, now) = (secret.to_string(), state.desk().now());
        let found = state.desk().read(move |r| chat::by_secret(r, &asked, now)).await;
        // Several people may share a browser: what one began when he was signed in is led to for nobody else.
        let his = |chat: &Chat| match &guest.visitor.seen {
            Some(seen) => seen.viewer.person == chat.person,
            None => secret == kept,
        };
        if found.is_ok_and(|chat| chat.is_open() && his(&chat)) {
            return Ok(guest.to(&format!("/chat/{secret}")));
        }
    }
    page(&state, &guest, StatusCode::OK, Back::default()).await
}

async fn page(state: &State, guest: &Guest, status: StatusCode, back: Back) -> Outcome {
    let cx = state.desk().context(Viewer::desk(PersonId(0)), None);
    let house = std::sync::Arc::clone(&cx.house);
    let offer = state.desk().read(move |r| chat::offer(r, &cx)).await;
    let offer = offer.map_err(|e| guest.visitor.oops(e))?;
    let shell = guest.shell(state, "chat-visit-title", "/chat");
    let piece = Piece {
        hours: if house.chat.on {
            hours(&shell, &house)
        } else {
            Vec::new()
        },
        shell: shell.clone(),
        base: guest.base(),
        offer,
        typed: back.typed,
        refusals: back.refusals,
        conflict: back.conflict,
        wait_minutes: back.wait.map(|seconds| (seconds + 59) / 60),
    };
    let mut response = guest.page(status, shell, &piece, false)?;
    if let Some(seconds) = back.wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

pub(super) async fn submit(Extract(state): Extract<State>, guest: Guest, Form(typed): Form<Typed>) -> Response {
    let answer = match take(&state, &guest, &typed).await {
        Ok(to) => Ok(to),
        Err(error) => refuse(&state, &guest, typed, error).await,
    };
    untold(answer)
}

async fn refuse(state: &State, guest: &Guest, typed: Typed, error: Error) -> Outcome {
    let back = Back {
        typed,
        ..Back::default()
    };
    match error {
        Error::Refused(refusals) => {
            page(
                state,
                guest,
                StatusCode::UNPROCESSABLE_ENTITY,
                Back { refusals, ..back },
            )
            .await
        }
        Error::Conflict(key) => {
            let back = Back {
                conflict: Some(key),
                ..back
            };
            page(state, guest, StatusCode::CONFLICT, back).await
        }
        Error::TooOften { seconds } => {
            let back = Back {
                wait: Some(seconds),
                ..back
            };
            page(state, guest, StatusCode::TOO_MANY_REQUESTS, back).await
        }
        other => Err(guest.visitor.oops(other)),
    }
}

async fn take(state: &State, guest: &Guest, typed: &Typed) -> desk::Result<Response> {
    let visitor = &guest.visitor;
    visitor.may_send(state)?;
    let question = question(typed);
    check(&question, visitor.seen.is_none())?;
    if typed.then == "request" {
        return request(state, guest, question).await;
    }
    if visitor.seen.is_none() {
        let (address, place, now) = (question.address.clone(), visitor.peer.to_string(), state.desk().now());
        let counted = state
            .desk()
            .write(move |tx| count_asking(tx, Asking::Chat, &address, &place, now));
        counted.await?;
    }
    let cx = state.desk().context(Viewer::desk(PersonId(0)), None);
    let (seen, lang) = (visitor.seen.clone(), visitor.lang);
    let write = state.desk().write(move |tx| {
        let person = match &seen {
            Some(seen) => seen.viewer.person,
            None => asker::whoever_it_is(tx, &cx, &question, lang)?,
        };
        let new = NewChat {
            person,
            proven: seen.is_some(),
            language: lang,
            body: question.body,
        };
        let cx = Context {
            viewer: Viewer::desk(person),
            ..cx
        };
        chat::start(tx, &cx, &new)
    });
    let (_, secret) = write.await?;
    let mut response = guest.to(&format!("/chat/{secret}"));
    let own = if visitor.seen.is_some() { OWN } else { "" };
    if !guest.framed
        && let Ok(line) = HeaderValue::from_str(&cookie(CHAT_COOKIE, &format!("{}{own}", &*secret), A_DAY))
    {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

/// The first line of what was typed is the subject of a request.
fn question(typed: &Typed) -> Question {
    let body = crate::chat::typed(&typed.body);
    let body = body.trim();
    Question {
        subject: body.lines().next().unwrap_or_default().chars().take(120).collect(),
        body: body.to_string(),
        topic: None,
        about: None,
        name: typed.name.split_whitespace().collect::<Vec<_>>().join(" "),
        address: typed.address.trim().to_string(),
        fields: BTreeMap::new(),
        given: Given::new(),
    }
}

fn check(question: &Question, stranger: bool) -> desk::Result<()> {
    let mut checks = Checks::default();
    checks.text(&question.body, MOST_IN_A_LINE, "body");
    if stranger {
        checks.text(&question.name, 200, "name");
        checks.check(
            Address::parse(&question.address).is_some(),
            "address",
            "refused-address",
        );
    }
    checks.done()
}

async fn request(state: &State, guest: &Guest, question: Question) -> desk::Result<Response> {
    match &guest.visitor.seen {
        Some(seen) => {
            let number = asker::open_own(state, &seen.viewer, guest.visitor.lang, question, Vec::new()).await?;
            // A request has no page in the frame: it says so there, and the portal shows it.
            let place = if guest.framed {
                "/asked".to_string()
            } else {
                format!("/requests/{number}")
            };
            Ok(guest.to(&place))
        }
        None => {
            asker::open_stranger(state, &guest.visitor, question, Vec::new()).await?;
            Ok(guest.to("/asked"))
        }
    }
}

#[derive(Template)]
#[template(path = "portal/chat/asked.html")]
struct Asked {
    shell: Shell,
}

/// In the frame: it came in.
pub(super) async fn asked(Extract(state): Extract<State>, guest: Guest) -> Result<Response, Oops> {
    let shell = guest.shell(&state, "asked-title", "/asked");
    let page = guest.page(StatusCode::OK, shell.clone(), &Asked { shell }, false)?;
    Ok(page.into_response())
}

impl Piece {
    fn is_open(&self) -> bool {
        self.offer == Offer::Open
    }

    fn is_framed(&self) -> bool {
        self.base.starts_with("/widget/")
    }

    /// Why there is no chat now.
    fn closed(&self) -> Option<String> {
        match self.offer {
            Offer::Open => None,
            Offer::Off => Some(self.shell.t("chat-off")),
            Offer::Nobody => Some(self.shell.t("chat-nobody-there")),
            Offer::Closed(Some(next)) => Some(self.shell.t1("chat-closed-until", "when", self.shell.date_time(&next))),
            Offer::Closed(None) => Some(self.shell.t("chat-closed")),
        }
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }

    /// The summary on top: the field, its label and what is wrong.
    fn wrong(&self) -> Vec<(&'static str, String, String)> {
        let label = |field: &str| match field {
            "name" => "ask-name",
            "address" => "field-address",
            _ => "chat-first",
        };
        let sentence = |r: &Refusal| {
            let words = self.shell.refusal(std::slice::from_ref(r), r.field)?;
            Some((r.field, self.shell.t(label(r.field)), words))
        };
        self.refusals.iter().filter_map(sentence).collect()
    }

    fn longest(&self) -> usize {
        MOST_IN_A_LINE
    }
}
