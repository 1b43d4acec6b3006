//! Words that come late, from a browser that had no network: said once, by who wrote them, and told apart from drafts.

use axum::http::StatusCode;
use desk::{PersonId, TicketNumber};

use super::company::{Answer, Company};

async fn say(company: &Company, by: PersonId, to: &str, fields: &[(&str, &str)]) -> Answer {
    let parts: Vec<_> = fields.iter().map(|(name, value)| (*name, None, *value)).collect();
    company.send(by, to, &parts).await
}

async fn shown(company: &Company, number: TicketNumber, words: &str) -> usize {
    let page = company.get(company.cedar, &format!("/tickets/{number}?all=true")).await;
    page.body.matches(&format!("<p>{words}</p>")).count()
}

#[tokio::test]
async fn what_arrives_twice_under_its_key_is_said_once() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let notes = format!("/tickets/{number}/notes");
    let note = |key: &'static str, words: &'static str| {
        let (company, notes) = (&company, &notes);
        async move { say(company, company.cedar, notes, &[("body", words), ("once", key)]).await }
    };
    let first = note("k1", "Asked the supplier").await;
    let again = note("k1", "Asked the supplier").await;
    assert_eq!(
        (first.status, again.status),
        (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
    );
    assert_eq!(
        first.headers["location"], again.headers["location"],
        "the same Undo is offered"
    );
    assert_eq!(shown(&company, number, "Asked the supplier").await, 1);
    assert_eq!(note("k1", "Other words").await.status, StatusCode::CONFLICT);
    note("k2", "Asked the supplier").await;
    note("", "Asked the supplier").await;
    assert_eq!(
        shown(&company, number, "Asked the supplier").await,
        3,
        "control: another key, and none"
    );
}

#[tokio::test]
async fn nobody_says_what_another_person_wrote_in_this_browser() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let notes = format!("/tickets/{number}/notes");
    let (cedar, larch) = (company.cedar.0.to_string(), company.larch.0.to_string());
    let of = |by| [("body", "The marmot sleeps"), ("by", by)];
    let taken = say(&company, company.cedar, &notes, &of(larch.as_str())).await;
    assert_eq!(taken.status, StatusCode::PRECONDITION_FAILED);
    assert!(taken.has("Somebody else is signed in") && !taken.has("The marmot sleeps"));
    assert_eq!(shown(&company, number, "The marmot sleeps").await, 0);
    let own = say(&company, company.cedar, &notes, &of(cedar.as_str())).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
    assert_eq!(shown(&company, number, "The marmot sleeps").await, 1);
}

#[tokio::test]
async fn a_reply_that_was_stopped_can_become_a_note() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let draft = format!("/tickets/{number}/draft");
    company
        .post(company.cedar, &draft, &[("kind", "reply"), ("body", "Restart it")])
        .await;
    company.reply(company.larch, number, "Restart the client, please.");
    let replies = format!("/tickets/{number}/replies");
    let stopped = say(
        &company,
        company.cedar,
        &replies,
        &[("body", "Restart it"), ("seen", "1")],
    )
    .await;
    assert_eq!(stopped.status, StatusCode::CONFLICT);
    assert!(stopped.has("Send anyway") && stopped.has("Make it a note") && stopped.has("value=\"instead\""));
    let notes = format!("/tickets/{number}/notes");
    let note = say(
        &company,
        company.cedar,
        &notes,
        &[("body", "Restart it"), ("then", "instead")],
    )
    .await;
    assert_eq!(note.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert_eq!(page.body.matches("msg is-note").count(), 1);
    assert!(
        !page.has("data-draft=\"Restart it\""),
        "the words are no draft of a reply any more"
    );
}

#[tokio::test]
async fn the_worker_of_a_device_is_compared_anew_every_time() {
    let company = Company::new();
    let worker = company.get(company.cedar, "/sw.js").await;
    assert_eq!(
        (worker.status, &worker.headers["cache-control"]),
        (StatusCode::OK, &"no-cache".parse().unwrap())
    );
    assert!(
        worker.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/javascript")
    );
    let page = company.get(company.cedar, "/inbox/mine").await;
    let own = format!("<body data-me=\"{}\"", company.cedar);
    assert!(
        page.has(&own) && page.has("role=\"status\" data-as-was hidden>"),
        "what it looks for"
    );
    assert!(page.has("No network. This is as it was on"));
}
