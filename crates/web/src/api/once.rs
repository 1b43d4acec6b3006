//! `Idempotency-Key`: the same request sent again gets the same answer and does nothing twice. The answer is kept in
//! the transaction of the deed, for a day.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::{Context, Desk};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::state::State;

/// The key, if the caller gave one.
#[derive(Clone, Debug)]
pub struct Once {
    key: Option<String>,
    path: String,
}

impl FromRequestParts<State> for Once {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Self::Rejection> {
        let name = HeaderName::from_static("idempotency-key");
        let key = match parts.headers.get(name) {
            None => None,
            Some(value) => match value.to_str() {
                Ok(text) if !text.trim().is_empty() && text.len() <= 200 => Some(text.trim().to_string()),
                _ => {
                    let words = "Idempotency-Key must be 1 to 200 visible characters.";
                    return Err(Problem::new(StatusCode::BAD_REQUEST, words));
                }
            },
        };
        Ok(Once {
            key,
            path: parts.uri.path().to_string(),
        })
    }
}

impl Once {
    /// Runs the deed, or gives back what it answered before. `asked` is the body: the same key with other words is
    /// refused.
    pub async fn run<A: Serialize>(
        self,
        desk: &Desk,
        cx: &Context,
        asked: &impl Serialize,
        deed: impl FnOnce(&mut desk::Write, &Context) -> desk::Result<A> + Send + 'static,
    ) -> Result<Response, Problem> {
        let words = serde_json::to_string(asked).map_err(desk::Error::fault)?;
        let mut hash = Sha256::new();
        hash.update(self.path.as_bytes());
        hash.update([0]);
        hash.update(words.as_bytes());
        let digest = data_encoding::HEXLOWER.encode(&hash.finalize());
        let (again, digest_again) = (self.key.clone(), digest.clone());
        let (asker, cx) = (cx.clone(), cx.clone());
        let done = desk
            .write(move |tx| {
                if let Some(key) = &self.key
                    && let Some(kept) = desk::once::kept(tx, &cx, key, &digest)?
                {
                    return Ok(kept);
                }
                let answer = serde_json::to_string(&deed(tx, &cx)?).map_err(desk::Error::fault)?;
                if let Some(key) = &self.key {
                    desk::once::keep(tx, &cx, key, &digest, &answer)?;
                }
                Ok(answer)
            })
            .await;
        // The same request on two connections at once: the second did nothing, and answers what the first did.
        let text = match (done, again) {
            (Err(desk::Error::Busy), Some(key)) => {
                desk.write(move |tx| desk::once::kept(tx, &asker, &key, &digest_again)?.ok_or(desk::Error::Busy))
                    .await?
            }
            (done, _) => done?,
        };
        let value: serde_json::Value = serde_json::from_str(&text).map_err(desk::Error::fault)?;
        Ok((StatusCode::CREATED, Json(value)).into_response())
    }
}
