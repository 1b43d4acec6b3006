//! Programs read why a ticket is due when it is.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::stand::{Ask, Stand};

#[tokio::test]
async fn a_program_reads_the_ledger_of_a_clock() {
    let stand = Stand::new();
    let token = stand.token("member", "read,write");
    let tickets = "/api/firstline/v1/tickets";
    let body = json!({ "subject": "No printing", "body": "The tray is empty.", "priority": "urgent" });
    let made = stand
        .ask(Ask::new(Method::POST, tickets).bearer(&token).json(&body))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let number = made.json()["number"].clone();
    let asked = Ask::new(Method::GET, format!("{tickets}/{number}/clock").as_str()).bearer(&token);
    let clock = stand.ask(asked).await;
    assert_eq!(clock.status, StatusCode::OK, "{}", clock.text());
    let clock = clock.json();
    assert_eq!(clock["number"], number);
    let targets = clock["targets"].as_array().unwrap();
    assert_eq!(
        (targets[0]["target"].as_str(), targets[0]["minutes"].as_i64()),
        (Some("reply"), Some(60))
    );
    assert!(targets[1]["due"].is_string(), "{clock}");
    assert_eq!(clock["lines"][0]["kind"], "started");
    assert!(
        clock["lines"][0]["text"]
            .as_str()
            .unwrap()
            .starts_with("The clock started")
    );
    let asker = stand.token("owner", "read");
    let asked = Ask::new(Method::GET, format!("{tickets}/{number}/clock").as_str()).bearer(&asker);
    assert_eq!(stand.ask(asked).await.status, StatusCode::NOT_FOUND);
}
