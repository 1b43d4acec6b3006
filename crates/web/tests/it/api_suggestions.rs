//! Programs ask what is likely to solve a ticket, or words that are no ticket yet, and say what was done with it.

use axum::http::{Method, StatusCode};
use desk::access::Via;
use desk::problems::{self, NewProblem};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::{Context, TicketNumber, finding, sign_in};
use serde_json::{Value, json};

use crate::stand::{Answer, Ask, Stand};

const API: &str = "/api/firstline/v1";
const SAID: &str = "The tunnel drops every few minutes, error 0x800704C9.";

async fn read(stand: &Stand, token: &str, path: &str) -> Answer {
    let path = format!("{API}{path}");
    stand.ask(Ask::new(Method::GET, &path).bearer(token)).await
}

async fn send(stand: &Stand, token: &str, path: &str, body: &Value) -> Answer {
    let path = format!("{API}{path}");
    stand.ask(Ask::new(Method::POST, &path).bearer(token).json(body)).await
}

fn open(stand: &Stand, subject: &'static str) -> TicketNumber {
    let requester = stand.id("owner");
    stand.write(move |tx, cx| {
        let new = NewTicket::new(requester, Channel::Phone, subject, SAID);
        Ok(tickets::open(tx, cx, &new)?.number)
    })
}

/// A solved ticket, a known error, and a new ticket like both.
async fn three(stand: &Stand) -> (TicketNumber, i64, TicketNumber) {
    for other in ["Paper jams", "Silent loudspeaker", "Empty pages", "Wrong hour"] {
        let requester = stand.id("till");
        stand.write(move |tx, cx| {
            tickets::open(tx, cx, &NewTicket::new(requester, Channel::Phone, other, "As it says.")).map(drop)
        });
    }
    let old = open(stand, "The tunnel drops");
    let member = stand.id("member");
    let problem = stand.write(move |tx, desk_cx| {
        let cx = &Context {
            viewer: sign_in::load_viewer(tx, member, Via::Session)?,
            ..desk_cx.clone()
        };
        let solution = Solution {
            steps: "Restart the laptop.".into(),
            ..Solution::default()
        };
        tickets::solve(tx, cx, old, &solution)?;
        let new = NewProblem {
            title_en: "The tunnel drops".into(),
            symptom_en: "The tunnel drops every few minutes.".into(),
            workaround_en: "Use the cable.".into(),
            ..NewProblem::default()
        };
        let number = problems::open(tx, cx, &new, &[])?.problem.number;
        problems::become_known(tx, cx, number)?;
        Ok(number.0)
    });
    let new = open(stand, "Tunnel drops");
    finding::rebuild(&stand.desk, |_| {}).await.unwrap();
    (old, problem, new)
}

#[tokio::test]
async fn a_program_reads_what_is_likely_and_why() {
    let stand = Stand::new();
    let (old, problem, new) = three(&stand).await;
    let token = stand.token("member", "read");
    let found = read(&stand, &token, &format!("/tickets/{new}/suggestions")).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text());
    let items = found.json()["items"].clone();
    let first = &items[0];
    assert_eq!((&first["kind"], &first["id"]), (&json!("known_error"), &json!(problem)));
    assert_eq!(first["shown"], format!("KE-{problem}"));
    assert_eq!(first["url"], format!("/problems/{problem}"));
    assert!(first["score"].as_f64().unwrap() > 0.0);
    let second = &items[1];
    assert_eq!((&second["kind"], &second["id"]), (&json!("ticket"), &json!(old.0)));
    let line = second["reason"].as_str().unwrap();
    assert!(line.contains("Same code: 0x800704C9"), "{line}");
    assert_eq!(second["reasons"][0]["kind"], "codes");
    let asked = json!({ "text": SAID, "language": "en" });
    let words = send(&stand, &token, "/suggestions", &asked).await;
    assert_eq!(words.status, StatusCode::OK, "{}", words.text());
    assert_eq!(words.json()["items"][0]["id"], problem);
}

#[tokio::test]
async fn a_program_uses_one_and_sets_another_aside() {
    let stand = Stand::new();
    let (old, problem, new) = three(&stand).await;
    let token = stand.token("member", "read,write");
    let at = |verb: &str| format!("/tickets/{new}/suggestions{verb}");
    let body = json!({ "kind": "known_error", "id": problem });
    let used = send(&stand, &token, &at("/use"), &body).await;
    assert_eq!(used.status, StatusCode::CREATED, "{}", used.text());
    assert_eq!(used.json()["words"], "Use the cable.");
    let body = json!({ "kind": "ticket", "id": old.0 });
    let aside = send(&stand, &token, &at("/dismiss"), &body).await;
    assert_eq!(aside.status, StatusCode::CREATED, "{}", aside.text());
    let left = read(&stand, &token, &at("")).await.json();
    assert_eq!(left["items"], json!([]), "both stand on the ticket");
    assert_eq!(stand.count("SELECT count(*) FROM problem_ticket"), 1);
}

#[tokio::test]
async fn odd_questions_are_refused_field_by_field() {
    let stand = Stand::new();
    let (_, _, new) = three(&stand).await;
    let token = stand.token("member", "read,write");
    let long = "x".repeat(20_001);
    for (body, field) in [
        (json!({ "text": "" }), "text"),
        (json!({ "text": long }), "text"),
        (json!({ "text": "x", "language": "de" }), "language"),
    ] {
        let refused = send(&stand, &token, "/suggestions", &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["errors"][0]["field"], field, "{}", refused.text());
    }
    for (body, field) in [
        (json!({ "kind": "solution", "id": 1 }), "kind"),
        (json!({ "kind": "article", "id": -1 }), "id"),
        (json!({ "kind": "known_error", "id": 987 }), "id"),
        (json!({ "kind": "ticket", "id": i64::MAX }), "id"),
    ] {
        for verb in ["use", "dismiss"] {
            let path = format!("/tickets/{new}/suggestions/{verb}");
            let refused = send(&stand, &token, &path, &body).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
            assert_eq!(refused.json()["errors"][0]["field"], field, "{}", refused.text());
        }
    }
    let blank = send(&stand, &token, "/suggestions", &json!({ "text": " \u{0}\n" })).await;
    assert_eq!(blank.json()["items"], json!([]));
    let reader = stand.token("owner", "read,write");
    let asked = json!({ "text": SAID });
    assert_eq!(
        send(&stand, &reader, "/suggestions", &asked).await.status,
        StatusCode::NOT_FOUND
    );
}
