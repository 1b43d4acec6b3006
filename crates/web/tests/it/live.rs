//! The stream of live pages tells nobody of a ticket he may not see, and ends with the session.

mod figures;
mod presence;

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use desk::TicketNumber;
use desk::events::{self, Cursor};
use desk::tickets::{self, NewMessage};
use futures_util::StreamExt;
use tower::ServiceExt;

use crate::stand::{Relation, Stand};

struct Stream(BodyDataStream);

impl Stream {
    async fn open(stand: &Stand, who: &str, topics: &str) -> Stream {
        Stream::open_at(stand, who, &format!("topics={topics}"), None).await
    }

    async fn open_at(stand: &Stand, who: &str, query: &str, last: Option<Cursor>) -> Stream {
        let mut request = Request::get(format!("/live?{query}"))
            .header(header::COOKIE, format!("__Host-firstline={}", stand.session(who)));
        if let Some(last) = last {
            request = request.header("last-event-id", last.as_text());
        }
        let request = request.body(Body::empty()).unwrap();
        let response = stand.app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Stream(response.into_body().into_data_stream())
    }

    /// The next words, or nothing when they do not come; `Err` at the end.
    async fn next(&mut self, wait: Duration) -> Result<Option<String>, ()> {
        match tokio::time::timeout(wait, self.0.next()).await {
            Err(_) => Ok(None),
            Ok(Some(Ok(bytes))) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Ok(_) => Err(()),
        }
    }

    /// Everything up to the first line about this topic.
    async fn until(&mut self, topic: &str) -> String {
        let mut all = String::new();
        while !all.contains(topic) {
            let words = self.next(Duration::from_secs(20)).await.expect("the stream goes on");
            all += &words.unwrap_or_else(|| panic!("no {topic} in {all:?}"));
        }
        all
    }
}

