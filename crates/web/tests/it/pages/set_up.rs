//! The first page of an empty desk: each refusal at the field it is about.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use db::{Db, SqliteOptions};
use desk::sign_in::{self, LinkPurpose};
use desk::{Clock, Desk, Parts};
use tower::ServiceExt;

use super::company::NOW;

#[tokio::test]
async fn a_mailbox_that_is_none_is_not_the_administrators_fault() {
    let folder = tempfile::tempdir().unwrap();
    let parts = Parts {
        db: Db::sqlite(&folder.path().join("desk.db"), SqliteOptions::default()).unwrap(),
        files: desk::files::Store::open(&folder.path().join("files")).unwrap(),
        index: search::Index::in_memory().unwrap(),
        clock: Clock::set_to(NOW),
    };
    let desk = Desk::open(parts).unwrap();
    let key = desk
        .write_now(|tx| sign_in::make_link(tx, LinkPurpose::SetUp, None, None, NOW))
        .unwrap();
    let app = web::app(web::State::new(desk, web::Options::default()));
    let form = format!(
        "key={}&lang=en&desk_name=Desk&zone=UTC&public_url=https%3A%2F%2Fdesk.example&mailbox=nonsense&name=Office\
         &address=office%40desk.example&password=seven+wet+larches",
        key.as_str()
    );
    let request = Request::post("/setup")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let answer = app.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let page = String::from_utf8_lossy(&page);
    assert!(page.contains("id=\"mailbox-help\"><p class=\"field-error\">") && page.contains("<a href=\"#mailbox\">"));
    assert!(!page.contains("id=\"address-help\"><p class=\"field-error\">"));
    assert!(page.contains("value=\"nonsense\"") && page.contains("value=\"Office\""));
}
