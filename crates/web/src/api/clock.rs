//! The clock of a ticket for programs: what is promised, when it is due, and the ledger of how it came to that.

use axum::Json;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use desk::clock::MINUTE;
use desk::sla::{self, Ledger};
use desk::{Context, TicketNumber, Time};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::Number;
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;
use crate::tickets::ledger::{policy_words, sentence};

#[derive(Debug, Serialize, ToSchema)]
pub struct ClockOut {
    pub number: i64,
    /// Whose promise it is, in the language of the token's person.
    pub policy: String,
    pub targets: Vec<TargetOut>,
    /// In the order of time.
    pub lines: Vec<ClockLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TargetOut {
    /// `reply`, `answer` or `solve`
    pub target: &'static str,
    /// Working time.
    pub minutes: i64,
    /// Nothing while this target does not run.
    #[schema(format = DateTime)]
    pub due: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ClockLine {
    #[schema(format = DateTime)]
    pub at: String,
    /// `started`, `paused`, `asked`, `moved`, `warned`, `breached`, `step`, `kept` or `missed`
    pub kind: &'static str,
    /// `reply`, `answer` or `solve`
    pub target: Option<&'static str>,
    /// Of a pause that is over: when it ended.
    #[schema(format = DateTime)]
    pub until: Option<String>,
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Of a due time that moved: what it was. Of the start: when the ticket was opened.
    #[schema(format = DateTime)]
    pub was: Option<String>,
    /// In the language of the token's person, by the clock of the house.
    pub text: String,
}

/// Why a ticket is due when it is.
#[utoipa::path(get, path = "/api/firstline/v1/tickets/{number}/clock", tag = "tickets", params(("number" = i64, Path)),
    responses((status = 200, body = ClockOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn show(Extract(state): Extract<State>, caller: Caller, Number(number): Number) -> Result<Response, Problem> {
    let cx = caller.cx.clone();
    let read = state.desk().read(move |r| sla::ledger(r, &cx, TicketNumber(number)));
    Ok(Json(told(&caller.cx, &read.await?)).into_response())
}

fn told(cx: &Context, ledger: &Ledger) -> ClockOut {
    let lang = cx.viewer.language;
    let exact = |at: Time| (at != Time::NEVER).then(|| at.rfc3339());
    let lines = ledger.lines.iter().map(|line| ClockLine {
        at: line.at.rfc3339(),
        kind: line.kind.as_str(),
        target: line.target.map(sla::Target::as_str),
        until: line.until.and_then(exact),
        due: line.due.and_then(exact),
        was: line.was.and_then(exact),
        text: sentence(lang, cx, line),
    });
    let targets = ledger.targets.iter().map(|(target, work, due)| TargetOut {
        target: target.as_str(),
        minutes: work / MINUTE,
        due: exact(*due),
    });
    ClockOut {
        number: ledger.number.0,
        policy: policy_words(lang, ledger),
        targets: targets.collect(),
        lines: lines.collect(),
    }
}
