//! Putting a ticket away until a moment, bringing it back, splitting one in two, and sending a reply again.

use axum::Json;
use axum::extract::State as Extract;
use axum::response::Response;
use desk::mailboxes::outbox::{self, Resend};
use desk::tickets::{self as trade, Split};
use desk::{Error, MessageId, TicketNumber, Time, people};
use jiff::Timestamp;
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

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitIn {
    /// The messages that go, by their numbers; at least one stays.
    pub messages: Vec<i64>,
    #[schema(min_length = 1, max_length = 250)]
    pub subject: String,
    /// The address of its requester; left out: whoever wrote the first of them.
    pub requester: Option<String>,
}

/// Splits some messages off into a ticket of their own, and answers that one.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/split", tag = "tickets", request_body = SplitIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn split(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(asked): Body<SplitIn>,
) -> Result<Response, Problem> {
    let same = serde_json::to_value(&asked).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &same, move |tx, cx| {
        trade::find_visible(tx, cx, TicketNumber(number))?;
        let requester = match &asked.requester {
            Some(address) => {
                let person = people::by_address(tx, address)?;
                Some(person.ok_or(Error::refused("requester", "refused-no-such-person"))?)
            }
            None => None,
        };
        let split = Split {
            messages: asked.messages.into_iter().map(MessageId).collect(),
            subject: asked.subject,
            requester,
        };
        let (new, _) = trade::split(tx, cx, TicketNumber(number), &split)?;
        shape::one(tx, cx, new)
    })
    .await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResendIn {
    /// The reply whose letter did not arrive.
    pub message: i64,
    /// Another address; left out, the same.
    pub to: Option<String>,
    /// Make that address the person's main one.
    #[serde(default)]
    pub keep: bool,
}

/// Sends a reply that did not arrive again, as a new letter.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/resend", tag = "tickets", request_body = ResendIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn resend(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(asked): Body<ResendIn>,
) -> Result<Response, Problem> {
    let same = serde_json::to_value(&asked).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &same, move |tx, cx| {
        trade::find_visible(tx, cx, TicketNumber(number))?;
        let how = Resend {
            to: asked.to,
            keep: asked.keep,
        };
        outbox::resend(tx, cx, TicketNumber(number), MessageId(asked.message), &how)?;
        shape::one(tx, cx, TicketNumber(number))
    })
    .await
}
