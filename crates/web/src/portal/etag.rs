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
    let known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| names(v, &tag));
    let response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Html(html).into_response()
    };
    Ok(visitor.remembering(tagged(response, &tag)))
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
