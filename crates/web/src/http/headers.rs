//! Security headers, on every answer. Three content policies (design, section 2): pages, the sandbox of a letter, and
//! everything that is no page at all.

use axum::extract::{FromRequestParts, Request, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::app::FALLBACK;
use crate::routes::Class;
use crate::state::State;

/// The nonce of this answer's scripts and styles. Fresh for every request.
#[derive(Clone, Debug, Default)]
pub struct Nonce(pub String);

impl<S: Sync> FromRequestParts<S> for Nonce {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Nonce>().cloned().unwrap_or_default())
    }
}

pub(super) async fn write(Extract(_): Extract<State>, mut request: Request, next: Next) -> Response {
    let mut random = [0; 16];
    getrandom::fill(&mut random).expect("the system gives random bytes");
    let nonce = data_encoding::BASE64.encode(&random);
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let mut response = next.run(request).await;
    let class = response.extensions().get::<Class>().copied().unwrap_or(FALLBACK);
    put(response.headers_mut(), class, &nonce);
    response
}

fn put(headers: &mut HeaderMap, class: Class, nonce: &str) {
    let policy = match class {
        Class::Page => page_policy(nonce),
        // The route writes its own, with the addresses of the letter's own pictures.
        Class::Letter => "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'".to_string(),
        Class::Download => "sandbox; default-src 'none'; frame-ancestors 'none'".to_string(),
        Class::Data | Class::Stream => "default-src 'none'; frame-ancestors 'none'".to_string(),
        Class::Worker => "default-src 'none'; connect-src 'self'; frame-ancestors 'none'".to_string(),
        Class::Asset => "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-ancestors 'none'".to_string(),
    };
    set(headers, header::CONTENT_SECURITY_POLICY, &policy);
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // A page whose address holds a secret says so itself, and is named to nobody.
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("same-origin"));
    set(
        headers,
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        headers,
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(
        headers,
        header::HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=()",
    );
    let frame = if class == Class::Letter { "SAMEORIGIN" } else { "DENY" };
    set(headers, header::X_FRAME_OPTIONS, frame);
    // Personal pages are never kept by a shared cache; assets say otherwise themselves.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'nonce-{nonce}'; \
         script-src 'self' 'nonce-{nonce}'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types firstline default"
    )
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
