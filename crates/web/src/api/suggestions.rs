//! Likely solutions for programs: of a ticket, or of words that are no ticket yet; and what was done with one.

use axum::Json;
use axum::extract::State as Extract;
use axum::response::Response;
use desk::error::Checks;
use desk::suggestions::{self as trade, Question, Reason, Suggestion, Target, TargetKind};
use desk::tickets as trade_tickets;
use desk::words::Lang;
use desk::{Context, Error, TicketNumber, TopicId, Write};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Body, Number};
use super::once::Once;
use super::paging::PageOf;
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;
use crate::tickets::reasons;

/// So many are given.
const MOST: usize = 8;
/// Characters of a question.
const MOST_ASKED: usize = 20_000;

#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionOut {
    /// `known_error`, `article` or `ticket`
    pub kind: &'static str,
    pub id: i64,
    /// As people write it: `KE-3`, `KB-118`, `#2207`.
    pub shown: String,
    pub title: String,
    /// The language of the title: `en` or `fr`.
    pub language: &'static str,
    /// What helped, in its first words; an article has none.
    pub fix: String,
    /// Its page on this desk.
    pub url: String,
    /// Why it may help, in one line, in the language of the token's person.
    pub reason: String,
    pub reasons: Vec<ReasonOut>,
    /// From 0 to about 2; comparable between kinds.
    pub score: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonOut {
    /// `mended`, `solved`, `codes`, `like`, `topic` or `words`
    pub kind: &'static str,
    /// In the language of the token's person.
    pub text: String,
    /// The codes or words that are meant.
    pub words: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionIn {
    /// The problem, in the words of whoever has it.
    #[schema(min_length = 1, max_length = 20_000)]
    pub text: String,
    /// `en` or `fr`; left out, that of the token's person.
    #[schema(pattern = "^(en|fr)$")]
    pub language: Option<String>,
    /// The number of a topic.
    pub topic: Option<i64>,
}

/// One of those that were suggested.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetIn {
    #[schema(pattern = "^(known_error|article|ticket)$")]
    pub kind: String,
    pub id: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UsedOut {
    /// The line of the log.
    pub event: i64,
    /// What may go into a reply, in the language of the ticket; empty where it was set aside.
    pub words: String,
}

/// Lists what is likely to solve the ticket, the best first.
#[utoipa::path(get, path = "/api/firstline/v1/tickets/{number}/suggestions", tag = "suggestions",
    params(("number" = i64, Path)),
    responses((status = 200, body = PageOf<SuggestionOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn of_ticket(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<PageOf<SuggestionOut>>, Problem> {
    let found = trade::likely(state.desk(), &caller.cx, TicketNumber(number), MOST).await?;
    Ok(Json(page_of(caller.cx.viewer.language, found)))
}

/// Lists what is likely to solve a problem that is no ticket yet, the best first.
#[utoipa::path(post, path = "/api/firstline/v1/suggestions", tag = "suggestions", request_body = QuestionIn,
    responses((status = 200, body = PageOf<SuggestionOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn ask(
    Extract(state): Extract<State>,
    caller: Caller,
    Body(asked): Body<QuestionIn>,
) -> Result<Json<PageOf<SuggestionOut>>, Problem> {
    desk::access::require(&caller.cx.viewer, desk::access::Place::Desk)?;
    let reads = caller.cx.viewer.language;
    Checks::default()
        .check(!asked.text.is_empty(), "text", "refused-empty")
        .at_most(&asked.text, MOST_ASKED, "text")
        .done()?;
    let language = match asked.language.as_deref() {
        Some(tag) => Lang::parse(tag).ok_or(Error::refused("language", "refused-choice"))?,
        None => reads,
    };
    let question = Question {
        text: asked.text,
        language,
        topic: asked.topic.map(TopicId),
    };
    let found = trade::likely_to(state.desk(), &caller.cx, question, MOST).await?;
    Ok(Json(page_of(reads, found)))
}

/// Says that one helps here: its source is linked, and its words are given to be put into a reply.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/suggestions/use", tag = "suggestions", request_body = TargetIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = UsedOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn use_on(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(one): Body<TargetIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&one).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        let number = TicketNumber(number);
        let (target, reads) = target(tx, cx, number, &one)?;
        let words = trade::words_for(tx, cx, reads, target).map_err(not_there)?;
        let event = trade::use_on(tx, cx, number, target).map_err(not_there)?;
        Ok(UsedOut { event: event.0, words })
    })
    .await
}

/// Says that one does not fit: it is not suggested on this ticket again.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/suggestions/dismiss", tag = "suggestions", request_body = TargetIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = UsedOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn dismiss(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(one): Body<TargetIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&one).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        let number = TicketNumber(number);
        let (target, _) = target(tx, cx, number, &one)?;
        let event = trade::dismiss(tx, cx, number, target).map_err(not_there)?;
        let words = String::new();
        Ok(UsedOut { event: event.0, words })
    })
    .await
}

/// The ticket first: who may not work on it learns of nothing else. Then what is meant.
fn target(tx: &mut Write, cx: &Context, number: TicketNumber, one: &TargetIn) -> desk::Result<(Target, Lang)> {
    let ticket = trade_tickets::find_inside(tx, cx, number)?;
    if !trade::may_use(cx, &ticket) {
        return Err(Error::NotFound);
    }
    let kind = TargetKind::parse(&one.kind).filter(|kind| *kind != TargetKind::Solution);
    let kind = kind.ok_or(Error::refused("kind", "refused-choice"))?;
    Ok((Target { kind, id: one.id }, ticket.language))
}

/// The ticket is there: what is not, is what was meant.
fn not_there(error: Error) -> Error {
    match error {
        Error::NotFound => Error::refused("id", "refused-no-such-suggestion"),
        other => other,
    }
}

fn page_of(lang: Lang, found: Vec<Suggestion>) -> PageOf<SuggestionOut> {
    let items = found.into_iter().map(|one| shaped(lang, one)).collect();
    PageOf { items, next: None }
}

fn shaped(lang: Lang, one: Suggestion) -> SuggestionOut {
    let reason = |reason: &Reason| {
        let (text, words) = reasons::told(lang, reason);
        ReasonOut {
            kind: reason.kind(),
            text,
            words: words.to_vec(),
        }
    };
    SuggestionOut {
        kind: one.target.kind.as_str(),
        id: one.target.id,
        shown: reasons::called(one.target),
        language: one.lang.as_str(),
        url: reasons::address(one.target),
        reason: reasons::in_one(lang, &one),
        reasons: one.reasons.iter().map(reason).collect(),
        score: one.score,
        title: one.title,
        fix: one.fix,
    }
}
