//! Putting a ticket away until a moment, and bringing it back.

use axum::Json;
use axum::extract::State as Extract;
use desk::tickets as trade;
use desk::{Error, TicketNumber, Time};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::{self, OneTicket};
use crate::api::body::{Body, Number};
use crate::api::problem::Problem;
use crate::api::token::Caller;
use crate::state::State;

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeIn {
    /// RFC 3339; to come, and within a year.
    #[schema(format = DateTime)]
    pub until: String,
}

/// Puts the ticket away until a moment; its promise runs on.
#[utoipa::path(put, path = "/api/firstline/v1/tickets/{number}/snooze", tag = "tickets", request_body = SnoozeIn,
    params(("number" = i64, Path)),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn snooze(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    Body(asked): Body<SnoozeIn>,
) -> Result<Json<OneTicket>, Problem> {
    let cx = caller.cx;
    let until: Option<Timestamp> = asked.until.parse().ok();
    let ticket = state
        .desk()
        .write(move |tx| {
            trade::find_visible(tx, &cx, TicketNumber(number))?;
            let until = until.ok_or(Error::refused("until", "refused-moment"))?;
            trade::snooze(tx, &cx, TicketNumber(number), Time(until.as_microsecond()))?;
            shape::one(tx, &cx, TicketNumber(number))
        })
        .await?;
    Ok(Json(ticket))
}

/// Brings the ticket back now.
#[utoipa::path(delete, path = "/api/firstline/v1/tickets/{number}/snooze", tag = "tickets",
    params(("number" = i64, Path)),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn wake(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<OneTicket>, Problem> {
    let cx = caller.cx;
    let ticket = state
        .desk()
        .write(move |tx| {
            trade::find_visible(tx, &cx, TicketNumber(number))?;
            trade::wake(tx, &cx, TicketNumber(number))?;
            shape::one(tx, &cx, TicketNumber(number))
        })
        .await?;
    Ok(Json(ticket))
}
