//! Pages whose address holds a secret: nobody is told that address, no search engine keeps the page, and a link that
//! opens nothing gets one answer, whether it has ended, was revoked, was used or never was.

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::visitor::Visitor;
use crate::http::Outcome;
use crate::layout::Shell;
use crate::state::State;

/// Puts the headers on an answer, a refusal as well.
pub(super) fn untold(outcome: Outcome) -> Response {
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
    response
}

#[derive(Template)]
#[template(path = "portal/gone.html")]
struct Gone {
    shell: Shell,
}

/// The link opens nothing; a new one can be had by mail. `place` is the path below the language.
pub(super) fn gone(visitor: &Visitor, state: &State, place: &str) -> Outcome {
    let plain = place.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_".contains(&b));
    let shell = visitor.shell(
        state,
        "gone-title",
        if plain && place.len() <= 200 { place } else { "" },
    );
    visitor.page(StatusCode::NOT_FOUND, &Gone { shell })
}
