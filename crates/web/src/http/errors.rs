//! Refusals speak to the person, faults to the operator. A page of an error holds a number that stands in the log, and
//! nothing of what went wrong inside.

use std::any::Any;

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use desk::Error;
use desk::words::Lang;

use crate::routes::Class;
use crate::words;

/// What a handler answers.
pub type Outcome = Result<Response, Oops>;

/// An error on its way to a page. The language is that of the person, once known.
#[derive(Debug)]
pub struct Oops {
    error: Error,
    lang: Option<Lang>,
}

impl From<Error> for Oops {
    fn from(error: Error) -> Self {
        Oops { error, lang: None }
    }
}

impl From<askama::Error> for Oops {
    fn from(error: askama::Error) -> Self {
        Oops {
            error: Error::fault(error),
            lang: None,
        }
    }
}

impl Oops {
    /// Absent and forbidden alike.
    pub fn nothing(lang: Lang) -> Oops {
        Oops {
            error: Error::NotFound,
            lang: Some(lang),
        }
    }

    #[must_use]
    pub fn in_language(mut self, lang: Lang) -> Oops {
        self.lang = Some(lang);
        self
    }
}

#[derive(Template)]
#[template(path = "http/error.html")]
struct Page {
    lang: Lang,
    title: String,
    words: String,
    number: String,
    /// The words of the way out.
    first: String,
    assets: &'static str,
}

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let (status, key, wait) = match &self.error {
            Error::NotFound => (StatusCode::NOT_FOUND, "error-nothing-here", None),
            Error::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "error-refused", None),
            Error::Conflict(key) => (StatusCode::CONFLICT, *key, None),
            Error::TooOften { seconds } => (StatusCode::TOO_MANY_REQUESTS, "error-too-often", Some(*seconds)),
            Error::Busy => (StatusCode::SERVICE_UNAVAILABLE, "error-busy", Some(2)),
            Error::Full => (StatusCode::SERVICE_UNAVAILABLE, "error-full", Some(30)),
            Error::Fault(_) => (StatusCode::INTERNAL_SERVER_ERROR, "error-fault", None),
        };
        let number = if let Error::Fault(words) = &self.error {
            log(words)
        } else {
            String::new()
        };
        page(self.lang.unwrap_or(Lang::En), status, key, wait, number)
    }
}

/// Writes the fault down under a number that the page shows.
fn log(words: &str) -> String {
    let mut random = [0; 5];
    getrandom::fill(&mut random).expect("the system gives random bytes");
    let number = data_encoding::BASE32_NOPAD.encode(&random);
    tracing::error!(number, fault = words, "a request failed");
    number
}

fn page(lang: Lang, status: StatusCode, key: &str, wait: Option<i64>, number: String) -> Response {
    let title = match status {
        StatusCode::NOT_FOUND => "error-nothing-title",
        _ => "error-title",
    };
    let page = Page {
        lang,
        title: words::text(lang, title, &[]),
        words: words::text(lang, key, &[]),
        number,
        first: words::text(lang, "error-first-page", &[]),
        assets: crate::assets::base(),
    };
    let html = page.render().unwrap_or_else(|_| page.words.clone());
    let mut response = (status, Html(html)).into_response();
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn language(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .map_or(Lang::En, Lang::from_accept)
}

pub(super) async fn nowhere(request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return crate::api::nothing_here();
    }
    // A path of the portal says which language its reader reads.
    let lang = crate::portal::language_of(request.uri().path()).unwrap_or_else(|| language(request.headers()));
    page(lang, StatusCode::NOT_FOUND, "error-nothing-here", None, String::new())
}

pub(super) async fn wrong_method(request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return crate::api::wrong_method();
    }
    let lang = language(request.headers());
    page(
        lang,
        StatusCode::METHOD_NOT_ALLOWED,
        "error-nothing-here",
        None,
        String::new(),
    )
}

/// What the framework refuses by itself (an address or a form it cannot read) is said as everything else is: in the
/// reader's language, on a page. A look at what is no address finds nothing; a form that makes no sense changed nothing.
pub(super) async fn in_words(request: Request, next: Next) -> Response {
    let lang = crate::portal::language_of(request.uri().path()).unwrap_or_else(|| language(request.headers()));
    let looks = request.method().is_safe();
    let response = next.run(request).await;
    let class = response.extensions().get::<Class>().copied();
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let unread = matches!(
        response.status(),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY
    );
    if !(plain && unread && class == Some(Class::Page)) {
        return response;
    }
    let mut page = if looks {
        page(lang, StatusCode::NOT_FOUND, "error-nothing-here", None, String::new())
    } else {
        page(
            lang,
            StatusCode::UNPROCESSABLE_ENTITY,
            "error-refused",
            None,
            String::new(),
        )
    };
    page.extensions_mut().insert(Class::Page);
    page
}

#[expect(clippy::needless_pass_by_value, reason = "the shape the layer wants")]
pub(super) fn panicked(why: Box<dyn Any + Send + 'static>) -> Response {
    let words = why
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| why.downcast_ref::<&str>().copied());
    let number = log(words.unwrap_or("a handler panicked"));
    page(Lang::En, StatusCode::INTERNAL_SERVER_ERROR, "error-fault", None, number)
}

/// Counts requests by status class, for `/metrics`.
pub(super) async fn measure(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let class = match response.status().as_u16() {
        100..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    metrics::counter!("firstline_http_requests_total", "status" => class).increment(1);
    response
}
