//! `/health` (the process is alive), `/ready` (it can serve), `/metrics` (Prometheus text, for loopback or a token).

use std::sync::LazyLock;
use std::time::Duration;

use axum::extract::State as Extract;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::{events, jobs};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::http::Peer;
use crate::routes::{Class, Gate, Route};
use crate::state::State;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/health", Gate::Public, alive).class(Class::Data),
        Route::get("/ready", Gate::Public, ready).class(Class::Data),
        Route::get("/metrics", Gate::Public, numbers).class(Class::Data),
    ]
}

async fn alive() -> &'static str {
    "alive\n"
}

/// Whoever asks whether to send people here does not wait longer than this.
const LONGEST: Duration = Duration::from_secs(2);

/// 200 when the database answers, and soon, and the schema is the one this program knows.
async fn ready(Extract(state): Extract<State>) -> Response {
    let answer = tokio::time::timeout(LONGEST, state.desk().read(events::newest)).await;
    match answer.unwrap_or(Err(desk::Error::Busy)) {
        Ok(_) => "ready\n".into_response(),
        Err(e) => {
            tracing::warn!(error = %e, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::RETRY_AFTER, "2")],
                "not ready\n",
            )
                .into_response()
        }
    }
}

/// The recorder of this process. Installing it twice (several desks in one test) keeps the first.
static NUMBERS: LazyLock<PrometheusHandle> = LazyLock::new(|| {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::debug!("a recorder of numbers is already installed");
    }
    handle
});

/// Starts counting: call it before the first request.
pub fn start_counting() {
    LazyLock::force(&NUMBERS);
}

async fn numbers(Extract(state): Extract<State>, peer: Peer, headers: HeaderMap) -> Response {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "));
    let known = state
        .options()
        .metrics_token
        .as_deref()
        .is_some_and(|t| token == Some(t));
    if !known && !peer.0.is_loopback() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let counted = state
        .desk()
        .read(|r| {
            let (waiting, given_up) = jobs::counts(r)?;
            Ok((waiting, given_up, desk::mailboxes::counts(r)?))
        })
        .await;
    if let Ok((waiting, given_up, letters)) = counted {
        gauge("firstline_jobs_waiting", waiting);
        gauge("firstline_jobs_given_up", given_up);
        gauge("firstline_letters_unread", letters.kept);
        gauge("firstline_letters_held", letters.held);
        gauge("firstline_outgoing_waiting", letters.outgoing_waiting);
        gauge("firstline_outgoing_failed", letters.outgoing_failed);
    }
    if let Some(model) = state.desk().meaning().status() {
        for (name, texts) in [
            ("firstline_meaning_points", model.points),
            ("firstline_meaning_waiting", model.waiting),
        ] {
            gauge(name, i64::try_from(texts).unwrap_or(i64::MAX));
        }
    }
    for (kind, times) in desk::mailboxes::door_refusal_counts(state.desk()) {
        metrics::counter!("firstline_door_refused_total", "kind" => kind).absolute(times);
    }
    gauge(
        "firstline_live_streams",
        i64::try_from(state.live().streams()).unwrap_or(i64::MAX),
    );
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], NUMBERS.render()).into_response()
}

#[expect(clippy::cast_precision_loss, reason = "a gauge of rows never comes near 2^52")]
fn gauge(name: &'static str, value: i64) {
    metrics::gauge!(name).set(value as f64);
}
