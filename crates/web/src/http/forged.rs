//! Requests forged by another site (CSRF). A write must come from our own pages: the browser says so in
//! `Sec-Fetch-Site` and `Origin`, which a page of another site cannot change. Programs that show a Bearer token carry
//! no cookie and are let through to the API alone.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub(super) async fn refuse(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let api = request.uri().path().starts_with("/api/");
    if safe || api || ours(request.headers()) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        REFUSAL,
    )
        .into_response()
}

const REFUSAL: &str = "403: this request did not come from a page of this desk, so nothing was changed. Open the desk \
in this browser and try again.\n\nCette demande ne vient pas d\u{2019}une page de ce centre d\u{2019}assistance; rien n\u{2019}a été changé. \
Ouvrez-le dans ce navigateur et recommencez.\n";

fn ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    // Browsers without Sec-Fetch-Site send Origin with every write.
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, o)| o.eq_ignore_ascii_case(host)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        list.iter()
            .map(|(n, v)| (header::HeaderName::from_static(n), v.parse().expect("value")))
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_write() {
        assert!(ours(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(ours(&headers(&[
            ("origin", "https://desk.example"),
            ("host", "desk.example")
        ])));
        for forged in [
            &[("sec-fetch-site", "cross-site")][..],
            &[
                ("sec-fetch-site", "same-site"),
                ("origin", "https://desk.example"),
                ("host", "desk.example"),
            ],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example"), ("host", "desk.example")],
            &[("origin", "null"), ("host", "desk.example")],
            &[("host", "desk.example")],
            &[],
        ] {
            assert!(!ours(&headers(forged)), "{forged:?}");
        }
    }
}
