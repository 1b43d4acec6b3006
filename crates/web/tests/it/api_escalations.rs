//! Programs hand work over, accept and return it; a requester's program finds nothing of it.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::{Answer, Ask, Relation, Stand};

const HIDDEN: &str = "Tried a nougat cable";

async fn post(stand: &Stand, token: &str, path: &str, body: &Value) -> Answer {
    stand.ask(Ask::new(Method::POST, path).bearer(token).json(body)).await
}

fn packet() -> Value {
    json!({
        "to": "group:network", "symptom": "No light", "promised": "News by noon",
        "tried": [{ "what": HIDDEN, "result": "The same" }]
    })
}

#[tokio::test]
async fn a_program_hands_over_accepts_and_returns() {
    let stand = Stand::new();
    let token = stand.token("member", "read,write");
    let path = format!(
        "/api/firstline/v1/tickets/{}/escalations",
        stand.thing(Relation::Own).ticket
    );
    let bare = post(&stand, &token, &path, &json!({ "to": "" })).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = post(&stand, &token, &path, &packet()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let id = made.json()["id"].clone();
    assert_eq!(made.json()["shown"], format!("E-{id}"));
    let again = post(&stand, &token, &path, &packet()).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let one = format!("/api/firstline/v1/escalations/{id}");
    let taken = post(&stand, &token, &format!("{one}/accept"), &json!({})).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    let back = post(
        &stand,
        &token,
        &format!("{one}/return"),
        &json!({ "reason": "Which port?" }),
    )
    .await;
    assert_eq!(back.status, StatusCode::CREATED, "{}", back.text());
    let list = stand.ask(Ask::new(Method::GET, &path).bearer(&token)).await.json();
    let first = &list["items"][0];
    assert_eq!(
        (&first["state"], &first["to"]),
        (&json!("returned"), &json!("group:network"))
    );
    assert_eq!(first["rounds"][0]["tried"][0]["what"], HIDDEN);
    assert_eq!(first["rounds"][0]["reason"], "Which port?");
}

#[tokio::test]
async fn a_requesters_program_reads_nothing_of_it() {
    let stand = Stand::new();
    let number = stand.thing(Relation::Own).ticket;
    let path = format!("/api/firstline/v1/tickets/{number}/escalations");
    let staff = stand.token("member", "read,write");
    post(&stand, &staff, &path, &packet()).await;
    let control = stand.ask(Ask::new(Method::GET, &path).bearer(&staff)).await;
    assert!(control.text().contains(HIDDEN));
    let own = stand.token("owner", "read,write");
    let list = stand.ask(Ask::new(Method::GET, &path).bearer(&own)).await;
    assert_eq!(list.status, StatusCode::NOT_FOUND);
    let ticket = format!("/api/firstline/v1/tickets/{number}");
    let ticket = stand.ask(Ask::new(Method::GET, &ticket).bearer(&own)).await;
    assert_eq!(ticket.status, StatusCode::OK);
    assert!(!ticket.text().contains(HIDDEN));
}
