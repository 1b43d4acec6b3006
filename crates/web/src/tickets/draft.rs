//! `POST /tickets/{number}/draft`: what is being written, kept for another device. The answer is when it was kept, in
//! milliseconds, so that a device and the desk compare one clock.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::Time;
use desk::drafts;
use serde::Deserialize;

use super::compose::is_anothers;
use super::visit::Visit;
use crate::http::{Oops, Outcome};

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fields {
    kind: String,
    body: String,
    once: String,
    /// Whose page it was typed on.
    by: String,
}

pub(crate) async fn keep(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    if is_anothers(&visit, &fields.by) {
        return Ok(StatusCode::PRECONDITION_FAILED.into_response());
    }
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let write = visit
        .state
        .desk()
        .write(move |tx| drafts::keep(tx, &cx, number, &fields.kind, &fields.body, &fields.once));
    let at = write.await.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    Ok(milliseconds(at).to_string().into_response())
}

pub(crate) fn milliseconds(at: Time) -> i64 {
    at.0 / 1000
}
