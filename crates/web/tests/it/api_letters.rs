//! The ledger for programs: by mailbox, with what was found, and what may be done with a letter.

use axum::http::{Method, StatusCode};
use desk::mailboxes::{MailboxFields, Way, boxes, intake};
use desk::{LetterId, MailboxId};
use serde_json::{Value, json};

use crate::stand::{Answer, Ask, Relation, Stand};

const LETTERS: &str = "/api/firstline/v1/letters";
const MAILBOXES: &str = "/api/firstline/v1/mailboxes";

fn mailbox(stand: &Stand, address: &'static str) -> MailboxId {
    stand.write(move |tx, cx| boxes::add(tx, cx, &MailboxFields::new(address)))
}

/// A letter that waits for somebody's word.
fn held(stand: &Stand, mailbox: MailboxId) -> LetterId {
    let letter = stand.write(move |tx, cx| {
        let raw = b"From: <maple@elsewhere.example>\r\nSubject: Marzipan\r\n\r\nSweet words.\r\n";
        let to = ["help@desk.example".to_string()];
        intake::keep(
            tx,
            cx.now,
            Way::Smtp,
            Some(mailbox),
            "maple@elsewhere.example",
            &to,
            raw,
        )
    });
    stand.put(move |tx| {
        let set =
            "UPDATE letter SET state = 'held', reason = 'letter-reason-stranger', sender = 'maple@elsewhere.example',
             vouched = 'fail: nobody signed it', defects = 'Its date cannot be read.',
             findings = '{\"sealed\":{\"signed\":true,\"encrypted\":false,\"readable\":true}}' WHERE id = $1";
        Ok(tx.exec(set, &db::args![letter])?)
    });
    letter
}

fn deed(letter: LetterId, what: &str, token: &str) -> Ask {
    Ask::new(Method::POST, &format!("{LETTERS}/{letter}/{what}")).bearer(token)
}

async fn read(stand: &Stand, path: &str, token: &str) -> Value {
    let answer = stand.ask(Ask::new(Method::GET, path).bearer(token)).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

fn refused(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    answer.json()
}

#[tokio::test]
async fn letters_are_listed_by_mailbox_with_what_was_found_in_them() {
    let stand = Stand::new();
    let (one, two) = (
        mailbox(&stand, "help@desk.example"),
        mailbox(&stand, "sales@desk.example"),
    );
    let letter = held(&stand, one);
    held(&stand, two);
    let token = stand.token("member", "read");
    let page = read(&stand, &format!("{LETTERS}?mailbox={one}"), &token).await;
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1), "{page}");
    let first = &page["items"][0];
    assert_eq!(first["id"], letter.0);
    assert_eq!(
        (&first["way"], &first["vouched"]),
        (&json!("smtp"), &json!("fail: nobody signed it"))
    );
    assert!(first["bytes"].as_i64().is_some_and(|n| n > 50), "{first}");
    assert_eq!(first["findings"]["defects"], json!(["Its date cannot be read."]));
    assert_eq!(
        (&first["findings"]["signed"], &first["findings"]["encrypted"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        read(&stand, LETTERS, &token).await["items"].as_array().map(Vec::len),
        Some(2)
    );
}

#[tokio::test]
async fn a_letter_is_let_in_once_however_often_it_is_asked() {
    let stand = Stand::new();
    let letter = held(&stand, mailbox(&stand, "help@desk.example"));
    let token = stand.token("member", "read,write");
    let ask = || {
        deed(letter, "release", &token)
            .json(&json!({ "to": "new" }))
            .with("idempotency-key", "once")
    };
    let (first, again) = (stand.ask(ask()).await, stand.ask(ask()).await);
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::CREATED),
        "{}",
        first.text()
    );
    assert_eq!(
        (first.json()["state"].clone(), first.json()),
        (json!("kept"), again.json())
    );
    assert_eq!(
        stand.count("SELECT count(*) FROM event WHERE kind = 'letter_released'"),
        1
    );
    let anew = stand
        .ask(deed(letter, "release", &token).json(&json!({ "to": "new" })))
        .await;
    refused(&anew, 409);
    refused(&stand.ask(deed(letter, "read-again", &token)).await, 409);
}

#[tokio::test]
async fn where_a_letter_cannot_go_is_said_and_changes_nothing() {
    let stand = Stand::new();
    let thing = stand.thing(Relation::Own);
    let letter = held(&stand, mailbox(&stand, "help@desk.example"));
    let token = stand.token("member", "read,write");
    let release = |body: Value| deed(letter, "release", &token).json(&body);
    for body in [
        json!({ "to": "ticket", "ticket": 999_999 }),
        json!({ "to": "ticket" }),
        json!({ "to": "new", "ticket": thing.ticket.0 }),
        json!({ "to": "ticket", "ticket": -1 }),
    ] {
        let answer = refused(&stand.ask(release(body)).await, 422);
        assert_eq!(answer["errors"][0]["field"], "ticket");
    }
    refused(&stand.ask(release(json!({ "to": "its_ticket" }))).await, 409);
    refused(&stand.ask(release(json!({ "to": "elsewhere" }))).await, 422);
    refused(&stand.ask(release(json!({ "to": "new", "state": "filed" }))).await, 422);
    let reads = stand.token("member", "read");
    for what in ["dismiss", "read-again"] {
        refused(&stand.ask(deed(letter, what, &reads)).await, 404);
    }
    let kept = read(&stand, &format!("{LETTERS}/{letter}"), &token).await;
    assert_eq!(kept["state"], "held");
    let on = stand
        .ask(release(json!({ "to": "ticket", "ticket": thing.ticket.0 })))
        .await;
    assert_eq!(
        (on.status, &on.json()["ticket"]),
        (StatusCode::CREATED, &json!(thing.ticket.0)),
        "the control"
    );
}

#[tokio::test]
async fn a_letter_is_set_aside_and_read_again() {
    let stand = Stand::new();
    let letter = held(&stand, mailbox(&stand, "help@desk.example"));
    let token = stand.token("member", "read,write");
    let aside = stand.ask(deed(letter, "dismiss", &token)).await;
    assert_eq!(
        (aside.status, &aside.json()["state"]),
        (StatusCode::CREATED, &json!("refused"))
    );
    refused(&stand.ask(deed(letter, "dismiss", &token)).await, 409);
    let again = stand.ask(deed(letter, "read-again", &token)).await;
    assert_eq!(
        (again.status, &again.json()["state"]),
        (StatusCode::CREATED, &json!("kept"))
    );
}

#[tokio::test]
async fn mailboxes_give_account_to_whoever_may_see_their_letters() {
    let stand = Stand::new();
    let one = mailbox(&stand, "help@desk.example");
    held(&stand, one);
    let of = async |who: &str| {
        let answer = read(&stand, MAILBOXES, &stand.token(who, "read")).await;
        answer["items"].as_array().expect("items")[0].clone()
    };
    let seen = of("member").await;
    assert_eq!(
        (&seen["address"], &seen["id"]),
        (&json!("help@desk.example"), &json!(one.0))
    );
    assert_eq!((&seen["handed_over"], &seen["in_ledger"]), (&json!(1), &json!(1)));
    assert_eq!(seen["states"], json!({ "held": 1 }));
    assert_eq!(of("outside").await["handed_over"], Value::Null, "kept out of a team");
    let requester = Ask::new(Method::GET, MAILBOXES).bearer(&stand.token("owner", "read"));
    refused(&stand.ask(requester).await, 404);
}
