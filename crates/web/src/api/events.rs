//! `/events`: the log of everything that happened, for administrators' programs.

use axum::Json;
use axum::extract::State as Extract;
use desk::events::{self, Cursor, Event};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::Asked;
use super::paging::PageOf;
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsIn {
    /// `next` of the page before; left out: from the beginning.
    pub after: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EventOut {
    pub id: i64,
    #[schema(format = DateTime)]
    pub at: String,
    pub kind: &'static str,
    /// The person who did it; 0 is the desk itself.
    pub actor: Option<i64>,
    pub ticket: Option<i64>,
    /// What else it is about: a message, a person, another ticket.
    pub subject: Option<i64>,
    /// What changed from what to what: `{"status":["open","solved"]}`.
    #[schema(value_type = Option<Object>)]
    pub changes: Option<serde_json::Value>,
}

const PAGE: i64 = 200;

/// Reads the log. `next` is never null: ask again later with it.
#[utoipa::path(get, path = "/api/firstline/v1/events", tag = "events", params(EventsIn),
    responses((status = 200, body = PageOf<EventOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    Extract(state): Extract<State>,
    caller: Caller,
    Asked(asked): Asked<EventsIn>,
) -> Result<Json<PageOf<EventOut>>, Problem> {
    desk::access::require(&caller.cx.viewer, desk::access::Place::Admin)?;
    let cursor = match asked.after.as_deref() {
        None => Cursor::default(),
        Some(text) => Cursor::parse(text).ok_or(desk::Error::refused("after", "refused-cursor"))?,
    };
    let lines = state.desk().read(move |r| events::since(r, cursor, PAGE)).await?;
    let next = lines.last().map_or(cursor, Cursor::of).as_text();
    Ok(Json(PageOf {
        items: lines.into_iter().map(shaped).collect(),
        next: Some(next),
    }))
}

fn shaped(event: Event) -> EventOut {
    EventOut {
        id: event.id.0,
        at: event.at.rfc3339(),
        kind: event.kind.as_str(),
        actor: event.actor.map(|p| p.0),
        ticket: event.ticket.map(|t| t.0),
        subject: event.subject,
        changes: event.data.and_then(|d| serde_json::from_str(&d).ok()),
    }
}
