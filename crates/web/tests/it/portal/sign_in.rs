//! Signing in by a mailed link, and a new password by the same.

use axum::http::StatusCode;
use desk::clock::MINUTE;

use super::stand::{LANGUAGES, Stand};

#[tokio::test]
async fn a_mailed_link_signs_in_once() {
    for lang in LANGUAGES {
        let stand = Stand::new();
        let mut browser = stand.browser();
        let asked = browser
            .post(&format!("/{lang}/sign-in"), &[("address", "Payroll@county.example")])
            .await;
        assert_eq!(asked.location(), format!("/{lang}/mailed"));
        let link = stand.post()[0].path();
        let link = link.replacen("/en/", &format!("/{lang}/"), 1);
        for _ in 0..2 {
            let page = browser.get(&link).await;
            assert!(page.status == StatusCode::OK && page.is_said());
        }
        assert_eq!(browser.forged(&link).await.status, StatusCode::FORBIDDEN);
        assert!(!browser.cookies.contains_key("__Host-firstline"));
        assert_eq!(browser.post(&link, &[]).await.location(), format!("/{lang}/requests"));
        assert_eq!(browser.get(&format!("/{lang}/requests")).await.status, StatusCode::OK);
        let mut second = stand.browser();
        assert_eq!(second.post(&link, &[]).await.status, StatusCode::NOT_FOUND);
        assert!(!second.cookies.contains_key("__Host-firstline"));
    }
}

#[tokio::test]
async fn nobody_learns_which_addresses_are_known() {
    for place in ["/en/sign-in", "/en/reset"] {
        let mut seen = Vec::new();
        for (address, known) in [("payroll@county.example", true), ("nobody@elsewhere.example", false)] {
            let stand = Stand::new();
            let mut tries = Vec::new();
            for _ in 0..6 {
                let answer = stand.browser().post(place, &[("address", address)]).await;
                tries.push((answer.status, answer.body.replace(address, "")));
            }
            assert!(tries[..5].iter().all(|(status, _)| *status == StatusCode::SEE_OTHER));
            assert_eq!(tries[5].0, StatusCode::TOO_MANY_REQUESTS);
            // Three letters in ten minutes are enough for anybody.
            assert_eq!(stand.post().len(), if known { 3 } else { 0 });
            seen.push(tries);
        }
        assert_eq!(seen[0], seen[1]);
    }
}

#[tokio::test]
async fn an_old_link_opens_nothing_and_staff_go_to_work() {
    let stand = Stand::new();
    stand
        .browser()
        .post("/en/sign-in", &[("address", "cedar@desk.example")])
        .await
        .location();
    stand
        .browser()
        .post("/en/sign-in", &[("address", "payroll@county.example")])
        .await
        .location();
    let letters = stand.post();
    assert_eq!(
        stand.browser().post(&letters[0].path(), &[]).await.location(),
        "/inbox/mine"
    );
    stand.desk.clock().advance(31 * MINUTE);
    let late = stand.browser().get(&letters[1].path()).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert_eq!(
        stand.browser().post(&letters[1].path(), &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_lost_password_is_replaced_behind_the_link() {
    let stand = Stand::new();
    let mut old = stand.signed_in(stand.payroll);
    stand
        .browser()
        .post("/en/reset", &[("address", "payroll@county.example")])
        .await
        .location();
    let link = stand.post()[0].path();
    let mut browser = stand.browser();
    let weak = browser
        .post(&format!("{link}/password"), &[("password", "short")])
        .await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.has("id=\"password-wrong\"") && weak.has("<details open>") && !weak.has("value=\"short\""));
    assert_eq!(old.get("/en/requests").await.status, StatusCode::OK);
    let new = "seven grey herons at dusk";
    assert_eq!(
        browser
            .post(&format!("{link}/password"), &[("password", new)])
            .await
            .location(),
        "/en/requests"
    );
    assert_eq!(browser.get("/en/requests").await.status, StatusCode::OK);
    assert_eq!(
        old.get("/en/requests").await.status,
        StatusCode::SEE_OTHER,
        "every older session ended"
    );
    let fields = [("address", "payroll@county.example"), ("password", new)];
    assert_eq!(
        stand.browser().post("/sign-in", &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(browser.post(&link, &[]).await.status, StatusCode::NOT_FOUND, "used up");
}

#[tokio::test]
async fn a_bad_address_is_said_so() {
    let stand = Stand::new();
    let back = stand
        .browser()
        .post("/fr/sign-in", &[("address", "pas une adresse")])
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("value=\"pas une adresse\"") && back.has("aria-invalid=\"true\"") && back.is_said());
}

#[tokio::test]
async fn whoever_must_sign_in_comes_back_to_where_he_was() {
    let stand = Stand::new();
    let to = stand.browser().get("/fr/requests/1001").await.location().to_string();
    let next = to.strip_prefix("/fr/sign-in?next=").expect("the French page");
    assert!(
        stand
            .browser()
            .get(&to)
            .await
            .has(&format!("href=\"/sign-in?lang=fr&#38;next={next}\""))
    );
}
