//! Pages that say the same to everybody who is not signed in may be kept by the browser and asked for again by their
//! hash. Anything personal is never stored (the kernel's default).

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::visitor::Visitor;
use crate::http::Outcome;

pub(super) fn answer(visitor: &Visitor, asked: &HeaderMap, page: &impl Template) -> Outcome {
    let html = page.render()?;
    if visitor.seen.is_some() {
        return Ok(visitor.remembering(Html(html).into_response()));
    }
    let tag = tag_of(&html);
    let response = if is_known(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Html(html).into_response()
    };
    Ok(visitor.remembering(tagged(response, &tag)))
}

/// What is no page and says the same to everybody: programs ask for it again and again.
pub(super) fn data(asked: &HeaderMap, kind: &'static str, text: String) -> Response {
    let tag = tag_of(&text);
    let kept = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "public, no-cache".to_string()),
    ];
    if is_known(asked, &tag) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(header::CONTENT_TYPE, kind)], text).into_response()
}

/// Whether the browser has what goes by this tag.
pub(super) fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let named = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    named.is_some_and(|list| names(list, tag))
}

/// Weak: the body may be compressed on its way.
fn tag_of(html: &str) -> String {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(html.as_bytes()));
    format!("W/\"{}\"", &hash[..32])
}

fn names(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|each| each == "*" || each == tag)
}

fn tagged(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    // The same address says something else to whoever is signed in.
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    response
}
