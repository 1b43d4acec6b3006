//! The API for programs: shapes, refusals, repeating safely, paging.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::{Answer, Ask, Relation, Stand};

const TICKETS: &str = "/api/firstline/v1/tickets";

fn post(path: &str, token: &str, body: &Value) -> Ask {
    Ask::new(Method::POST, path).bearer(token).json(body)
}

fn get(path: &str, token: &str) -> Ask {
    Ask::new(Method::GET, path).bearer(token)
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// A problem as RFC 9457 has it, and nothing else.
fn problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let value = answer.json();
    assert_eq!(value["status"], status);
    for field in ["type", "title", "detail"] {
        assert!(value[field].as_str().is_some_and(|t| !t.is_empty()), "{field}: {value}");
    }
    value
}

#[tokio::test]
async fn what_was_opened_is_answered_as_it_is_read() {
    let stand = Stand::new();
    let token = stand.token("member", "read,write");
    for more in [
        json!({}),
        json!({ "requester": { "email": "owner@desk.example", "name": "owner" }, "channel": "phone", "priority": "high" }),
        json!({ "requester": { "email": "new@branch.example", "name": "Counter" }, "team": "personnel" }),
    ] {
        let mut new = json!({ "subject": "  No printing ", "body": "Empty\n\n tray " });
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let opened = stand.ask(post(TICKETS, &token, &new)).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
        let opened = opened.json();
        let read = stand.ask(get(&format!("{TICKETS}/{}", opened["number"]), &token)).await;
        assert_eq!(opened, read.json());
    }
}

