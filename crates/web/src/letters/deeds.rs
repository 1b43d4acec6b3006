//! Letting a held letter in, and reading one again.

use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::LetterId;
use desk::mailboxes::ledger::{self, Release};
use serde::Deserialize;

use crate::http::{Oops, Outcome, Staff};
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    how: String,
}

pub async fn release(
    Extract(state): Extract<State>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let how = if fields.how == "ticket" {
        Release::OnItsTicket
    } else {
        Release::AsNewTicket
    };
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| ledger::release(tx, &cx, LetterId(id), how))
        .await;
    back(&staff, id, done)
}

pub async fn read_again(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| ledger::read_again(tx, &cx, LetterId(id)))
        .await;
    back(&staff, id, done)
}

fn back(staff: &Staff, id: i64, done: desk::Result<()>) -> Outcome {
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/letters/{id}")).into_response())
}
