//! The router, and the one ordered stack of layers around it.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use desk::Error;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use super::errors::Oops;
use super::{errors, forged, form, headers};
use crate::routes::{self, Class};
use crate::state::State;

/// What a form or a JSON body may weigh; uploads have their own, larger cap on their routes.
const BODY: usize = 2 * 1024 * 1024;
/// A form with files: one of 25 MiB and its words.
const UPLOAD: usize = 27 * 1024 * 1024;

/// A request that has no answer by then gets 503: a database that stands still must not make everybody wait for ever.
const LONGEST: Duration = Duration::from_secs(120);
/// The same with its files.
const LONGEST_UPLOAD: Duration = Duration::from_secs(20 * 60);

pub fn app(state: State) -> Router {
    let mut router = Router::new();
    for route in routes::table() {
        let class = route.class;
        let cap = if route.files { UPLOAD } else { BODY };
        // Each route carries its class into the layer that writes the headers.
        // A file may come slowly; the door sees to its pace.
        let longest = if route.files { LONGEST_UPLOAD } else { LONGEST };
        let files = route.files;
        let is_api = route.path.starts_with("/api/");
        let handler = route.handler.layer(DefaultBodyLimit::max(cap)).layer(from_fn(
            move |mut request: axum::extract::Request, next: axum::middleware::Next| {
                request.extensions_mut().insert(class);
                if files {
                    request = request.map(form::Sips::of);
                }
                async move {
                    let answer = tokio::time::timeout(longest, next.run(request)).await;
                    let mut response = answer.unwrap_or_else(|_| {
                        if is_api {
                            crate::api::busy()
                        } else {
                            Oops::from(Error::Busy).into_response()
                        }
                    });
                    response.extensions_mut().insert(class);
                    response
                }
            },
        ));
        router = router.route(route.path, handler);
    }
    let small_and_plain = SizeAbove::new(512)
        .and(NotForContentType::SSE)
        .and(NotForContentType::IMAGES);
    router
        .fallback(errors::nowhere)
        .method_not_allowed_fallback(errors::wrong_method)
        .layer(from_fn(errors::in_words))
        .layer(from_fn(forged::refuse))
        .layer(CompressionLayer::new().compress_when(small_and_plain))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(from_fn_with_state(state.clone(), headers::write))
        .layer(from_fn(errors::measure))
        .with_state(state)
}

/// The class of an answer that no route gave (404, 405, a panic).
pub(super) const FALLBACK: Class = Class::Page;
