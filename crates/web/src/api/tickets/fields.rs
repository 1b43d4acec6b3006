//! The fields of a ticket's topic, by their keys.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State as Extract;
use desk::{FieldId, TicketNumber, forms, tickets as trade};
use serde_json::Value;

use super::shape::{self, OneTicket};
use crate::api::body::{Body, Number};
use crate::api::problem::Problem;
use crate::api::token::Caller;
use crate::state::State;

/// Changes what the ticket has in some fields of its topic; null empties one, what is left out stays.
#[utoipa::path(put, path = "/api/firstline/v1/tickets/{number}/fields", tag = "tickets",
    request_body = BTreeMap<String, Value>, params(("number" = i64, Path)),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn fill(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
    Body(given): Body<BTreeMap<String, Value>>,
) -> Result<Json<OneTicket>, Problem> {
    let (cx, sent) = (caller.cx, given.clone());
    let filled = state.desk().write(move |tx| {
        // Whoever may not read the answer is not told what was wrong with the question.
        trade::find_visible(tx, &cx, TicketNumber(number))?;
        trade::fill_named(tx, &cx, TicketNumber(number), &sent)?;
        shape::one(tx, &cx, TicketNumber(number))
    });
    match filled.await {
        Ok(ticket) => Ok(Json(ticket)),
        Err(error) => Err(named(&state, error.into(), &given).await),
    }
}

/// The problem with the fields of forms by their keys: `fields.building`.
pub(super) async fn named(state: &State, mut problem: Problem, given: &BTreeMap<String, Value>) -> Problem {
    let number = |field: &str| field.strip_prefix("fields.")?.parse::<i64>().ok();
    let about: Vec<i64> = problem.errors.iter().filter_map(|error| number(&error.field)).collect();
    let known: Vec<FieldId> = about.iter().copied().filter(|id| *id > 0).map(FieldId).collect();
    let keys = state
        .desk()
        .read(move |r| forms::keys_of(r, &known))
        .await
        .unwrap_or_default();
    for error in &mut problem.errors {
        let Some(number) = number(&error.field) else { continue };
        let place = usize::try_from(-number - 1).ok();
        let key = keys
            .get(&FieldId(number))
            .or(place.and_then(|place| given.keys().nth(place)));
        error.field = key.map_or_else(|| "fields".to_string(), |key| format!("fields.{key}"));
    }
    problem
}
