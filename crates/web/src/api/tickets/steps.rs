//! The steps of a ticket, for programs: adding some, and ticking one.

use axum::Json;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use desk::tickets as trade;
use desk::{StepId, TicketNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::{self, OneTicket};
use crate::api::body::{Body, Number};
use crate::api::once::Once;
use crate::api::problem::Problem;
use crate::api::token::Caller;
use crate::state::State;

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepsIn {
    /// One step a line.
    #[schema(min_length = 1)]
    pub words: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TickIn {
    pub done: bool,
}

/// Adds steps, one a line.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/steps", tag = "tickets", request_body = StepsIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn add(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(steps): Body<StepsIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&steps).map_err(desk::Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        trade::add_steps(tx, cx, TicketNumber(number), &steps.words)?;
        shape::one(tx, cx, TicketNumber(number))
    })
    .await
}

/// Ticks a step, or takes the tick off. Said twice it changes nothing.
#[utoipa::path(put, path = "/api/firstline/v1/tickets/{number}/steps/{id}", tag = "tickets", request_body = TickIn,
    params(("number" = i64, Path), ("id" = i64, Path)),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn tick(
    Extract(state): Extract<State>,
    caller: Caller,
    path: Result<Path<(i64, i64)>, axum::extract::rejection::PathRejection>,
    Body(tick): Body<TickIn>,
) -> Result<Json<OneTicket>, Problem> {
    let Path((number, id)) = path.map_err(|_| desk::Error::NotFound)?;
    let cx = caller.cx;
    let ticket = state.desk().write(move |tx| {
        // The ticket first: a token that may not read learns of no step.
        trade::find_visible(tx, &cx, TicketNumber(number))?;
        trade::tick(tx, &cx, TicketNumber(number), StepId(id), tick.done, None)?;
        shape::one(tx, &cx, TicketNumber(number))
    });
    Ok(Json(ticket.await?))
}
