//! What follows a form: on to the page with an Undo, or the same page again with the fields marked and nothing
//! cleared.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Error, EventId, TicketNumber};

use super::again::Again;
use super::fields::Fields;
use super::show;
use super::visit::{At, Visit};
use crate::http::{Oops, Outcome};

/// Which ticket to show now, and the event that can be undone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    pub show: TicketNumber,
    pub event: EventId,
}

pub(crate) async fn answer(visit: Visit, form: &'static str, fields: Fields, outcome: desk::Result<Done>) -> Outcome {
    match outcome {
        Ok(done) => Ok(go_on(&visit.at, done)),
        Err(Error::Refused(refusals)) => {
            let again = Again {
                form,
                refusals,
                conflict: None,
                fields,
            };
            show::render(visit, StatusCode::UNPROCESSABLE_ENTITY, again).await
        }
        Err(Error::Conflict(key)) => {
            let again = Again {
                form,
                refusals: Vec::new(),
                conflict: Some(key),
                fields,
            };
            show::render(visit, StatusCode::CONFLICT, again).await
        }
        Err(other) => Err(Oops::from(other).in_language(visit.lang())),
    }
}

fn go_on(at: &At, done: Done) -> Response {
    let number = at.next().unwrap_or(done.show);
    let left = if at.left { "&left=true" } else { "" };
    Redirect::to(&format!("/tickets/{number}?{}&done={}{left}", at.list(), done.event)).into_response()
}
