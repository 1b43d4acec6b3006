//! A program that writes in the name of somebody under supervision is refused, and nothing is kept.

use axum::http::{Method, StatusCode};
use desk::people::{self, Level};
use desk::reviews::{self, NewRule, What};
use serde_json::json;

use crate::stand::{Ask, Relation, Stand};

#[tokio::test]
async fn a_juniors_token_sends_nothing_past_a_review() {
    let stand = Stand::new();
    let (number, junior) = (stand.thing(Relation::Own).ticket, stand.id("member"));
    let path = format!("/api/firstline/v1/tickets/{number}/replies");
    let send = |who: &str| {
        let token = stand.token(who, "read,write");
        Ask::new(Method::POST, &path)
            .bearer(&token)
            .json(&json!({ "body": "A word of ours." }))
    };
    let free = stand.ask(send("member")).await;
    assert_eq!(free.status, StatusCode::CREATED, "{}", free.text());
    let admin = stand.id("admin");
    stand.write(move |tx, cx| {
        let mut by = cx.clone();
        by.viewer.person = admin;
        let cx = &by;
        people::set_level(tx, cx, junior, Some(Level::Basic))?;
        let rule = |what| NewRule {
            level: Some(Level::Basic),
            person: None,
            what,
            topic: None,
            reviewer: None,
        };
        for what in [What::Reply, What::Solution] {
            reviews::add_rule(tx, cx, &rule(what))?;
        }
        Ok(())
    });
    let held = stand.ask(send("member")).await;
    assert_eq!(held.status, StatusCode::CONFLICT, "{}", held.text());
    assert!(held.text().contains("read by a senior first"), "{}", held.text());
    let token = stand.token("member", "read,write");
    let solved = Ask::new(Method::PUT, &format!("/api/firstline/v1/tickets/{number}/solution"))
        .bearer(&token)
        .json(&json!({ "cause": "c", "steps": "s" }));
    assert_eq!(stand.ask(solved).await.status, StatusCode::CONFLICT);
    assert_eq!(stand.count("SELECT count(*) FROM review"), 0);
    assert_eq!(stand.count("SELECT count(*) FROM message WHERE kind = 'reply'"), 1);
    let other = stand.ask(send("outside")).await;
    assert_eq!(other.status, StatusCode::CREATED, "the control");
}
