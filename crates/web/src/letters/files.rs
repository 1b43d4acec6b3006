//! A letter as it came: byte for byte, as it looked, and its files one by one.

use axum::extract::{Path, State as Extract};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use desk::mailboxes::{framed, ledger};
use desk::{Error, LetterId};

use crate::http::{Oops, Outcome, Staff};
use crate::state::State;
use crate::tickets::disposition;

/// The letter nearly as its sender meant it, under a policy that runs nothing and loads nothing.
pub(super) async fn frame(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let raw = state.desk().read(move |r| ledger::raw(r, &cx, LetterId(id))).await?;
    let html = tokio::task::spawn_blocking(move || framed(&raw))
        .await
        .map_err(Error::fault)?;
    let page = format!("<!doctype html><meta charset=\"utf-8\">{}", html.unwrap_or_default());
    Ok(Html(page).into_response())
}

pub(super) async fn raw(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let raw = state.desk().read(move |r| ledger::raw(r, &cx, LetterId(id))).await?;
    let name = format!("attachment; filename=\"letter-{id}.eml\"");
    Ok((
        [
            (header::CONTENT_TYPE, "application/octet-stream".to_string()),
            (header::CONTENT_DISPOSITION, name),
        ],
        raw,
    )
        .into_response())
}

/// One of its files, the first being 0. The letter says what it is; a browser is told nothing but that it is bytes.
pub(super) async fn file(
    Extract(state): Extract<State>,
    staff: Staff,
    Path((id, place)): Path<(i64, String)>,
) -> Outcome {
    let lang = staff.seen.viewer.language;
    let nothing = || Oops::nothing(lang);
    let place: usize = place.parse().map_err(|_| nothing())?;
    let cx = staff.cx.clone();
    let found = state.desk().read(move |r| {
        let entry = ledger::find(r, &cx, LetterId(id))?;
        let wanted = entry.files().into_iter().nth(place).ok_or(Error::NotFound)?;
        Ok((wanted, ledger::raw(r, &cx, LetterId(id))?))
    });
    let (wanted, raw) = found.await.map_err(|e| Oops::from(e).in_language(lang))?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_string()),
        (header::CONTENT_DISPOSITION, disposition(&wanted.name)),
    ];
    let bytes = tokio::task::spawn_blocking(move || ledger::file(&raw, &wanted))
        .await
        .map_err(Error::fault)?;
    Ok((headers, bytes.ok_or_else(nothing)?).into_response())
}
