//! Sessions (S10): a new secret at each sign-in, an end to everything at each change, and the same words for all tries.

use axum::http::{Method, StatusCode};
use desk::clock::{DAY, HOUR, SECOND};

use crate::stand::{Answer, Ask, PASSWORD, Stand};

fn with_password(stand: &Stand, name: &str) {
    let person = stand.id(name);
    stand.write(move |tx, cx| desk::sign_in::set_password(tx, cx, person, &desk::sign_in::hash(PASSWORD)?));
}

fn form(name: &str, password: &str) -> String {
    format!("address={name}%40desk.example&password={}", password.replace(' ', "+"))
}

async fn sign_in(stand: &Stand, name: &str, password: &str) -> Answer {
    stand
        .ask(Ask::new(Method::POST, "/sign-in").ours().form(&form(name, password)))
        .await
}

fn secret_of(answer: &Answer) -> String {
    let line = answer
        .header("set-cookie")
        .strip_prefix("__Host-firstline=")
        .expect("a session");
    line.split(';').next().unwrap().to_string()
}

async fn opens(stand: &Stand, secret: &str) -> bool {
    let answer = stand.ask(Ask::new(Method::GET, "/me").session(secret)).await;
    match answer.status {
        StatusCode::OK => true,
        StatusCode::SEE_OTHER => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_planted_cookie_gets_a_new_secret_and_opens_nothing() {
    let stand = Stand::new();
    with_password(&stand, "member");
    let planted = "planted-by-somebody-else";
    let answer = Ask::new(Method::POST, "/sign-in")
        .ours()
        .session(planted)
        .form(&form("member", PASSWORD));
    let secret = secret_of(&stand.ask(answer).await);
    assert_ne!(secret, planted);
    assert!(opens(&stand, &secret).await);
    assert!(!opens(&stand, planted).await);
    let again = secret_of(&sign_in(&stand, "member", PASSWORD).await);
    assert_ne!(again, secret, "each sign-in its own");
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let stand = Stand::new();
    let (one, two) = (stand.session("member"), stand.session("member"));
    let out = stand
        .ask(Ask::new(Method::POST, "/sign-out").ours().session(&one))
        .await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert!(
        out.header("set-cookie")
            .starts_with("__Host-firstline=; Path=/; Max-Age=0")
    );
    assert!(!opens(&stand, &one).await, "on the server too");
    assert!(opens(&stand, &two).await);
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_token() {
    let stand = Stand::new();
    with_password(&stand, "member");
    let (one, two, token) = (
        stand.session("member"),
        stand.session("member"),
        stand.token("member", "read"),
    );
    let new = "nine dry cedars in a row";
    let body = |old: &str| format!("old={}&password={}", old.replace(' ', "+"), new.replace(' ', "+"));
    let wrong = stand
        .ask(
            Ask::new(Method::POST, "/me/password")
                .ours()
                .session(&one)
                .form(&body("not this one, no")),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(opens(&stand, &two).await, "control");
    let changed = stand
        .ask(
            Ask::new(Method::POST, "/me/password")
                .ours()
                .session(&one)
                .form(&body(PASSWORD)),
        )
        .await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
    let fresh = secret_of(&changed);
    assert!(!opens(&stand, &one).await && !opens(&stand, &two).await);
    assert!(opens(&stand, &fresh).await);
    let api = stand
        .ask(Ask::new(Method::GET, "/api/firstline/v1/tickets").bearer(&token))
        .await;
    assert_eq!(api.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        sign_in(&stand, "member", PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn suspended_is_out_at_once() {
    let stand = Stand::new();
    let (session, token, person) = (
        stand.session("outside"),
        stand.token("outside", "read"),
        stand.id("outside"),
    );
    assert!(opens(&stand, &session).await);
    stand.write(move |tx, cx| desk::people::suspend(tx, cx, person));
    assert!(!opens(&stand, &session).await);
    let api = stand
        .ask(Ask::new(Method::GET, "/api/firstline/v1/tickets").bearer(&token))
        .await;
    assert_eq!(api.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn sessions_end_by_idleness_and_by_age() {
    let stand = Stand::new();
    let (idle, busy) = (stand.session("member"), stand.session("lead"));
    let person = stand.id("lead");
    stand.desk.clock().advance(12 * HOUR - SECOND);
    assert!(opens(&stand, &busy).await);
    // The touch is written beside the answer; here it is made sure of.
    let touch = |at: desk::Time| {
        stand.write(move |tx, _| {
            tx.exec(
                "UPDATE session SET seen_at = $2 WHERE person = $1",
                &db::args![person, at],
            )?;
            Ok(())
        });
    };
    touch(stand.desk.now());
    stand.desk.clock().advance(2 * SECOND);
    assert!(!opens(&stand, &idle).await, "twelve hours idle");
    assert!(opens(&stand, &busy).await, "used meanwhile");
    stand.desk.clock().advance(30 * DAY - 12 * HOUR - 2 * SECOND);
    touch(stand.desk.now());
    assert!(opens(&stand, &busy).await, "a second before thirty days");
    stand.desk.clock().advance(2 * SECOND);
    touch(stand.desk.now());
    assert!(!opens(&stand, &busy).await, "thirty days, however busy");
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike_until_and_beyond_the_throttle() {
    let stand = Stand::new();
    with_password(&stand, "member");
    let mut refused = 0;
    for _ in 0..7 {
        let known = sign_in(&stand, "member", "wrong wrong wrong").await;
        let unknown = sign_in(&stand, "nobody", "wrong wrong wrong").await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.header("retry-after"), unknown.header("retry-after"));
        assert_eq!(
            known.lasting().replace("member@", "x@"),
            unknown.lasting().replace("nobody@", "x@")
        );
        refused += i32::from(known.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0, "the throttle came");
    assert_eq!(
        sign_in(&stand, "member", PASSWORD).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "the right one waits too"
    );
}

#[tokio::test]
async fn a_form_whose_session_ended_leads_back_to_its_page() {
    let stand = Stand::new();
    let next = |path: &str| data_encoding::BASE64URL_NOPAD.encode(path.as_bytes());
    let cases = [
        ("/tickets/1001/notes", "/tickets/1001?view=mine", "/sign-in"),
        ("/en/requests/1001/answer", "/en/requests/1001", "/en/sign-in"),
    ];
    for (form, page, door) in cases {
        let ask = |referer: &str| {
            let referer = referer.to_string();
            Ask::new(Method::POST, form)
                .ours()
                .with("referer", &referer)
                .form("body=x")
        };
        let sent = stand.ask(ask(&format!("https://desk.example{page}"))).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert_eq!(sent.header("location"), format!("{door}?next={}", next(page)));
        for elsewhere in ["https://evil.example/tickets/1", "https://desk.example//evil.example"] {
            let sent = stand.ask(ask(elsewhere)).await;
            assert_eq!(sent.header("location"), door, "{elsewhere}");
        }
    }
}
