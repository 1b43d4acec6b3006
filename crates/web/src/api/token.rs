//! Who calls: the person of a Bearer token (RFC 6750), narrowed by its scopes, and not too often.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use desk::Context;

use super::problem::Problem;
use crate::state::State;

#[derive(Clone, Debug)]
pub struct Caller {
    pub cx: Context,
}

impl FromRequestParts<State> for Caller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let line = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let secret = line
            .split_once(' ')
            .filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"))
            .map(|(_, s)| s.trim());
        let Some(secret) = secret.filter(|s| !s.is_empty()).map(str::to_string) else {
            return Err(unknown());
        };
        let found = state
            .desk()
            .read(move |r| desk::sign_in::viewer_of_token(r, &secret))
            .await?;
        let Some((viewer, token)) = found else {
            return Err(unknown());
        };
        let now = state.desk().now();
        if token.needs_touch(now) {
            // Nobody waits for the clock of a token.
            let desk = state.desk().clone();
            tokio::spawn(async move {
                desk.write(move |tx| desk::sign_in::touch_token(tx, token.id, now))
                    .await
            });
        }
        if let Err(seconds) = state.throttle().api(viewer.person.0) {
            return Err(desk::Error::TooOften { seconds }.into());
        }
        Ok(Caller {
            cx: state.desk().context(viewer, None),
        })
    }
}

fn unknown() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "Send a token of this desk: Authorization: Bearer fl_...",
    )
}
