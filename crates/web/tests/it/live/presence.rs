//! Who else looks at a ticket: told to those who may see it, forgotten after twenty seconds, and nobody else's business.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use desk::access::Role;
use desk::clock::SECOND;
use desk::{TicketNumber, people};

use super::Stream;
use crate::stand::{Ask, Relation, Stand};

async fn says(stand: &Stand, who: &str, number: TicketNumber, words: &str) -> serde_json::Value {
    let ask = Ask::new(Method::POST, &format!("/tickets/{number}/here"))
        .ours()
        .form(words);
    let answer = stand.ask(ask.session(&stand.session(who))).await;
    assert_eq!(answer.status, StatusCode::OK, "{who}: {}", answer.text());
    answer.json()
}

async fn page(stand: &Stand, who: &str, path: &str) -> String {
    stand
        .ask(Ask::new(Method::GET, path).session(&stand.session(who)))
        .await
        .text()
}

/// The data of the next word about who is here.
async fn told(stream: &mut Stream) -> serde_json::Value {
    let words = stream.until("event: here").await;
    let data = words.lines().find_map(|line| line.strip_prefix("data: {\"ticket"));
    serde_json::from_str(&format!("{{\"ticket{}", data.expect("a word with data"))).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_looks_and_types_is_told_at_once_and_forgotten_after_twenty_seconds() {
    let stand = Stand::new();
    let own = stand.thing(Relation::Own).ticket;
    let hub = stand.state.live().clone();
    let running = tokio::spawn(hub.run(stand.desk.clone(), std::future::pending()));
    let mut listening = Stream::open(&stand, "member", &format!("ticket:{own}")).await;
    let alone = says(&stand, "outside", own, "writes=true").await;
    assert_eq!(alone["looks"], "", "nobody else is there");
    let word = told(&mut listening).await;
    assert_eq!(word["looks"], "outside looks at this too", "{word}");
    assert_eq!(word["writes"], "outside is typing a reply.");
    assert_eq!(word["faces"].as_array().unwrap().len(), 1);
    let both = says(&stand, "member", own, "").await;
    assert_eq!(both["looks"], "outside looks at this too");
    let shown = page(&stand, "member", &format!("/tickets/{own}")).await;
    assert!(shown.contains("outside looks at this too") && shown.contains("outside is typing a reply."));
    assert!(
        page(&stand, "member", "/inbox/everyone")
            .await
            .contains("outside looks at this too")
    );
    stand.desk.clock().advance(20 * SECOND);
    let word = told(&mut listening).await;
    assert_eq!((&word["looks"], &word["writes"]), (&"".into(), &"".into()), "{word}");
    assert!(
        !page(&stand, "member", &format!("/tickets/{own}"))
            .await
            .contains("outside looks")
    );
    running.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_see_the_ticket_learns_nothing_of_who_looks() {
    let stand = Stand::new();
    let (own, private) = (stand.thing(Relation::Own).ticket, stand.thing(Relation::Private).ticket);
    let topics = format!("ticket:{own},ticket:{private},view:everyone");
    let mut outside = Stream::open(&stand, "outside", &topics).await;
    let mut lead = Stream::open(&stand, "lead", &topics).await;
    says(&stand, "member", private, "writes=true").await;
    assert_eq!(
        told(&mut lead).await["ticket"],
        private.0,
        "control: who may see it is told"
    );
    says(&stand, "member", own, "").await;
    let heard = outside.until("event: here").await;
    assert!(heard.contains(&format!("{{\"ticket\":{own},")), "{heard}");
    assert!(
        !heard.contains(&private.to_string()),
        "the private one is not hinted at: {heard}"
    );
    let ask = Ask::new(Method::POST, &format!("/tickets/{private}/here"))
        .ours()
        .form("");
    let refused = stand.ask(ask.session(&stand.session("outside"))).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let gone = stand.id("outside");
    stand.write(move |tx, cx| people::suspend(tx, cx, gone));
    says(&stand, "member", own, "leaves=true").await;
    let mut after = Some(String::new());
    while let Some(words) = after {
        assert!(!words.contains("event: here"), "{words}");
        after = outside.next(Duration::from_secs(20)).await.ok().flatten();
    }
}

#[tokio::test]
async fn whoever_asked_is_not_told_and_not_shown() {
    let stand = Stand::new();
    let own = stand.thing(Relation::Own).ticket;
    let before = stand.count("SELECT count(*) FROM event");
    says(&stand, "member", own, "").await;
    let (owner, session) = (stand.id("owner"), stand.session("owner"));
    let ask = || {
        Ask::new(Method::POST, &format!("/tickets/{own}/here"))
            .ours()
            .form("")
            .session(&session)
    };
    assert_eq!(stand.ask(ask()).await.status, StatusCode::NOT_FOUND);
    let portal = stand
        .ask(Ask::new(Method::GET, &format!("/en/requests/{own}")).session(&session))
        .await;
    assert!(portal.status == StatusCode::OK && !portal.text().contains("looks at this"));
    stand.write(move |tx, cx| people::change_role(tx, cx, owner, Role::Technician));
    let asked = says(&stand, "owner", own, "writes=true").await;
    assert_eq!(asked["looks"], "", "his own request, even as a technician");
    assert!(
        !page(&stand, "owner", &format!("/tickets/{own}"))
            .await
            .contains("member looks")
    );
    let seen = says(&stand, "lead", own, "").await;
    assert_eq!(
        seen["looks"], "member looks at this too",
        "the one who asked is not among them"
    );
    assert_eq!(
        stand.count("SELECT count(*) FROM event"),
        before + 1,
        "it is no event; only the role is"
    );
}
