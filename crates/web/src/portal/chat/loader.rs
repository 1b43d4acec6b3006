//! `/widget.js`: the one script a site pastes. It puts a button on the page and, when that is pressed, our frame. It
//! learns nothing of what is said there.

use axum::extract::State as Extract;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::state::State;

/// The usual colour of the button, as it stands in the script.
const USUAL: &str = "#08614d";

pub(super) async fn serve(Extract(state): Extract<State>) -> Response {
    let text = crate::assets::loader();
    let text = match state.desk().house().accent {
        Some(accent) => text.replace(USUAL, &accent.light.to_string()),
        None => text,
    };
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // Its address never changes, so it is asked for again now and then.
        (header::CACHE_CONTROL, "public, max-age=600"),
    ];
    (headers, text).into_response()
}
