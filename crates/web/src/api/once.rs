//! `Idempotency-Key`: the same request sent again gets the same answer and does nothing twice. The answer is kept in
//! the transaction of the deed, for a day.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::once::Lasts;
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
    pub async fn run<A: Serialize + Send + 'static>(
        self,
        desk: &Desk,
        cx: &Context,
        asked: &impl Serialize,
        deed: impl FnOnce(&mut desk::Write, &Context) -> desk::Result<A> + Send + 'static,
    ) -> Result<Response, Problem> {
        let Some(key) = self.key else {
            let cx = cx.clone();
            let answer = desk.write(move |tx| deed(tx, &cx)).await?;
            return Ok((StatusCode::CREATED, Json(answer)).into_response());
        };
        let digest = digest(&self.path, asked)?;
        let text = once(desk, cx, (key, Lasts::Day), digest, deed).await?;
        let json = (header::CONTENT_TYPE, "application/json");
        Ok((StatusCode::CREATED, [json], text).into_response())
    }
}

/// What was asked, in short: the path and the body.
pub(crate) fn digest(path: &str, asked: &impl Serialize) -> desk::Result<String> {
    let words = serde_json::to_string(asked).map_err(desk::Error::fault)?;
    let mut hash = Sha256::new();
    hash.update(path.as_bytes());
    hash.update([0]);
    hash.update(words.as_bytes());
    Ok(data_encoding::HEXLOWER.encode(&hash.finalize()))
}

/// Runs the deed under its key, or gives back what it answered before.
pub(crate) async fn once<A: Serialize>(
    desk: &Desk,
    cx: &Context,
    (key, lasts): (String, Lasts),
    digest: String,
    deed: impl FnOnce(&mut desk::Write, &Context) -> desk::Result<A> + Send + 'static,
) -> desk::Result<String> {
    let (again, digest_again, asker) = (key.clone(), digest.clone(), cx.clone());
    let cx = cx.clone();
    let done = desk
        .write(move |tx| {
            if let Some(kept) = desk::once::kept(tx, &cx, &key, &digest)? {
                return Ok(kept);
            }
            let answer = serde_json::to_string(&deed(tx, &cx)?).map_err(desk::Error::fault)?;
            desk::once::keep(tx, &cx, (&key, lasts), &digest, &answer)?;
            Ok(answer)
        })
        .await;
    // The same request on two connections at once: the second did nothing, and answers what the first did.
    match done {
        Err(desk::Error::Busy) => {
            desk.write(move |tx| desk::once::kept(tx, &asker, &again, &digest_again)?.ok_or(desk::Error::Busy))
                .await
        }
        done => done,
    }
}
