//! Coming in and going out: `/sign-in`, `/sign-out`, and `/` that leads where a person belongs.

mod show;
mod submit;

pub use submit::{browser_of, with_session};

use axum::response::{IntoResponse, Redirect, Response};
use desk::words::Lang;

use crate::http::Anyone;
use crate::routes::{Gate, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Gate::Public, front),
        Route::get("/sign-in", Gate::Public, show::show),
        Route::post("/sign-in", Gate::Public, submit::submit),
        Route::post("/sign-out", Gate::Public, submit::leave),
    ]
}

/// Technicians to their work, everybody else to the portal in his language.
async fn front(anyone: Anyone) -> Response {
    let staff = anyone.seen.as_ref().is_some_and(|s| s.viewer.is_staff());
    let lang = anyone
        .seen
        .as_ref()
        .map_or(anyone.browser_language, |s| s.viewer.language);
    let to = match (staff, lang) {
        (true, _) => "/inbox/mine",
        (false, Lang::En) => "/en",
        (false, Lang::Fr) => "/fr",
    };
    Redirect::to(to).into_response()
}

/// Where to go after sign-in: a path of our own, and nothing that a browser could read as another site. What does not
/// fit leads to the front.
pub fn safe_path(encoded: &str) -> String {
    let decoded = data_encoding::BASE64URL_NOPAD.decode(encoded.as_bytes()).ok();
    let path = decoded
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default();
    let plain = path.bytes().all(|b| (0x21..0x7f).contains(&b) && b != b'\\');
    let ours =
        path.starts_with('/') && !path.starts_with("//") && !path.contains("/../") && !path.starts_with("/sign-");
    if plain && ours && path.len() <= 1000 {
        path
    } else {
        "/".to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(path: &str) -> String {
        safe_path(&data_encoding::BASE64URL_NOPAD.encode(path.as_bytes()))
    }

    #[test]
    fn only_our_own_paths_are_followed() {
        assert_eq!(kept("/tickets/1001?view=mine"), "/tickets/1001?view=mine");
        let elsewhere = [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            " //evil.example",
            "/a/../../b",
            "",
            "evil.example",
            "/\u{0000}",
            "/\r\nLocation: x",
            "///evil.example",
            "http:/evil.example",
            "/%0d\n",
            "data:text/html,x",
            "/sign-out",
        ];
        for path in elsewhere {
            assert_eq!(kept(path), "/", "{path:?}");
        }
        assert_eq!(safe_path("not base64!"), "/");
    }
}
