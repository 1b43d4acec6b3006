//! Out of use, and back: retiring is undone where it was done.

use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::{CannedId, canned};

use crate::http::{Oops, Outcome, Staff};
use crate::state::State;

pub(crate) async fn retire(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| canned::retire(tx, &cx, CannedId(id)))
        .await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/admin/canned?retired={id}")).into_response())
}

pub(crate) async fn restore(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| canned::restore(tx, &cx, CannedId(id)))
        .await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to("/admin/canned").into_response())
}
