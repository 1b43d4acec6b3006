//! The desk's own sign: kept, taken away, had back, and served to anybody under the name of its bytes.

use axum::extract::{Multipart, Path, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::house;

use super::{Fields, answer};
use crate::admin::door::{Admin, to};
use crate::http::form::{self, Sender};
use crate::http::{Nonce, Outcome};
use crate::state::State;

pub(in crate::admin) async fn keep(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    body: Multipart,
) -> Outcome {
    let mut sent = form::read(&state, Sender::Desk, body)
        .await
        .map_err(|e| admin.oops(e))?;
    let done = match (sent.refusals.is_empty(), sent.files.pop()) {
        (false, _) => Err(Error::Refused(sent.refusals)),
        (true, None) => Err(Error::refused("files", "refused-logo-none")),
        (true, Some(file)) => {
            let (cx, bytes) = (admin.cx.clone(), file.into_bytes());
            state.desk().write(move |tx| house::set_logo(tx, &cx, &bytes)).await
        }
    };
    match done {
        Ok(()) => {
            state.desk().reload_house().await?;
            to("/admin/brand?saved=true")
        }
        Err(error) => {
            let cx = admin.cx.clone();
            let brand = state.desk().read(move |r| house::brand(r, &cx)).await?;
            let (shell, mut frame) = admin.open(&state, nonce, "admin-nav-brand", "/admin/brand").await?;
            frame.refuse(&shell, error)?;
            answer(shell, frame, Fields::of(brand))
        }
    }
}

pub(in crate::admin) async fn remove(Extract(state): Extract<State>, admin: Admin) -> Outcome {
    show(&state, &admin, false).await?;
    to("/admin/brand?removed=true")
}

pub(in crate::admin) async fn restore(Extract(state): Extract<State>, admin: Admin) -> Outcome {
    show(&state, &admin, true).await?;
    to("/admin/brand?saved=true")
}

async fn show(state: &State, admin: &Admin, shown: bool) -> Result<(), Error> {
    let cx = admin.cx.clone();
    state.desk().write(move |tx| house::show_logo(tx, &cx, shown)).await?;
    state.desk().reload_house().await
}

/// Only the picture of now: what had another name is another picture.
pub(in crate::admin) async fn serve(Extract(state): Extract<State>, Path(name): Path<String>) -> Response {
    let nothing = || StatusCode::NOT_FOUND.into_response();
    let Some(logo) = state.desk().house().logo.clone().filter(|logo| logo.sha256 == name) else {
        return nothing();
    };
    match state.desk().read(move |r| house::logo_bytes(r, &name)).await {
        Ok(Some(bytes)) => {
            let headers = [
                (header::CONTENT_TYPE, logo.kind.mime()),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, bytes).into_response()
        }
        Ok(None) => nothing(),
        Err(error) => crate::http::Oops::from(error).into_response(),
    }
}
