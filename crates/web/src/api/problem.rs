//! Errors as RFC 9457 problem details: `{"type","title","status","detail","errors"?}`.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::words::{Arg, Lang};
use serde::Serialize;
use utoipa::ToSchema;

use crate::words;

/// What went wrong, for a program and for the person who reads its log.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind it is (RFC 9457, section 4.2.1).
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: &'static str,
    pub status: u16,
    pub detail: String,
    /// Field by field, when it is the input that was refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    #[serde(skip)]
    wait: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    pub field: String,
    pub detail: String,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            wait: None,
        }
    }

    pub fn wait(status: StatusCode, detail: impl Into<String>, seconds: i64) -> Problem {
        Problem {
            wait: Some(seconds),
            ..Problem::new(status, detail)
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        match error {
            Error::NotFound => Problem::new(StatusCode::NOT_FOUND, "There is nothing here, or not for this token."),
            Error::Refused(refusals) => {
                let mut problem = Problem::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "Some fields were refused; nothing was kept.",
                );
                problem.errors = refusals
                    .iter()
                    .map(|r| FieldError {
                        field: field_of(r),
                        detail: words::text(Lang::En, r.key, &[("number", Arg::Number(r.number.unwrap_or(0)))]),
                    })
                    .collect();
                problem
            }
            Error::Conflict(key) => Problem::new(StatusCode::CONFLICT, words::text(Lang::En, key, &[])),
            Error::TooOften { seconds } => Problem::wait(
                StatusCode::TOO_MANY_REQUESTS,
                "Too many requests; wait and try again.",
                seconds,
            ),
            Error::Busy => Problem::wait(StatusCode::SERVICE_UNAVAILABLE, "Too much is waiting; try again.", 2),
            Error::Full => Problem::wait(
                StatusCode::SERVICE_UNAVAILABLE,
                "The disk of the desk is full; nothing was kept.",
                30,
            ),
            Error::Fault(words) => {
                tracing::error!(fault = words, "an API call failed");
                Problem::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Something failed here; the operator's log says what.",
                )
            }
        }
    }
}

/// A field of a form has its number here; who knows its key puts that in its place.
fn field_of(refusal: &desk::Refusal) -> String {
    match refusal.number {
        Some(number) if refusal.field == desk::forms::REFUSED => format!("fields.{number}"),
        _ => refusal.field.to_string(),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = self.wait;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A path of the API that does not exist.
pub(crate) fn nothing_here() -> Response {
    Problem::from(Error::NotFound).into_response()
}

/// There was no answer in time.
pub(crate) fn busy() -> Response {
    Problem::from(Error::Busy).into_response()
}

/// A path that does not answer to this method.
pub(crate) fn wrong_method() -> Response {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "This path does not answer to that method; see Allow.",
    )
    .into_response()
}
