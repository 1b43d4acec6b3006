//! The fields of a topic for programs: read and set by key, refused by key.

use axum::http::{Method, StatusCode};
use desk::forms::{self, Kind, NewField, Required};
use desk::topics::{self, NewTopic};
use serde_json::{Value, json};

use crate::stand::{Answer, Ask, Stand};

const TICKETS: &str = "/api/firstline/v1/tickets";

fn printing(stand: &Stand) -> i64 {
    let cx = stand.desk.context(desk::access::Viewer::desk(desk::PersonId(0)), None);
    let made = stand.desk.write_now(move |tx| {
        let topic = NewTopic {
            parent: None,
            name_en: "Printing".into(),
            name_fr: "Impression".into(),
            team: None,
        };
        let topic = topics::add(tx, &cx, &topic)?;
        let signs = [("Jam", "Bourrage"), ("Pale", "Pâle")];
        let sign = NewField::new(Kind::Several, "Signs", "Signes").with_options(&signs);
        forms::add(tx, &cx, topic, &sign.required(Required::Asking))?;
        let asset = NewField {
            team_only: true,
            required: Required::Solving,
            ..NewField::new(Kind::Short, "Asset", "Actif")
        };
        forms::add(tx, &cx, topic, &asset)?;
        Ok(topic.0)
    });
    made.unwrap()
}

async fn sends(stand: &Stand, method: Method, path: &str, token: &str, body: &Value) -> Answer {
    stand.ask(Ask::new(method, path).bearer(token).json(body)).await
}

fn wrong(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    errors.iter().map(|e| (text(&e["field"]), text(&e["detail"]))).collect()
}

#[tokio::test]
async fn a_program_opens_reads_and_changes_by_key() {
    let stand = Stand::new();
    let (topic, token) = (printing(&stand), stand.token("member", "read,write"));
    let new = json!({ "subject": "Printer", "topic": topic, "fields": { "signs": ["jam"], "asset": "A-77" } });
    let opened = sends(&stand, Method::POST, TICKETS, &token, &new).await.json();
    assert_eq!((&opened["topic"], &opened["fields"]), (&json!(topic), &new["fields"]));
    let place = format!("{TICKETS}/{}/fields", opened["number"]);
    let filled = sends(
        &stand,
        Method::PUT,
        &place,
        &token,
        &json!({ "signs": ["pale", "jam"], "asset": null }),
    )
    .await;
    assert_eq!(filled.json()["fields"], json!({ "signs": ["jam", "pale"] }));
    let odd = json!({ "signs": ["other"], "unknown": 1 });
    let refused = sends(&stand, Method::PUT, &place, &token, &odd).await;
    let fields: Vec<String> = wrong(&refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["fields.signs", "fields.unknown"]);
    let solution = json!({ "cause": "c", "steps": "s" });
    let place = format!("{TICKETS}/{}/solution", opened["number"]);
    let refused = sends(&stand, Method::PUT, &place, &token, &solution).await;
    let said = (
        "fields.asset".to_string(),
        "Fill this in before the ticket is solved.".to_string(),
    );
    assert_eq!(wrong(&refused), [said]);
}

#[tokio::test]
async fn a_requesters_program_fills_in_what_he_must_and_no_more() {
    let stand = Stand::new();
    let (topic, token) = (printing(&stand), stand.token("owner", "read,write"));
    let new = |fields: Value| json!({ "subject": "Printer", "topic": topic, "fields": fields });
    let refused = sends(&stand, Method::POST, TICKETS, &token, &new(json!({}))).await;
    assert_eq!(wrong(&refused)[0].0, "fields.signs");
    let refused = sends(
        &stand,
        Method::POST,
        TICKETS,
        &token,
        &new(json!({ "signs": ["jam"], "asset": "mine" })),
    )
    .await;
    assert_eq!(wrong(&refused)[0].0, "fields.asset");
    let opened = sends(&stand, Method::POST, TICKETS, &token, &new(json!({ "signs": ["jam"] }))).await;
    assert_eq!(opened.json()["fields"], json!({ "signs": ["jam"] }));
}
