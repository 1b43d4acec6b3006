//! What a program may do with a ticket.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State as Extract;
use axum::response::Response;
use desk::tickets::{self as trade, NewMessage, Solution};
use desk::{TicketNumber, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields;
use super::shape::{self, OneTicket};
use crate::api::body::{Body, Number};
use crate::api::once::Once;
use crate::api::problem::Problem;
use crate::api::token::Caller;
use crate::state::State;

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsIn {
    /// Markdown.
    #[schema(min_length = 1, max_length = 200_000)]
    pub body: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssigneeIn {
    /// The address of a technician.
    pub email: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SolutionIn {
    pub cause: String,
    pub steps: String,
    pub helped: Option<String>,
}

/// Answers the requester; the letter leaves a few seconds later. Where a rule has a senior read this person's replies
/// first, it is refused with 409 and nothing is kept: such a reply is written on the page of its ticket.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/replies", tag = "tickets", request_body = WordsIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn reply(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(words): Body<WordsIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&words).map_err(desk::Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        let new = NewMessage {
            body: words.body,
            ..NewMessage::default()
        };
        trade::reply(tx, cx, TicketNumber(number), &new)?;
        shape::one(tx, cx, TicketNumber(number))
    })
    .await
}

/// Tells the team; never sent to the requester.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/notes", tag = "tickets", request_body = WordsIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn note(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(words): Body<WordsIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&words).map_err(desk::Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        let new = NewMessage {
            body: words.body,
            ..NewMessage::default()
        };
        trade::note(tx, cx, TicketNumber(number), &new)?;
        shape::one(tx, cx, TicketNumber(number))
    })
    .await
}

/// Gives the ticket to a technician.
#[utoipa::path(put, path = "/api/firstline/v1/tickets/{number}/assignee", tag = "tickets", request_body = AssigneeIn,
    params(("number" = i64, Path)),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn assign(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    Body(to): Body<AssigneeIn>,
) -> Result<Json<OneTicket>, Problem> {
    let cx = caller.cx;
    let ticket = state
        .desk()
        .write(move |tx| {
            // The ticket first: who may not see it must not learn who is a technician.
            trade::find_visible(tx, &cx, TicketNumber(number))?;
            let person = people::by_address(tx, &to.email)?;
            let person = person.ok_or(desk::Error::refused("email", "refused-not-a-technician"))?;
            trade::assign(tx, &cx, TicketNumber(number), person)?;
            shape::one(tx, &cx, TicketNumber(number))
        })
        .await?;
    Ok(Json(ticket))
}

/// Solves the ticket, with the cause, the steps and what helped. Where a rule has a senior read this person's solutions
/// first, it is refused with 409.
#[utoipa::path(put, path = "/api/firstline/v1/tickets/{number}/solution", tag = "tickets", request_body = SolutionIn,
    params(("number" = i64, Path)),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn solve(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    Body(words): Body<SolutionIn>,
) -> Result<Json<OneTicket>, Problem> {
    let cx = caller.cx;
    let solved = state
        .desk()
        .write(move |tx| {
            let helped = words.helped.unwrap_or_default();
            let solution = Solution {
                cause: words.cause,
                steps: words.steps,
                helped,
            };
            trade::solve(tx, &cx, TicketNumber(number), &solution)?;
            shape::one(tx, &cx, TicketNumber(number))
        })
        .await;
    match solved {
        Ok(ticket) => Ok(Json(ticket)),
        Err(error) => Err(fields::named(&state, error.into(), &BTreeMap::new()).await),
    }
}

/// Reopens the ticket: the solution did not hold.
#[utoipa::path(delete, path = "/api/firstline/v1/tickets/{number}/solution", tag = "tickets",
    params(("number" = i64, Path)),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn reopen(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<OneTicket>, Problem> {
    let cx = caller.cx;
    let ticket = state
        .desk()
        .write(move |tx| {
            trade::reopen(tx, &cx, TicketNumber(number))?;
            shape::one(tx, &cx, TicketNumber(number))
        })
        .await?;
    Ok(Json(ticket))
}