#[tokio::test]
async fn shapes_are_those_promised() {
    let stand = Stand::new();
    let token = stand.token("member", "read,write");
    let new = json!({ "subject": "No printing", "body": "Empty", "requester": { "email": "owner@desk.example", "name": "owner" },
        "channel": "phone", "priority": "high" });
    let opened = stand.ask(post(TICKETS, &token, &new)).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    let ticket = opened.json();
    let wanted = [
        "assignee",
        "channel",
        "created_at",
        "due",
        "fields",
        "language",
        "messages",
        "number",
        "priority",
        "requester",
        "snoozed_until",
        "status",
        "steps",
        "subject",
        "team",
        "topic",
        "updated_at",
    ];
    let mut found = keys(&ticket);
    found.sort_unstable();
    assert_eq!(found, wanted);
    assert_eq!(
        (ticket["number"].as_i64(), &ticket["status"], &ticket["priority"]),
        (Some(1001), &json!("new"), &json!("high"))
    );
    assert_eq!(
        ticket["requester"],
        json!({ "email": "owner@desk.example", "name": "owner" })
    );
    assert_eq!(ticket["created_at"], "2026-11-17T15:22:00Z");
    let of = |end: &str| format!("{TICKETS}/1001{end}");
    assert_eq!(
        stand
            .ask(post(&of("/replies"), &token, &json!({ "body": "Fill it" })))
            .await
            .status,
        StatusCode::CREATED
    );
    assert_eq!(
        stand
            .ask(post(&of("/notes"), &token, &json!({ "body": "Inside" })))
            .await
            .status,
        StatusCode::CREATED
    );
    let put = |end: &str, body: Value| Ask::new(Method::PUT, &of(end)).bearer(&token).json(&body);
    let given = stand
        .ask(put("/assignee", json!({ "email": "lead@desk.example" })))
        .await;
    assert_eq!(given.json()["assignee"]["email"], "lead@desk.example");
    let solved = stand
        .ask(put(
            "/solution",
            json!({ "cause": "Empty", "steps": "Fill", "helped": "x" }),
        ))
        .await;
    assert_eq!(
        (&solved.json()["status"], &solved.json()["due"]),
        (&json!("solved"), &Value::Null)
    );
    let reopened = stand
        .ask(Ask::new(Method::DELETE, &of("/solution")).bearer(&token))
        .await;
    assert_eq!(reopened.json()["status"], "open");
    let shown = stand.ask(get(&of(""), &token)).await.json();
    let kinds: Vec<&str> = shown["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["request", "reply", "note"]);
    let own = stand.token("owner", "read");
    let seen = stand.ask(get(&of(""), &own)).await.json();
    assert_eq!(
        seen["messages"].as_array().unwrap().len(),
        2,
        "no note for the requester"
    );
}

/// Every body of the API, each right as it stands.
fn bodies() -> Vec<(Method, String, Value)> {
    vec![
        (
            Method::PUT,
            format!("{TICKETS}/1001/snooze"),
            json!({ "until": "2026-12-01T13:00:00Z" }),
        ),
        (
            Method::POST,
            TICKETS.into(),
            json!({ "subject": "New", "body": "words" }),
        ),
        (
            Method::POST,
            format!("{TICKETS}/1001/replies"),
            json!({ "body": "words" }),
        ),
        (
            Method::POST,
            format!("{TICKETS}/1001/notes"),
            json!({ "body": "words" }),
        ),
        (
            Method::PUT,
            format!("{TICKETS}/1001/assignee"),
            json!({ "email": "member@desk.example" }),
        ),
        (
            Method::PUT,
            format!("{TICKETS}/1001/solution"),
            json!({ "cause": "c", "steps": "s" }),
        ),
    ]
}

/// What the model has and a program might like to set.
const FIELDS: &[&str] = &[
    "id",
    "number",
    "status",
    "stage",
    "impact",
    "urgency",
    "priority_set",
    "language",
    "topic",
    "assignee",
    "organization",
    "confirmed",
    "merged_into",
    "waiting_for",
    "created_at",
    "updated_at",
    "replied_at",
    "solved_at",
    "closed_at",
    "reply_due",
    "solve_due",
    "next_due",
    "paused_at",
    "paused_work",
    "role",
    "scopes",
    "internal",
    "kind",
    "state",
    "author",
    "format",
    "html",
    "minutes",
    "letter",
    "files",
    "at",
    "then",
    "via",
    "person",
    "suspended",
    "password",
    "teams",
    "__proto__",
];

#[tokio::test]
async fn no_field_of_the_model_can_be_slipped_in() {
    let stand = Stand::new();
    stand.thing(Relation::Own);
    let token = stand.token("admin", "read,write,admin");
    let events = stand.count("SELECT count(*) FROM event");
    for (method, path, body) in bodies() {
        // What a new ticket is about may be said.
        for field in FIELDS.iter().filter(|field| path != TICKETS || **field != "topic") {
            let mut more = body.clone();
            more[*field] = json!(1);
            let answer = stand
                .ask(Ask::new(method.clone(), &path).bearer(&token).json(&more))
                .await;
            assert!(
                problem(&answer, 422)["detail"].as_str().unwrap().contains(field),
                "{path} {field}"
            );
        }
    }
    let inner = json!({ "subject": "x", "requester": { "email": "a@b.example", "role": "admin" } });
    problem(&stand.ask(post(TICKETS, &token, &inner)).await, 422);
    assert_eq!(stand.count("SELECT count(*) FROM event"), events, "nothing was kept");
    for (method, path, body) in bodies() {
        let answer = stand.ask(Ask::new(method, &path).bearer(&token).json(&body)).await;
        assert!(answer.status.is_success(), "control: {path} {}", answer.text());
    }
    let query = stand.ask(get(&format!("{TICKETS}?owner=1"), &token)).await;
    problem(&query, 422);
}

#[tokio::test]
async fn a_requester_sets_nothing_but_his_words() {
    let stand = Stand::new();
    let token = stand.token("owner", "read,write");
    for (field, value) in [
        ("team", json!("Personnel")),
        ("team", json!("No such team")),
        ("priority", json!("urgent")),
        ("requester", json!({ "email": "till@desk.example" })),
        ("requester", json!({ "email": "nobody@nowhere.example" })),
    ] {
        let mut new = json!({ "subject": "x", "body": "y" });
        new[field] = value;
        problem(&stand.ask(post(TICKETS, &token, &new)).await, 404);
    }
    assert_eq!(stand.count("SELECT count(*) FROM ticket"), 0);
    let own = json!({ "subject": "x", "body": "y", "requester": { "email": "owner@desk.example" } });
    assert_eq!(stand.ask(post(TICKETS, &token, &own)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn the_same_key_is_the_same_deed() {
    let stand = Stand::new();
    let (token, other) = (stand.token("member", "read,write"), stand.token("lead", "read,write"));
    let new = json!({ "subject": "Once", "body": "only" });
    let ask = |token: &str, body: &Value| stand.ask(post(TICKETS, token, body).with("idempotency-key", "key-1"));
    let (first, again) = (ask(&token, &new).await, ask(&token, &new).await);
    assert_eq!((first.status, first.body.clone()), (again.status, again.body));
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(stand.count("SELECT count(*) FROM ticket"), 1);
    problem(&ask(&token, &json!({ "subject": "Else", "body": "only" })).await, 409);
    assert_eq!(ask(&other, &new).await.json()["number"], 1002, "a key is its owner's");
    let (one, two) = tokio::join!(
        stand.ask(post(TICKETS, &token, &new).with("idempotency-key", "key-2")),
        stand.ask(post(TICKETS, &token, &new).with("idempotency-key", "key-2")),
    );
    assert_eq!(
        (one.status, two.status, one.body == two.body),
        (StatusCode::CREATED, StatusCode::CREATED, true)
    );
    assert_eq!(stand.count("SELECT count(*) FROM ticket"), 3);
    let reply =
        post(&format!("{TICKETS}/1001/replies"), &token, &json!({ "body": "x" })).with("idempotency-key", "key-1");
    problem(&stand.ask(reply).await, 409);
    problem(
        &stand
            .ask(post(TICKETS, &token, &new).with("idempotency-key", &"x".repeat(201)))
            .await,
        400,
    );
}

#[tokio::test]
async fn pages_of_tickets_have_no_gaps() {
    let stand = Stand::new();
    for _ in 0..25 {
        stand.thing(Relation::Own);
    }
    let token = stand.token("member", "read");
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = stand
            .ask(get(&format!("{TICKETS}?limit=7{cursor}"), &token))
            .await
            .json();
        assert_eq!(keys(&page), ["items", "next"]);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|i| i["number"].as_i64().unwrap()),
        );
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    seen.sort_unstable();
    assert_eq!(seen, (1001..1026).collect::<Vec<_>>());
    problem(&stand.ask(get(&format!("{TICKETS}?cursor=x"), &token)).await, 422);
    problem(&stand.ask(get(&format!("{TICKETS}?view=x"), &token)).await, 422);
    problem(&stand.ask(get(&format!("{TICKETS}?limit=x"), &token)).await, 422);
}

#[tokio::test]
async fn refusals_are_problems() {
    let stand = Stand::new();
    let token = stand.token("admin", "read,write,admin");
    let unknown = stand.ask(get(TICKETS, "fl_nobody")).await;
    problem(&unknown, 401);
    assert_eq!(unknown.header("www-authenticate"), "Bearer");
    assert_eq!(
        problem(&stand.ask(Ask::new(Method::GET, TICKETS)).await, 401),
        unknown.json(),
        "no token, wrong token: one answer"
    );
    problem(&stand.ask(get(&format!("{TICKETS}/9"), &token)).await, 404);
    problem(&stand.ask(get(&format!("{TICKETS}/x"), &token)).await, 404);
    problem(&stand.ask(get("/api/firstline/v1/nothing", &token)).await, 404);
    let wrong = stand.ask(Ask::new(Method::PATCH, TICKETS).bearer(&token)).await;
    problem(&wrong, 405);
    assert!(wrong.header("allow").contains("POST"), "{:?}", wrong.headers);
    stand.thing(Relation::Own);
    let reopen = Ask::new(Method::DELETE, &format!("{TICKETS}/1001/solution")).bearer(&token);
    problem(&stand.ask(reopen).await, 409);
    let as_form = Ask::new(Method::POST, TICKETS).bearer(&token).form("subject=x");
    problem(&stand.ask(as_form).await, 415);
    let broken = Ask::new(Method::POST, TICKETS)
        .bearer(&token)
        .with("content-type", "application/json")
        .raw("{");
    problem(&stand.ask(broken).await, 400);
    let heavy = Ask::new(Method::PUT, &format!("{TICKETS}/1001/solution"))
        .bearer(&token)
        .with("content-type", "application/json");
    problem(&stand.ask(heavy.raw(vec![b' '; 3 << 20])).await, 413);
    let heavy = Ask::new(Method::POST, TICKETS)
        .bearer(&token)
        .with("content-type", "application/json");
    problem(&stand.ask(heavy.raw(vec![b' '; 3 << 20])).await, 413);
    let empty = problem(
        &stand
            .ask(post(TICKETS, &token, &json!({ "subject": " ", "body": "x" })))
            .await,
        422,
    );
    assert_eq!(empty["errors"][0]["field"], "subject");
}

#[tokio::test]
async fn a_character_no_database_keeps_is_refused_in_words() {
    let stand = Stand::new();
    stand.thing(Relation::Own);
    let token = stand.token("admin", "read,write,admin");
    for (method, path, body) in bodies() {
        for (field, _) in body.as_object().unwrap() {
            let mut bad = body.clone();
            bad[field] = json!("a\u{0}b");
            let answer = stand
                .ask(Ask::new(method.clone(), &path).bearer(&token).json(&bad))
                .await;
            problem(&answer, 422);
        }
    }
    for new in [
        json!({ "subject": "x", "team": "a\u{0}" }),
        json!({ "subject": "x", "requester": { "email": "a\u{0}@b.example" } }),
        json!({ "subject": "x", "requester": { "email": "a@b.example", "name": "a\u{0}" } }),
    ] {
        let answer = stand.ask(post(TICKETS, &token, &new)).await;
        assert!(!answer.status.is_server_error(), "{new}: {}", answer.text());
    }
    for path in [
        "/api/firstline/v1/search?q=%00",
        "/api/firstline/v1/tickets?q=%00",
        "/api/firstline/v1/events?after=%00",
        "/api/firstline/v1/letters?state=%00",
        "/api/firstline/v1/letters?cursor=%00",
    ] {
        let answer = stand.ask(get(path, &token)).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn too_often_says_when_to_come_back() {
    let stand = Stand::new();
    let token = stand.token("member", "read");
    let mut refused = None;
    for _ in 0..2000 {
        let answer = stand.ask(get("/api/firstline/v1/tickets/9", &token)).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the burst is not endless");
    problem(&refused, 429);
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|s| s >= 1));
    let other = stand.token("lead", "read");
    assert_eq!(
        stand.ask(get(TICKETS, &other)).await.status,
        StatusCode::OK,
        "others go on"
    );
}
