//! `GET /sw.js`: the script that keeps pages on a device of one's own (decision 0017). It stands at the root, so that it
//! may serve every page, and never in a cache: a browser compares it with the one it has, and a new version of the
//! desk, whose assets have another name, brings a new one.

use axum::http::header;
use axum::response::IntoResponse;

use super::{Files, base, lean};

pub(super) async fn serve() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, script())
}

fn script() -> String {
    let file = Files::get("sw.js").expect("invariant: the worker is compiled in");
    lean(&String::from_utf8_lossy(&file.data)).replace("/assets/HASH", base())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_a_worker_of_its_own_and_what_it_keeps_is_there() {
        let script = script();
        assert!(script.contains(base()) && !script.contains("HASH"), "{script}");
        let kept = script
            .split("const files = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let kept: Vec<&str> = kept.unwrap_or_default().split(' ').collect();
        assert!(kept.len() > 5);
        for name in kept {
            assert!(crate::assets::find(name).is_some(), "{name}");
        }
    }
}
