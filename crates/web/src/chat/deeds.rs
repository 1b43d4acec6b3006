//! What is done to a chat besides talking: taking it, ending it, saying how many one takes, and that one types.

use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::Error;
use desk::chat;
use serde::Deserialize;

use super::exchange::Side;
use super::pane::{number_of, to_pane};
use super::queue;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default)]
    takes: String,
}

pub(super) async fn set_share(Extract(state): Extract<State>, staff: Staff, Form(wanted): Form<Wanted>) -> Outcome {
    let cx = staff.cx.clone();
    // What is no number is nobody's choice on our page.
    let takes = wanted.takes.parse().unwrap_or(-1);
    let kept = state.desk().write(move |tx| chat::set_share(tx, &cx, takes)).await;
    kept.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to("/chat").into_response())
}

pub(super) async fn take(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<String>,
) -> Outcome {
    let number = number_of(&staff, &number)?;
    let cx = staff.cx.clone();
    match state.desk().write(move |tx| chat::take(tx, &cx, number)).await {
        Ok(_) => Ok(to_pane(number)),
        Err(Error::Conflict(key)) => queue::page(&state, &staff, nonce, Some(key)).await,
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

pub(super) async fn end(Extract(state): Extract<State>, staff: Staff, Path(number): Path<String>) -> Outcome {
    let number = number_of(&staff, &number)?;
    let cx = staff.cx.clone();
    let ended = state.desk().write(move |tx| chat::end(tx, &cx, number)).await;
    ended.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(to_pane(number))
}

/// Passed on and forgotten.
pub(super) async fn typing(Extract(state): Extract<State>, staff: Staff, Path(number): Path<String>) -> Outcome {
    let number = number_of(&staff, &number)?;
    let cx = staff.cx.clone();
    let found = state.desk().read(move |r| chat::find(r, &cx, number)).await;
    let (chat, _) = found.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    if !chat.is_open() {
        return Ok(StatusCode::CONFLICT.into_response());
    }
    state.chats().types(number, Side::Desk, state.desk().now());
    Ok(StatusCode::NO_CONTENT.into_response())
}
