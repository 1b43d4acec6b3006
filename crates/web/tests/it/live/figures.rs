//! The team board hears of figures when they have been counted, and not of the line they come of.

use std::time::Duration;

use desk::reports;

use super::{Stream, note};
use crate::stand::{Relation, Stand};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_board_is_told_when_the_figures_are_counted_and_not_before() {
    let stand = Stand::new();
    let own = stand.thing(Relation::Own).ticket;
    reports::catch_up(&stand.desk).await.unwrap();
    let hub = stand.state.live().clone();
    let running = tokio::spawn(hub.clone().run(stand.desk.clone(), std::future::pending()));
    while hub.position().is_none() {
        tokio::task::yield_now().await;
    }
    let mut member = Stream::open(&stand, "member", "team,view:everyone").await;
    let mut outside = Stream::open(&stand, "outside", "team,view:everyone").await;
    note(&stand, own);
    let heard = member.until("view:everyone").await;
    assert!(
        !heard.contains("\"team\""),
        "control: the line is passed on, and not counted yet: {heard}"
    );
    reports::catch_up(&stand.desk).await.unwrap();
    let heard = member.until("\"team\"").await;
    assert!(
        heard.contains(r#"{"at":null,"request":null,"topic":"team"}"#),
        "{heard}"
    );
    let mut others = outside.until("view:everyone").await;
    while let Some(words) = outside.next(Duration::from_millis(300)).await.unwrap() {
        others += &words;
    }
    assert!(!others.contains("\"team\""), "he has no board: {others}");
    running.abort();
}

/// No hub runs here: all that is told is what was counted meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_counted_between_a_board_and_its_stream_is_told_first() {
    let stand = Stand::new();
    let own = stand.thing(Relation::Own).ticket;
    reports::catch_up(&stand.desk).await.unwrap();
    let before = stand.get(reports::counted_to);
    note(&stand, own);
    let at = |place: desk::events::Cursor| format!("topics=team&since={}", place.as_text());
    let uncounted = Stream::open_at(&stand, "member", &at(before), None)
        .await
        .until("id: ")
        .await;
    assert!(
        !uncounted.contains("\"team\""),
        "the line is there, its figures are not: {uncounted}"
    );
    assert!(
        uncounted.contains(&format!("id: {}", before.as_text())),
        "it stands where it was counted: {uncounted}"
    );
    reports::catch_up(&stand.desk).await.unwrap();
    let counted = Stream::open_at(&stand, "member", &at(before), None)
        .await
        .until("id: ")
        .await;
    assert!(counted.contains("\"team\""), "{counted}");
    let now = stand.get(reports::counted_to);
    let again = Stream::open_at(&stand, "member", &at(now), None)
        .await
        .until("id: ")
        .await;
    assert!(
        !again.contains("\"team\""),
        "control: a board that shows them hears nothing: {again}"
    );
}
