//! What holds for every page of the portal: both languages, one place, no script, a small first visit.

use axum::http::StatusCode;

use super::stand::{LANGUAGES, Stand};

const PUBLIC: [&str; 8] = [
    "", "/ask", "/asked", "/help", "/sign-in", "/reset", "/mailed", "/status",
];

#[tokio::test]
async fn every_public_page_stands_in_both_languages_at_the_same_place() {
    let stand = Stand::new();
    for place in PUBLIC {
        let mut browser = stand.browser();
        for (lang, other) in [("en", "fr"), ("fr", "en")] {
            let page = browser.get(&format!("/{lang}{place}")).await;
            assert_eq!(page.status, StatusCode::OK, "/{lang}{place}");
            assert!(page.is_said(), "/{lang}{place}: {}", page.body);
            assert!(page.has(&format!("<html lang=\"{lang}-CA\"")));
            assert!(
                page.has(&format!(
                    "rel=\"alternate\" hreflang=\"{other}\" href=\"/{other}{place}\""
                )),
                "/{lang}{place}"
            );
            assert!(page.has("<h1") && page.body.matches("<h1").count() == 1);
            assert!(
                !page.has("<script") && !page.has(" style=") && !page.has("onclick"),
                "whole without script"
            );
        }
    }
}

#[tokio::test]
async fn the_language_chosen_last_is_remembered() {
    let stand = Stand::new();
    let mut browser = stand.browser();
    let page = browser.get_with("/fr/ask", &[("accept-language", "en-CA")]).await;
    assert!(
        page.header("set-cookie").starts_with("lang=fr; Path=/;")
            && page.header("set-cookie").ends_with("SameSite=Lax")
    );
    assert_eq!(browser.get("/").await.location(), "/fr");
    assert!(
        !browser.get("/fr").await.headers.contains_key("set-cookie"),
        "once is enough"
    );
}

#[tokio::test]
async fn public_pages_are_asked_again_by_their_hash_and_personal_ones_never_kept() {
    let stand = Stand::new();
    let first = stand.browser().get("/en").await;
    assert_eq!(first.header("cache-control"), "private, no-cache");
    let tag = first.header("etag").to_string();
    let known = stand.browser().get_with("/en", &[("if-none-match", &tag)]).await;
    assert_eq!((known.status, known.bytes), (StatusCode::NOT_MODIFIED, 0));
    let other = stand.browser().get_with("/fr", &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, StatusCode::OK);
    let mine = stand
        .signed_in(stand.payroll)
        .get_with("/en", &[("if-none-match", &tag)])
        .await;
    assert_eq!(mine.status, StatusCode::OK);
    assert!(mine.header("cache-control") == "no-store" && !mine.headers.contains_key("etag"));
}

#[tokio::test]
async fn a_first_visit_is_small() {
    let stand = Stand::new();
    let mut browser = stand.browser();
    let page = browser.get("/fr").await;
    let base = page.body.split("href=\"").find_map(|p| {
        p.split("/app.css")
            .next()
            .filter(|b| b.starts_with("/assets/") && b.len() < 40)
    });
    let base = base.expect("a style sheet");
    let mut sum = 0;
    for path in [
        "/fr".to_string(),
        format!("{base}/app.css"),
        format!("{base}/icons.svg"),
        format!("{base}/fonts/inter.woff2"),
    ] {
        let part = browser.get_with(&path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(part.status, StatusCode::OK, "{path}");
        eprintln!("{path}: {} bytes", part.bytes);
        sum += part.bytes;
    }
    assert!(sum < 55_000, "a first visit weighs {sum} bytes");
}

#[tokio::test]
async fn the_home_page_of_somebody_signed_in_has_his_open_requests() {
    let stand = Stand::new();
    stand.open(stand.payroll, "Scanner <1>");
    stand.open(stand.registry, "Not his");
    for lang in LANGUAGES {
        let page = stand.signed_in(stand.payroll).get(&format!("/{lang}")).await;
        assert!(page.has("Scanner &#60;1&#62;") && !page.has("Not his") && page.is_said());
        assert!(page.has("mailto:support@desk.example"));
        assert!(page.has(&format!("href=\"/{lang}/requests/1001\"")));
    }
}
