//! Bodies and queries of programs: unknown fields, wrong types and odd syntax are refused in words.

use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::state::State;

/// A JSON body of the shape `T`.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<State> for Body<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &State) -> Result<Self, Self::Rejection> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Body(value)),
            Err(JsonRejection::JsonDataError(e)) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, e.body_text())),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Send the body as JSON, with Content-Type: application/json.",
            )),
            Err(JsonRejection::BytesRejection(BytesRejection::FailedToBufferBody(e))) => {
                Err(Problem::new(e.status(), e.body_text()))
            }
            Err(other) => Err(Problem::new(StatusCode::BAD_REQUEST, other.body_text())),
        }
    }
}

/// A query string of the shape `T`.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<State> for Asked<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(query) => Ok(Asked(query.0)),
            Err(e) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, e.body_text())),
        }
    }
}

/// A number in the path. What is no number of ours names nothing.
#[derive(Clone, Copy, Debug)]
pub struct Number(pub i64);

impl FromRequestParts<State> for Number {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let path = axum::extract::Path::<i64>::from_request_parts(parts, state).await;
        path.map(|p| Number(p.0)).map_err(|_| desk::Error::NotFound.into())
    }
}
