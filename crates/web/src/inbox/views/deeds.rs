//! Taking a view away, having it back, and keeping it in the side bar.

use axum::extract::{Path, State as Extract};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use desk::{Error, ViewId, views};

use crate::http::{Oops, Outcome, Staff, page_before};
use crate::state::State;

pub(super) async fn remove(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state.desk().write(move |tx| views::remove(tx, &cx, ViewId(id))).await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/inbox/mine?gone={id}")).into_response())
}

pub(super) async fn restore(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state.desk().write(move |tx| views::restore(tx, &cx, ViewId(id))).await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/inbox/{id}")).into_response())
}

pub(super) async fn keep(
    Extract(state): Extract<State>,
    staff: Staff,
    headers: HeaderMap,
    Path(id): Path<i64>,
) -> Outcome {
    let cx = staff.cx.clone();
    match state.desk().write(move |tx| views::keep(tx, &cx, ViewId(id))).await {
        // The side bar is full: the list of views says so.
        Err(Error::Conflict(_)) => Ok(Redirect::to("/inbox/views?full=true").into_response()),
        done => back(&staff, &headers, done),
    }
}

pub(super) async fn let_go(
    Extract(state): Extract<State>,
    staff: Staff,
    headers: HeaderMap,
    Path(id): Path<i64>,
) -> Outcome {
    let cx = staff.cx.clone();
    let done = state.desk().write(move |tx| views::let_go(tx, &cx, ViewId(id))).await;
    back(&staff, &headers, done)
}

fn back(staff: &Staff, headers: &HeaderMap, done: desk::Result<()>) -> Outcome {
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let to = page_before(headers).unwrap_or_else(|| "/inbox/views".to_string());
    Ok(Redirect::to(&to).into_response())
}
