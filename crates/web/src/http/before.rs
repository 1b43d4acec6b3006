//! The page a form was sent from, as the browser names it: where to go back to. Never a page of another site.

use axum::http::{HeaderMap, header};

/// Its path and query; `None` when the browser keeps it to itself or names another host.
pub fn page_before(headers: &HeaderMap) -> Option<String> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &axum::http::HeaderValue| v.to_str().ok())
    };
    let (_, rest) = text(header::REFERER)?.split_once("://")?;
    let (place, path) = rest.split_at(rest.find('/')?);
    let here = text(header::HOST).is_none_or(|host| host.eq_ignore_ascii_case(place));
    let plain = !path.starts_with("//") && !path.contains('\\');
    (here && plain).then(|| path.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(referer: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "desk.example".parse().expect("a host"));
        headers.insert(header::REFERER, referer.parse().expect("an address"));
        page_before(&headers)
    }

    #[test]
    fn only_a_page_of_ours_is_gone_back_to() {
        assert_eq!(
            before("https://desk.example/tickets/1001?view=mine").as_deref(),
            Some("/tickets/1001?view=mine")
        );
        for elsewhere in [
            "https://evil.example/tickets/1001",
            "https://desk.example.evil.example/",
            "https://desk.example//evil.example",
            "https://desk.example/\\evil.example",
            "https://desk.example",
            "nothing",
        ] {
            assert_eq!(before(elsewhere), None, "{elsewhere}");
        }
    }
}
