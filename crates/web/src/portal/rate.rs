//! `/en/rate/{secret}?answer=good`: where the two answers of a letter lead.
//!
//! Mail scanners open every link of a letter, both answers, some with a real browser that runs scripts and sends the
//! headers of a person's click (`Sec-Fetch-User` and all). So no header and no moment of being visible tells a person
//! from a scanner, and opening the page never records anything, whoever opens it. The page has the answer chosen and one
//! button that sends it: that works everywhere. Where there is script, the button need not be found: the first true sign
//! of a hand on the page (a mouse that moves, a finger that scrolls, which a scanner has no reason to make) sends the
//! same form in the background, says so beside the button, and leaves what is being typed alone. What was said can be
//! changed by the same link, so a wrong tap costs nothing.

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use desk::ratings::{self, NewRating, Rated, RatingAnswer, Round};
use desk::{Context, Error, Refusal, TicketNumber, sign_in};
use serde::Deserialize;

use super::secret::{gone, untold};
use super::visitor::Visitor;
use crate::http::{Oops, Outcome};
use crate::layout::Shell;
use crate::state::State;

#[derive(Deserialize)]
pub(super) struct Tapped {
    #[serde(default)]
    answer: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    pub(super) answer: String,
    #[serde(default)]
    pub(super) words: String,
}

impl Said {
    /// What was said, or why it cannot be taken.
    pub(super) fn read(&self) -> desk::Result<NewRating> {
        let answer = RatingAnswer::parse(&self.answer).ok_or(Error::refused("answer", "refused-rate-answer"))?;
        Ok(NewRating {
            answer,
            words: self.words.replace("\r\n", "\n"),
        })
    }
}

/// The question, as a form: on its own page and on the page of the request.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) action: String,
    pub(super) answer: Option<RatingAnswer>,
    pub(super) words: String,
    /// What is noted already.
    pub(super) noted: Option<RatingAnswer>,
    /// It came from a letter with an answer that is not noted yet.
    pub(super) tapped: bool,
    pub(super) refusals: Vec<Refusal>,
}

impl Asking {
    /// `None` when there is nothing to ask.
    pub(super) fn of(round: &Round, action: String) -> Option<Asking> {
        let Rated::Now(_) = round.rated else { return None };
        let said = round.said.as_ref();
        Some(Asking {
            action,
            answer: said.map(|s| s.answer),
            words: said.map(|s| s.words.0.clone()).unwrap_or_default(),
            noted: said.map(|s| s.answer),
            tapped: false,
            refusals: Vec::new(),
        })
    }

    fn tapped(mut self, answer: Option<RatingAnswer>) -> Asking {
        if answer.is_some() {
            self.tapped = answer != self.noted;
            self.answer = answer;
        }
        self
    }

    /// What was typed comes back with what was wrong.
    pub(super) fn back(mut self, said: &Said, refusals: Vec<Refusal>) -> Asking {
        self.answer = RatingAnswer::parse(&said.answer);
        self.words.clone_from(&said.words);
        self.refusals = refusals;
        self
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.answer.is_some_and(|a| a.as_str() == word)
    }
}

#[derive(Template)]
#[template(path = "portal/rate.html")]
struct Page {
    shell: Shell,
    number: TicketNumber,
    secret: String,
    asking: Option<Asking>,
    late: bool,
}

/// Whoever holds the link: its request, and where he stands with it.
struct Holder {
    cx: Context,
    number: TicketNumber,
    round: Round,
}

async fn holder(state: &State, visitor: &Visitor, secret: &str) -> Result<Option<Holder>, Oops> {
    let (asked, desk) = (secret.to_string(), state.desk().clone());
    let read = state.desk().read(move |r| {
        let Some((viewer, number)) = sign_in::viewer_of_ticket_link(r, &asked, desk.now())? else {
            return Ok(None);
        };
        let cx = desk.context(viewer, None);
        let round = ratings::round(r, &cx, number)?;
        Ok(Some(Holder { cx, number, round }))
    });
    read.await.map_err(|e| visitor.oops(e))
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(secret): Path<String>,
    Query(tapped): Query<Tapped>,
) -> Response {
    untold(look(&state, &visitor, &secret, RatingAnswer::parse(&tapped.answer)).await)
}

async fn look(state: &State, visitor: &Visitor, secret: &str, answer: Option<RatingAnswer>) -> Outcome {
    let Some(holder) = holder(state, visitor, secret).await? else {
        return gone(visitor, state, &place(secret));
    };
    let asking = Asking::of(&holder.round, action(visitor, secret)).map(|a| a.tapped(answer));
    page(state, visitor, secret, &holder, asking, StatusCode::OK)
}

fn page(
    state: &State,
    visitor: &Visitor,
    secret: &str,
    holder: &Holder,
    asking: Option<Asking>,
    status: StatusCode,
) -> Outcome {
    let late = holder.round.rated == Rated::TooLate;
    let title = match (&asking, late) {
        (Some(_), _) => "rate-title",
        (None, true) => "rate-late-title",
        (None, false) => "rate-open-title",
    };
    let page = Page {
        shell: visitor.shell(state, title, &place(secret)),
        number: holder.number,
        secret: secret.to_string(),
        asking,
        late,
    };
    visitor.page(if late { StatusCode::GONE } else { status }, &page)
}

fn place(secret: &str) -> String {
    format!("/rate/{secret}")
}

fn action(visitor: &Visitor, secret: &str) -> String {
    format!("/{}{}", visitor.lang, place(secret))
}

pub(super) async fn submit(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(secret): Path<String>,
    Form(said): Form<Said>,
) -> Response {
    untold(take(&state, &visitor, &secret, said).await)
}

async fn take(state: &State, visitor: &Visitor, secret: &str, said: Said) -> Outcome {
    let Some(holder) = holder(state, visitor, secret).await? else {
        return gone(visitor, state, &place(secret));
    };
    match write(state, &holder.cx, holder.number, &said).await {
        // What cannot be said any more is said by the page as it stands now.
        Ok(()) | Err(Error::Conflict(_)) => Ok(visitor.to(&place(secret))),
        Err(Error::Refused(refusals)) => {
            let asking = Asking::of(&holder.round, action(visitor, secret)).map(|a| a.back(&said, refusals));
            page(
                state,
                visitor,
                secret,
                &holder,
                asking,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
        }
        Err(other) => Err(visitor.oops(other)),
    }
}

/// Writes it down, from whichever page it was said.
pub(super) async fn write(state: &State, cx: &Context, number: TicketNumber, said: &Said) -> desk::Result<()> {
    let (cx, new) = (cx.clone(), said.read()?);
    let write = state
        .desk()
        .write(move |tx| ratings::rate(tx, &cx, number, &new).map(drop));
    write.await
}

impl Page {
    fn sharp(&self) -> String {
        format!("#{}", self.number)
    }

    fn is_noted(&self) -> bool {
        self.asking
            .as_ref()
            .is_some_and(|a| a.noted.is_some() && !a.tapped && a.refusals.is_empty())
    }
}
