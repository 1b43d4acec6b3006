//! `/search`: everything the token may find.

use axum::Json;
use axum::extract::State as Extract;
use desk::finding::{self, Piece, Wanted};
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
pub struct SearchIn {
    pub q: String,
    /// `ticket` or `person`; left out: both.
    #[param(pattern = "^(ticket|person)$")]
    pub kind: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HitOut {
    /// `ticket` or `person`
    pub kind: &'static str,
    pub id: i64,
    pub title: String,
    pub snippet: String,
}

/// Finds tickets and people by words, numbers and parts of identifiers.
#[utoipa::path(get, path = "/api/firstline/v1/search", tag = "search", params(SearchIn),
    responses((status = 200, body = PageOf<HitOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn show(
    Extract(state): Extract<State>,
    caller: Caller,
    Asked(asked): Asked<SearchIn>,
) -> Result<Json<PageOf<HitOut>>, Problem> {
    let (tickets, people) = match asked.kind.as_deref() {
        None => (20, 5),
        Some("ticket") => (20, 0),
        Some("person") => (0, 20),
        Some(_) => return Err(desk::Error::refused("kind", "refused-kind").into()),
    };
    let found = finding::find(
        state.desk(),
        &caller.cx,
        &asked.q,
        Wanted {
            tickets,
            people,
            offset: 0,
        },
    )
    .await?;
    let mut items: Vec<HitOut> = found
        .tickets
        .iter()
        .map(|hit| HitOut {
            kind: "ticket",
            id: hit.number.0,
            title: text(&hit.subject),
            snippet: text(&hit.snippet),
        })
        .collect();
    items.extend(found.people.iter().map(|hit| HitOut {
        kind: "person",
        id: hit.id.0,
        title: text(&hit.name),
        snippet: hit.address.clone().unwrap_or_default(),
    }));
    Ok(Json(PageOf { items, next: None }))
}

fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|p| p.text.as_str()).collect()
}
