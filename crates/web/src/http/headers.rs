//! Security headers, on every answer. Three content policies (design, section 2): pages (those of the widget
//! framed by the sites an administrator names), the sandbox of a letter, and
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

pub(super) async fn write(Extract(state): Extract<State>, mut request: Request, next: Next) -> Response {
    let mut random = [0; 16];
    getrandom::fill(&mut random).expect("the system gives random bytes");
    let nonce = data_encoding::BASE64.encode(&random);
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let mut response = next.run(request).await;
    let class = response.extensions().get::<Class>().copied().unwrap_or(FALLBACK);
    put(response.headers_mut(), class, &nonce);
    if class == Class::Frame {
        frame(response.headers_mut(), &state.desk().house().chat.sites, &nonce);
    }
    response
}

fn put(headers: &mut HeaderMap, class: Class, nonce: &str) {
    let policy = match class {
        Class::Page | Class::Frame => page_policy(nonce, "'none'"),
        // The route writes its own, with the addresses of the letter's own pictures.
        Class::Letter => "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'".to_string(),
        Class::Download => "sandbox; default-src 'none'; frame-ancestors 'none'".to_string(),
        Class::Data | Class::Stream | Class::Loader => "default-src 'none'; frame-ancestors 'none'".to_string(),
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
        if class == Class::Loader {
            "cross-origin"
        } else {
            "same-origin"
        },
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

/// A page of the widget stands in a frame of the named sites and of no others.
fn frame(headers: &mut HeaderMap, sites: &[String], nonce: &str) {
    if sites.is_empty() {
        return;
    }
    set(
        headers,
        header::CONTENT_SECURITY_POLICY,
        &page_policy(nonce, &sites.join(" ")),
    );
    // It knows no list of sites; browsers that read the policy pass it over, the others show nothing.
    headers.remove(header::X_FRAME_OPTIONS);
}

fn page_policy(nonce: &str, framed_by: &str) -> String {
    format!(
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'nonce-{nonce}'; \
         script-src 'self' 'nonce-{nonce}'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors {framed_by}; require-trusted-types-for 'script'; trusted-types firstline default"
    )
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
