//! The link in a letter opens one request and nothing else.

use axum::http::StatusCode;
use desk::clock::DAY;
use desk::sign_in::revoke_ticket_links;

use super::stand::Stand;

fn link_to(stand: &Stand, number: desk::TicketNumber) -> String {
    stand.reply(number, "Look here.");
    stand.post()[0].path()
}

#[tokio::test]
async fn ended_revoked_and_unknown_links_are_one_answer() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let other = stand.open(stand.payroll, "Printer");
    let (revoked, ended) = (link_to(&stand, number), link_to(&stand, other));
    assert_eq!(
        stand.browser().get(&revoked).await.status,
        StatusCode::OK,
        "the control"
    );
    stand.as_person(stand.cedar, move |tx, cx| revoke_ticket_links(tx, cx, number));
    assert_eq!(
        stand.browser().get(&ended).await.status,
        StatusCode::OK,
        "only that request's links end"
    );
    let unknown = "/en/k/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_string();
    let revoked_page = stand.browser().get(&revoked).await;
    stand.desk.clock().advance(91 * DAY);
    let pages = [
        revoked_page,
        stand.browser().get(&ended).await,
        stand.browser().get(&unknown).await,
    ];
    let blank = |body: &str, path: &str| body.replace(path.split('/').next_back().unwrap(), "");
    let bodies: Vec<String> = pages
        .iter()
        .zip([&revoked, &ended, &unknown])
        .map(|(page, path)| blank(&page.body, path))
        .collect();
    assert!(bodies.iter().all(|b| *b == bodies[0]));
    for page in pages {
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.has("action=\"/en/sign-in\"") && !page.has("Scanner") && !page.has("Printer"));
    }
    for act in ["works", "reopen"] {
        assert_eq!(
            stand.browser().post(&format!("{ended}/{act}"), &[]).await.status,
            StatusCode::NOT_FOUND
        );
    }
    let say = stand
        .browser()
        .send(&format!("{ended}/answer"), &[("body", None, "Hello")])
        .await;
    assert_eq!(say.status, StatusCode::NOT_FOUND);
    assert!(
        [number, other]
            .iter()
            .all(|n| stand.detail(*n).messages.iter().all(|m| &*m.body != "Hello"))
    );
}

#[tokio::test]
async fn a_link_reads_no_file_and_no_page_of_another_request() {
    let stand = Stand::new();
    let (mine, other) = (
        stand.open(stand.payroll, "Scanner"),
        stand.open(stand.payroll, "Printer"),
    );
    let mut signed_in = stand.signed_in(stand.payroll);
    let parts = [("body", None, "See the picture"), ("files", Some("secret.txt"), "top")];
    signed_in
        .send(&format!("/en/requests/{other}/answer"), &parts)
        .await
        .location();
    let file = stand.detail(other).files[0].id;
    let (keyed, right) = (link_to(&stand, mine), link_to(&stand, other));
    let mut stranger = stand.browser();
    assert_eq!(
        stranger.get(&format!("{right}/files/{file}")).await.body,
        "top",
        "the control"
    );
    assert_eq!(
        stranger.get(&format!("{keyed}/files/{file}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        stranger.get(&format!("{keyed}/files/x")).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(
        stranger
            .get(&format!("/en/requests/{mine}"))
            .await
            .location()
            .starts_with("/en/sign-in?next=")
    );
    assert_eq!(
        stranger.get(&format!("/files/{file}")).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn the_address_of_a_secret_is_told_to_nobody() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let keyed = link_to(&stand, number);
    let works = format!("{keyed}/works");
    let mut browser = stand.browser();
    let answers = [
        browser.get(&keyed).await,
        browser.get("/en/k/none").await,
        browser.get("/fr/confirm/none").await,
        browser.get("/fr/sign-in/none").await,
        browser.post("/fr/sign-in/none", &[]).await,
        browser.get(&format!("{keyed}/files/1")).await,
        browser.post(&works, &[]).await,
    ];
    for answer in answers {
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("x-robots-tag").contains("noindex"));
    }
    assert_eq!(
        browser.get("/en").await.header("referrer-policy"),
        "same-origin",
        "the control"
    );
    // The switch to the other language keeps the place.
    let secret = keyed.rsplit('/').next().unwrap();
    assert!(
        browser
            .get(&keyed)
            .await
            .has(&format!("hreflang=\"fr\" href=\"/fr/k/{secret}\""))
    );
    // What a stranger puts into an address does not come back in the page.
    let odd = browser.get("/en/k/%22%3E%3Cb%3E").await;
    assert!(odd.status == StatusCode::NOT_FOUND && !odd.has("<b>") && !odd.has("&#60;b"));
}
