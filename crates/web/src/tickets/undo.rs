//! `POST /tickets/{number}/undo`: takes one event of this ticket back. An event of another ticket is not there.

use std::collections::BTreeMap;

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use desk::{Error, EventId, events, tickets};

use super::fields::Fields;
use super::outcome::answer;
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn undo(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let event = fields.number("event").map(EventId);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let undone = visit.state.desk().write(move |tx| {
        let id = event.ok_or(Error::NotFound)?;
        if events::find(tx, id)?.ticket != Some(number) {
            return Err(Error::NotFound);
        }
        tickets::undo(tx, &cx, id)
    });
    match undone.await {
        Ok(number) => Ok(Redirect::to(&format!("/tickets/{number}?view={}", visit.at.view())).into_response()),
        Err(refused) => answer(visit, "status", fields, Err(refused)).await,
    }
}
