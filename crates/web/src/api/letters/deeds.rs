//! What a program may do with a letter: let one in, leave one be, have one read again. The answer is the letter as it
//! then stands; one that is let in or read again is `kept` until the job has read it.

use axum::extract::State as Extract;
use axum::response::Response;
use desk::mailboxes::ledger::{self, Release};
use desk::{Error, LetterId, TicketNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LetterOut, shaped};
use crate::api::body::{Body, Number};
use crate::api::once::Once;
use crate::api::problem::Problem;
use crate::api::token::Caller;
use crate::state::State;

#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whereto {
    /// A ticket of its own.
    New,
    /// The one whose key it carries.
    ItsTicket,
    /// The one that `ticket` names.
    Ticket,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseIn {
    #[schema(inline)]
    pub to: Whereto,
    /// With `ticket` above: its number.
    #[schema(minimum = 1)]
    pub ticket: Option<i64>,
}

impl ReleaseIn {
    fn release(&self) -> desk::Result<Release> {
        match (self.to, self.ticket) {
            (Whereto::New, None) => Ok(Release::AsNewTicket),
            (Whereto::ItsTicket, None) => Ok(Release::OnItsTicket),
            (Whereto::Ticket, Some(number)) if number > 0 => Ok(Release::On(TicketNumber(number))),
            _ => Err(Error::refused("ticket", "refused-no-such-ticket")),
        }
    }
}

/// Lets a letter in that was held or only recorded.
#[utoipa::path(post, path = "/api/firstline/v1/letters/{id}/release", tag = "letters", request_body = ReleaseIn,
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = LetterOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn release(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(id): Number,
    once: Once,
    Body(asked): Body<ReleaseIn>,
) -> Result<Response, Problem> {
    let same = serde_json::to_value(&asked).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &same, move |tx, cx| {
        ledger::find(tx, cx, LetterId(id))?;
        ledger::release(tx, cx, LetterId(id), asked.release()?)?;
        Ok(shaped(ledger::find(tx, cx, LetterId(id))?))
    })
    .await
}

/// A held letter needs no ticket. It stays in the ledger, and can be let in at any time.
#[utoipa::path(post, path = "/api/firstline/v1/letters/{id}/dismiss", tag = "letters",
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = LetterOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn dismiss(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(id): Number,
    once: Once,
) -> Result<Response, Problem> {
    once.run(state.desk(), &caller.cx, &(), move |tx, cx| {
        ledger::dismiss(tx, cx, LetterId(id))?;
        Ok(shaped(ledger::find(tx, cx, LetterId(id))?))
    })
    .await
}

/// Has a letter read with today's reader. One that stands on a ticket stays there, with the words read today.
#[utoipa::path(post, path = "/api/firstline/v1/letters/{id}/read-again", tag = "letters",
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = LetterOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn read_again(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(id): Number,
    once: Once,
) -> Result<Response, Problem> {
    once.run(state.desk(), &caller.cx, &(), move |tx, cx| {
        ledger::read_again(tx, cx, LetterId(id))?;
        Ok(shaped(ledger::find(tx, cx, LetterId(id))?))
    })
    .await
}
