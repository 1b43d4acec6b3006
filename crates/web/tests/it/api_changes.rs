//! Programs write changes down and read the log.

use axum::http::{Method, StatusCode};
use desk::services::{self, NewService};
use desk::words::Both;
use serde_json::{Value, json};

use crate::stand::{Answer, Ask, Stand};

const CHANGES: &str = "/api/firstline/v1/changes";

async fn write(stand: &Stand, token: &str, body: &Value) -> Answer {
    stand
        .ask(Ask::new(Method::POST, CHANGES).bearer(token).json(body))
        .await
}

async fn read(stand: &Stand, token: &str, path: &str) -> Answer {
    stand.ask(Ask::new(Method::GET, path).bearer(token)).await
}

fn mail(stand: &Stand) {
    stand.write(|tx, cx| {
        let new = NewService {
            name: Both::new("Mail", "Courriel"),
            ..NewService::default()
        };
        services::add(tx, cx, &new)
    });
}

#[tokio::test]
async fn a_program_that_deploys_writes_one_line() {
    let stand = Stand::new();
    mail(&stand);
    let token = stand.token("member", "read,write");
    let body = json!({ "title": "Release 4.2", "services": ["courriel"], "devices": ["web-1"] });
    let made = write(&stand, &token, &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let change = made.json();
    assert_eq!(change["state"], "done");
    assert_eq!(change["services"], json!(["Mail"]));
    assert_eq!(change["shown"], format!("C-{}", change["number"]));
    assert_eq!(change["started_at"], change["ended_at"]);
    let one = read(&stand, &token, &format!("{CHANGES}/{}", change["number"])).await;
    assert_eq!(one.json(), change);
    let key = Ask::new(Method::POST, CHANGES)
        .bearer(&token)
        .with("idempotency-key", "release-5")
        .json(&body);
    let again = Ask::new(Method::POST, CHANGES)
        .bearer(&token)
        .with("idempotency-key", "release-5")
        .json(&body);
    let (first, second) = (stand.ask(key).await, stand.ask(again).await);
    assert_eq!(first.json(), second.json());
    assert_eq!(stand.count("SELECT count(*) FROM system_change"), 2);
}

#[tokio::test]
async fn with_a_time_to_come_it_is_a_plan() {
    let stand = Stand::new();
    let token = stand.token("member", "read,write");
    let plan = json!({
        "title": "New rules", "risk": "medium", "back_out": "The old ones.",
        "begins_at": "2026-11-18T18:00:00Z", "ends_at": "2026-11-18T19:00:00-05:00"
    });
    let made = write(&stand, &token, &plan).await;
    assert_eq!(made.json()["state"], "draft");
    assert_eq!(made.json()["ends_at"], "2026-11-19T00:00:00Z");
    let late = json!({ "title": "x", "done_at": "2027-01-01T00:00:00Z" });
    let refused = write(&stand, &token, &late).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_log_is_read_page_by_page_and_odd_questions_are_refused() {
    let stand = Stand::new();
    mail(&stand);
    let token = stand.token("member", "read,write");
    for hour in 1..4 {
        let body = json!({ "title": format!("Patch {hour}"), "done_at": format!("2026-11-16T0{hour}:00:00Z") });
        assert_eq!(write(&stand, &token, &body).await.status, StatusCode::CREATED);
    }
    let first = read(&stand, &token, &format!("{CHANGES}?limit=2")).await.json();
    assert_eq!(first["items"][0]["title"], "Patch 3");
    let next = first["next"].as_str().unwrap();
    let rest = read(&stand, &token, &format!("{CHANGES}?cursor={next}")).await.json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!(rest["next"], Value::Null);
    let none = read(&stand, &token, &format!("{CHANGES}?service=Mail&state=done")).await;
    assert_eq!(none.json()["items"], json!([]));
    for odd in [
        "state=gone",
        "service=Nothing",
        "from=soon",
        "cursor=x",
        "limit=0",
        "what=x",
    ] {
        let refused = read(&stand, &token, &format!("{CHANGES}?{odd}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
    }
    for body in [
        json!({ "title": "" }),
        json!({ "title": "x", "risk": "some" }),
        json!({ "title": "x", "services": ["Nothing"] }),
        json!({ "title": "x", "tickets": [999_999] }),
        json!({ "title": "x", "what": 1 }),
    ] {
        let refused = write(&stand, &token, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    assert_eq!(
        stand.count("SELECT count(*) FROM system_change"),
        3,
        "nothing of them was kept"
    );
}
