//! Staying with a mailbox at a real dovecot: letters come as they arrive, a server that was away is found again, and who
//! was refused does not hammer.

use crate::taking::{Taker, USER, Watching, fill, flags, imap, until, visit};
use mail::fetch::{Afterwards, Event, FetchError, Login, Place, Taken};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use testmail::Dovecot;

#[tokio::test]
async fn a_refused_sign_in_is_told_apart_and_not_hurried() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = imap(&dovecot, Afterwards::MarkSeen);
    account.login = Login::Password {
        user: USER.to_owned(),
        password: "wr\u{f6}ng".to_owned(),
    };
    let (taker, mut events) = Taker::new(&account);
    let visited = visit(&account, Place::default(), &taker).await;
    assert!(matches!(visited.failed, Some(FetchError::SignIn(_))), "{visited:?}");
    let watching = Watching::begin(&Arc::new(taker));
    let event = until(&mut events, |_| true).await;
    let Event::Failed {
        error: FetchError::SignIn(words),
        next_try_in,
    } = event
    else {
        panic!("{event:?}")
    };
    assert!(
        next_try_in >= Duration::from_secs(300) && !words.contains("wr\u{f6}ng"),
        "{words}"
    );
    watching.end().await;
    assert!(!format!("{account:?}").contains("wr\u{f6}ng"));
}

#[tokio::test]
async fn letters_arrive_while_we_wait() {
    let Some(dovecot) = Dovecot::start() else { return };
    let account = imap(&dovecot, Afterwards::MarkSeen);
    let (taker, mut events) = Taker::new(&account);
    let taker = Arc::new(taker);
    let watching = Watching::begin(&taker);
    until(
        &mut events,
        |event| matches!(event, Event::Visited(visited) if visited.kept == 0),
    )
    .await;
    for round in 0..3 {
        let sent = Instant::now();
        fill(&dovecot, [format!("call {round}")]);
        until(
            &mut events,
            |event| matches!(event, Event::Visited(visited) if visited.kept == 1),
        )
        .await;
        assert!(sent.elapsed() < Duration::from_secs(2), "{:?}", sent.elapsed());
    }
    watching.end().await;
    assert_eq!(taker.subjects(), ["call 0", "call 1", "call 2"]);
    assert_eq!(flags(&dovecot, ""), ["S", "S", "S"]);
}

#[tokio::test]
async fn a_server_that_comes_back_is_found_again() {
    let Some(mut dovecot) = Dovecot::start() else { return };
    let account = imap(&dovecot, Afterwards::MarkSeen);
    let (taker, mut events) = Taker::new(&account);
    let taker = Arc::new(taker);
    let watching = Watching::begin(&taker);
    until(&mut events, |event| matches!(event, Event::Visited(_))).await;
    dovecot.stop();
    let failed = until(&mut events, |event| matches!(event, Event::Failed { .. })).await;
    assert!(
        matches!(
            failed,
            Event::Failed {
                error: FetchError::Line(_),
                ..
            }
        ),
        "{failed:?}"
    );
    dovecot.start_again();
    fill(&dovecot, ["after the storm".to_owned()]);
    until(
        &mut events,
        |event| matches!(event, Event::Visited(visited) if visited.kept == 1),
    )
    .await;
    watching.end().await;
    assert_eq!(taker.subjects(), ["after the storm"]);
}

#[tokio::test]
async fn a_server_that_cannot_call_is_asked() {
    let Some(dovecot) = Dovecot::start_with("imap_capability = IMAP4rev1") else {
        return;
    };
    let account = imap(&dovecot, Afterwards::MarkSeen);
    let (taker, mut events) = Taker::saying(&account, |_| Taken::Kept);
    let taker = Arc::new(taker);
    let watching = Watching::begin(&taker);
    until(&mut events, |event| matches!(event, Event::Visited(_))).await;
    fill(&dovecot, ["asked".to_owned()]);
    until(
        &mut events,
        |event| matches!(event, Event::Visited(visited) if visited.kept == 1),
    )
    .await;
    watching.end().await;
}

#[tokio::test]
async fn a_taker_without_room_is_asked_again() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["patient".to_owned()]);
    let account = imap(&dovecot, Afterwards::MarkSeen);
    let asked = Arc::new(Mutex::new(0));
    let count = asked.clone();
    let (taker, mut events) = Taker::saying(&account, move |_| {
        *count.lock().unwrap() += 1;
        if *count.lock().unwrap() < 3 {
            Taken::Full
        } else {
            Taken::Kept
        }
    });
    let watching = Watching::begin(&Arc::new(taker));
    until(
        &mut events,
        |event| matches!(event, Event::Visited(visited) if visited.kept == 1),
    )
    .await;
    watching.end().await;
    assert_eq!(*asked.lock().unwrap(), 3);
}
