//! Work handed over, for programs: what was handed over of a ticket, handing over, and the answers. For the staff alone: a
//! requester's token finds nothing here.

use axum::Json;
use axum::extract::State as Extract;
use axum::response::Response;
use desk::escalations::{self as trade, Escalation, Packet, Recorded, Round, To, Tried};
use desk::{Error, EscalationId, FileId, TicketNumber, Time, tickets};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Body, Number};
use super::once::Once;
use super::paging::PageOf;
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;

/// One thing that was tried, and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TriedRow {
    #[schema(max_length = 2_000)]
    pub what: String,
    #[serde(default)]
    #[schema(max_length = 2_000)]
    pub result: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationIn {
    /// `team:3`, `supervisor:7`, or a group outside: `group:network`, `group:developers`, `group:analysts`,
    /// `group:security`, `group:testing`.
    pub to: String,
    #[schema(max_length = 20_000)]
    pub symptom: Option<String>,
    #[schema(max_length = 20_000)]
    pub steps: Option<String>,
    #[schema(max_length = 2_000)]
    pub expected: Option<String>,
    #[schema(max_length = 2_000)]
    pub seen: Option<String>,
    #[schema(max_length = 2_000)]
    pub how_often: Option<String>,
    #[schema(max_items = 30)]
    pub tried: Option<Vec<TriedRow>>,
    /// Why nothing was tried, where nothing was.
    #[schema(max_length = 2_000)]
    pub nothing_because: Option<String>,
    /// Files of the ticket, by their numbers.
    #[schema(max_items = 100)]
    pub files: Option<Vec<i64>>,
    #[schema(max_items = 30)]
    pub links: Option<Vec<String>>,
    /// What the requester was told.
    #[schema(max_length = 2_000)]
    pub promised: Option<String>,
    #[schema(max_length = 2_000)]
    pub wished: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnIn {
    /// Why it comes back.
    #[schema(min_length = 1, max_length = 5_000)]
    pub reason: String,
}

/// What was done: the escalation, and the line of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct EscalationDone {
    pub id: i64,
    /// As people write it: `E-12`.
    pub shown: String,
    pub event: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EscalationOut {
    pub id: i64,
    /// As people write it: `E-12`.
    pub shown: String,
    pub ticket: i64,
    /// `waiting`, `accepted` or `returned`
    pub state: &'static str,
    /// As it was asked for: `team:3`.
    pub to: String,
    /// By id: who stays the requester's contact, who handed it over, and who has taken it.
    pub contact: Option<i64>,
    pub sent_by: i64,
    pub taken_by: Option<i64>,
    /// The first one first; the last one is how it stands.
    pub rounds: Vec<RoundOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoundOut {
    pub number: i64,
    #[schema(format = DateTime)]
    pub sent_at: String,
    pub symptom: String,
    pub steps: String,
    pub expected: String,
    pub seen: String,
    pub how_often: String,
    pub tried: Vec<TriedRow>,
    pub nothing_because: String,
    pub files: Vec<i64>,
    pub links: Vec<String>,
    pub promised: String,
    pub wished: String,
    /// Why it came back; empty where it did not.
    pub reason: String,
    #[schema(format = DateTime)]
    pub returned_at: Option<String>,
}

/// Lists what was handed over of a ticket, the newest first.
#[utoipa::path(get, path = "/api/firstline/v1/tickets/{number}/escalations", tag = "escalations",
    params(("number" = i64, Path)),
    responses((status = 200, body = PageOf<EscalationOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn of_ticket(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<PageOf<EscalationOut>>, Problem> {
    let cx = caller.cx;
    let found = state.desk().read(move |r| {
        let all = trade::of_ticket(r, &cx, TicketNumber(number))?;
        let shape = |one: Escalation| Ok(shaped(trade::rounds(r, &cx, one.id)?, &one));
        all.into_iter().map(shape).collect::<desk::Result<Vec<_>>>()
    });
    Ok(Json(PageOf {
        items: found.await?,
        next: None,
    }))
}

/// Hands a ticket over with its packet. One that was returned goes again, as its next round.
#[utoipa::path(post, path = "/api/firstline/v1/tickets/{number}/escalations", tag = "escalations", request_body = EscalationIn,
    params(("number" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = EscalationDone), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn hand_over(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    once: Once,
    Body(new): Body<EscalationIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&new).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        // Whoever may not read it is told nothing of what is missing.
        tickets::find_inside(tx, cx, TicketNumber(number))?;
        let to = To::parse(&new.to);
        trade::hand_over(tx, cx, TicketNumber(number), to, &packet(new)).map(done)
    })
    .await
}

/// Takes what was handed over: whoever accepts has the work.
#[utoipa::path(post, path = "/api/firstline/v1/escalations/{id}/accept", tag = "escalations",
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = EscalationDone), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn accept(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(id): Number,
    once: Once,
) -> Result<Response, Problem> {
    once.run(state.desk(), &caller.cx, &(), move |tx, cx| {
        trade::find(tx, cx, EscalationId(id))?;
        trade::accept(tx, cx, EscalationId(id)).map(done)
    })
    .await
}

/// Sends it back to where it was, with a reason.
#[utoipa::path(post, path = "/api/firstline/v1/escalations/{id}/return", tag = "escalations", request_body = ReturnIn,
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header,
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = EscalationDone), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn send_back(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(id): Number,
    once: Once,
    Body(back): Body<ReturnIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&back).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        trade::find(tx, cx, EscalationId(id))?;
        trade::send_back(tx, cx, EscalationId(id), &back.reason).map(done)
    })
    .await
}