fn note(stand: &Stand, number: TicketNumber) {
    let new = NewMessage {
        body: "x".into(),
        ..NewMessage::default()
    };
    let member = stand.id("member");
    let cx = desk::Context {
        viewer: desk::access::Viewer::desk(member),
        ..stand.cx()
    };
    stand.put(move |tx| tickets::note(tx, &cx, number, &new));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_of_what_he_may_not_see_and_the_stream_ends_with_the_session() {
    let stand = Stand::new();
    let (own, private) = (stand.thing(Relation::Own).ticket, stand.thing(Relation::Private).ticket);
    let hub = stand.state.live().clone();
    let running = tokio::spawn(hub.run(stand.desk.clone(), std::future::pending()));
    let topics = format!("ticket:{own},ticket:{private},view:everyone");
    let mut outside = Stream::open(&stand, "outside", &topics).await;
    let mut member = Stream::open(&stand, "member", &topics).await;
    // The hub begins at the end of the log, so lines are written until it passes one on.
    let (mut first, own_topic) = (String::new(), format!("ticket:{own}"));
    while !first.contains(&own_topic) {
        note(&stand, own);
        first += &outside
            .next(Duration::from_millis(200))
            .await
            .unwrap()
            .unwrap_or_default();
    }
    member.until(&own_topic).await;
    note(&stand, private);
    let closing = stand.thing(Relation::Own).ticket;
    let told = member.until(&format!("ticket:{private}")).await;
    assert!(told.contains("view:everyone"), "control: a member is told");
    note(&stand, own);
    note(&stand, own);
    let mut heard = outside.until(&own_topic).await;
    heard += &outside.until(&own_topic).await;
    assert!(!heard.contains(&format!("ticket:{private}")), "{heard}");
    assert_ne!(closing, private);
    let gone = stand.id("outside");
    stand.write(move |tx, cx| desk::people::suspend(tx, cx, gone));
    note(&stand, own);
    let mut after = String::new();
    while let Ok(words) = outside.next(Duration::from_secs(20)).await {
        after += &words.expect("the stream ends when its session does");
    }
    running.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledger_hears_of_a_letter_that_was_read_and_of_one_let_in() {
    use desk::mailboxes::intake;
    let stand = Stand::new();
    let hub = stand.state.live().clone();
    let running = tokio::spawn(hub.run(stand.desk.clone(), std::future::pending()));
    let mut technician = Stream::open(&stand, "member", "letters").await;
    let raw = b"From: <larch@desk.example>\r\nSubject: Hello\r\nPrecedence: bulk\r\n\r\nA word.\r\n";
    let to = ["support@desk.example".to_string()];
    let keep = || {
        let to = to.clone();
        stand.put(move |tx| {
            intake::keep(
                tx,
                crate::stand::NOW,
                intake::Way::Smtp,
                None,
                "larch@desk.example",
                &to,
                raw,
            )
        })
    };
    // The hub begins at the end of the log, so letters are read until it passes one on.
    let mut heard = String::new();
    let mut last = None;
    while !heard.contains("letters") {
        let id = keep();
        intake::read(&stand.desk, id, None).await.unwrap();
        last = Some(id);
        heard += &technician
            .next(Duration::from_millis(200))
            .await
            .unwrap()
            .unwrap_or_default();
    }
    while technician.next(Duration::from_millis(300)).await.unwrap().is_some() {}
    let (cx, id) = (stand.viewer("member"), last.unwrap());
    let state = stand.get({
        let cx = cx.clone();
        move |r| desk::mailboxes::ledger::find(r, &cx, id).map(|e| e.state)
    });
    assert_ne!(state, desk::mailboxes::LetterState::Filed, "a circular is not filed");
    stand.put(move |tx| desk::mailboxes::ledger::read_again(tx, &cx, id));
    technician.until("letters").await;
    running.abort();
}

/// What was missed, up to the end of the log.
async fn missed(stand: &Stand, who: &str, query: &str, last: Option<Cursor>) -> Vec<String> {
    let mut stream = Stream::open_at(stand, who, query, last).await;
    let end = stand.get(events::newest).as_text();
    let said = stream.until(&format!("id: {end}")).await;
    let data = said.lines().filter_map(|line| line.strip_prefix("data: {"));
    data.map(str::to_string).collect()
}

/// No hub runs here, so nothing is passed on: all that is told is what was missed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_between_a_page_and_its_stream_is_told_first() {
    let stand = Stand::new();
    let (own, private) = (stand.thing(Relation::Own).ticket, stand.thing(Relation::Private).ticket);
    let before = stand.get(events::newest);
    note(&stand, own);
    note(&stand, private);
    let after = stand.get(events::newest);
    let topics = format!("topics=ticket:{own},ticket:{private}");
    let at = |place: Cursor| format!("{topics}&since={}", place.as_text());

    let told = missed(&stand, "outside", &at(before), None).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains(&format!("\"ticket:{own}\"")),
        "the private one is not hinted at: {told:?}"
    );
    let told = missed(&stand, "member", &at(before), None).await;
    assert_eq!(told.len(), 2, "control: a member is told of both: {told:?}");
    let told = missed(&stand, "member", &at(after), None).await;
    assert!(told.is_empty(), "nothing has happened since: {told:?}");
    let told = missed(&stand, "member", &at(before), Some(after)).await;
    assert!(
        told.is_empty(),
        "where the browser left off is later than its page: {told:?}"
    );

    let later = Cursor {
        event: after.event + 7,
        ..after
    };
    let told = missed(&stand, "member", &at(later), None).await;
    assert_eq!(told.len(), 2, "a place that is not there yet: {told:?}");
    assert!(
        told.iter().all(|line| line.contains("\"at\":null")),
        "all is fetched in any case: {told:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_missed_too_much_is_told_that_everything_changed() {
    let stand = Stand::new();
    let (own, before) = (stand.thing(Relation::Own).ticket, stand.get(events::newest));
    (0..101).for_each(|_| note(&stand, own));
    let query = format!("topics=ticket:{own},view:mine,letters&since={}", before.as_text());
    let told = missed(&stand, "member", &query, None).await;
    assert_eq!(told.len(), 3, "each topic once: {told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missed_and_passed_on_as_well_is_told_once() {
    let stand = Stand::new();
    let own = stand.thing(Relation::Own).ticket;
    let hub = stand.state.live().clone();
    let running = tokio::spawn(hub.clone().run(stand.desk.clone(), std::future::pending()));
    while hub.position().is_none() {
        tokio::task::yield_now().await;
    }
    let (before, query) = (stand.get(events::newest), format!("topics=ticket:{own}"));
    // It listens from here on, and reads the log when the first words are asked of it.
    let mut stream = Stream::open_at(&stand, "member", &format!("{query}&since={}", before.as_text()), None).await;
    note(&stand, own);
    while hub.position() < Some(stand.get(events::newest)) {
        tokio::task::yield_now().await;
    }
    // What was missed comes first, then what was passed on: a second word ends both.
    let end = || format!("id: {}", stand.get(events::newest).as_text());
    let first = stream.until(&end()).await;
    note(&stand, own);
    let rest = stream.until(&end()).await;
    assert_eq!((first + &rest).matches("event: refresh").count(), 2);
    running.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_looks_at_the_articles_hears_of_a_new_one_and_who_looks_at_changes_does_not() {
    use desk::access::Audience;
    use desk::knowledge::{self, NewArticle, Texts};
    let stand = Stand::new();
    let hub = stand.state.live().clone();
    let running = tokio::spawn(hub.run(stand.desk.clone(), std::future::pending()));
    let mut articles = Stream::open(&stand, "member", "knowledge").await;
    let mut both = Stream::open(&stand, "member", "changes,outages,view:everyone").await;
    let draft = || {
        let cx = desk::Context {
            viewer: desk::access::Viewer::desk(stand.id("member")),
            ..stand.cx()
        };
        let texts = vec![Texts::new("A word.", "Un mot.")];
        let new = NewArticle::new(Texts::new("The press", "La presse"), texts, Audience::Internal);
        stand.put(move |tx| knowledge::draft(tx, &cx, &new).map(drop));
    };
    // The hub begins at the end of the log, so lines are written until it passes one on.
    let mut heard = String::new();
    while !heard.contains("\"knowledge\"") {
        draft();
        heard += &articles
            .next(Duration::from_millis(200))
            .await
            .unwrap()
            .unwrap_or_default();
    }
    note(&stand, stand.thing(Relation::Own).ticket);
    let others = both.until("view:everyone").await;
    assert!(!others.contains("changes") && !others.contains("outages"), "{others}");
    running.abort();
}