fn done(recorded: Recorded) -> EscalationDone {
    EscalationDone {
        id: recorded.id.0,
        shown: recorded.id.shown(),
        event: recorded.event.0,
    }
}

fn packet(new: EscalationIn) -> Packet {
    let tried = new.tried.unwrap_or_default().into_iter().map(|row| Tried {
        what: row.what,
        result: row.result,
    });
    Packet {
        symptom: new.symptom.unwrap_or_default(),
        steps: new.steps.unwrap_or_default(),
        expected: new.expected.unwrap_or_default(),
        seen: new.seen.unwrap_or_default(),
        how_often: new.how_often.unwrap_or_default(),
        tried: tried.collect(),
        nothing_because: new.nothing_because.unwrap_or_default(),
        files: new.files.unwrap_or_default().into_iter().map(FileId).collect(),
        links: new.links.unwrap_or_default(),
        promised: new.promised.unwrap_or_default(),
        wished: new.wished.unwrap_or_default(),
        ..Packet::default()
    }
}

fn shaped(rounds: Vec<Round>, one: &Escalation) -> EscalationOut {
    EscalationOut {
        id: one.id.0,
        shown: one.id.shown(),
        ticket: one.ticket.0,
        state: one.state.as_str(),
        to: one.to().map(To::written).unwrap_or_default(),
        contact: one.contact.map(|person| person.0),
        sent_by: one.sent_by.0,
        taken_by: one.taken_by.map(|person| person.0),
        rounds: rounds.into_iter().map(round).collect(),
    }
}

fn round(round: Round) -> RoundOut {
    let packet = round.packet;
    let tried = packet.tried.into_iter().map(|row| TriedRow {
        what: row.what,
        result: row.result,
    });
    RoundOut {
        number: round.number,
        sent_at: round.sent_at.rfc3339(),
        symptom: packet.symptom,
        steps: packet.steps,
        expected: packet.expected,
        seen: packet.seen,
        how_often: packet.how_often,
        tried: tried.collect(),
        nothing_because: packet.nothing_because,
        files: packet.files.into_iter().map(|file| file.0).collect(),
        links: packet.links,
        promised: packet.promised,
        wished: packet.wished,
        reason: round.reason,
        returned_at: round.returned_at.map(Time::rfc3339),
    }
}
