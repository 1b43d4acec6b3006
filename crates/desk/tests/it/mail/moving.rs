//! The loops and the doors: a letter over a real socket, read by the runner, its answer carried out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::mailboxes::{Carrier, DeskReceiver, LetterState, Runner, Way, intake};
use mail::smtp::{Delivery, Envelope, Protocol, Receiver, RecipientVerdict};

use super::desk::{SUPPORT, TestDesk, each, letter};

fn envelope(to: &[&str]) -> Envelope {
    Envelope {
        from: Some("cedar@requester.example".into()),
        to: to.iter().map(ToString::to_string).collect(),
        peer: std::net::IpAddr::from([192, 0, 2, 1]),
        helo: "mx.requester.example".into(),
        protocol: Protocol::Smtp,
        tls: false,
        authenticated: None,
    }
}

#[test]
fn the_door_takes_our_addresses_and_no_other() {
    each(|d| {
        let door = DeskReceiver::new(d.desk.clone());
        assert_eq!(
            d.wait(door.recipient("Support+tx@desk.example")),
            RecipientVerdict::Accept
        );
        assert!(matches!(
            d.wait(door.recipient("stranger@elsewhere.example")),
            RecipientVerdict::Refuse(_)
        ));
        let raw = letter("cedar@requester.example", SUPPORT, "Subject: x", "y").into_bytes();
        assert_eq!(
            d.wait(door.deliver(envelope(&[SUPPORT, "support+a@desk.example"]), raw.clone())),
            Delivery::Kept
        );
        assert_eq!(
            d.count("SELECT count(*) FROM letter WHERE state = 'kept' AND mailbox IS NOT NULL"),
            1
        );
        let kept: Vec<u8> = d.read(|r| Ok(r.one("SELECT raw FROM letter_raw", &[])?));
        assert_eq!(kept, raw);
    });
}

/// Waits for a row that the runner will write; half a minute is a failure.
pub(super) async fn until(d: &TestDesk, sql: &'static str, wanted: i64) {
    let begun = Instant::now();
    loop {
        let count: i64 = d.desk.read(move |r| Ok(r.one(sql, &[])?)).await.unwrap();
        if count == wanted {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{sql}: {count}, not {wanted}"
        );
        tokio::task::yield_now().await;
    }
}

#[test]
fn the_runner_keeps_up_and_carries_answers_out() {
    each(|d| {
        const LETTERS: i64 = 300;
        let out = tempfile::tempdir().unwrap();
        let runner = Runner::new(d.desk.clone(), Some(Carrier::Folder(out.path().to_path_buf())));
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let door: Arc<dyn Receiver> = Arc::new(DeskReceiver::new(d.desk.clone()));
        let begun = Instant::now();
        d.wait(async {
            let running = tokio::spawn(runner.run(stopped));
            // Sixteen connections, each with one letter after the other.
            let mut connections = tokio::task::JoinSet::new();
            for first in 0..16 {
                let door = Arc::clone(&door);
                connections.spawn(async move {
                    for n in (first..LETTERS).step_by(16) {
                        let from = format!("p{n}@requester.example");
                        let raw =
                            letter(&from, SUPPORT, &format!("Subject: Printer {n}"), "It is broken.").into_bytes();
                        assert_eq!(door.deliver(envelope(&[SUPPORT]), raw).await, Delivery::Kept);
                    }
                });
            }
            connections.join_all().await;
            eprintln!(
                "{}: {LETTERS} letters kept in {:.2} s",
                d.engine,
                begun.elapsed().as_secs_f64()
            );
            until(d, "SELECT count(*) FROM letter WHERE state = 'filed'", LETTERS).await;
            let seconds = begun.elapsed().as_secs_f64();
            eprintln!("{}: {LETTERS} letters in and filed in {seconds:.2} s", d.engine);
            until(d, "SELECT count(*) FROM outgoing WHERE state = 'sent'", LETTERS).await;
            stop.send(true).unwrap();
            running.await.unwrap();
        });
        assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 300);
        assert_eq!(d.count("SELECT count(*) FROM job"), 0);
    });
}

#[test]
fn reading_a_letter_twice_files_it_once() {
    each(|d| {
        let entry = d.writes("cedar@requester.example", SUPPORT, "Subject: x", "y");
        let state = d.wait(desk::mailboxes::intake::read(&d.desk, entry.id, None)).unwrap();
        assert_eq!(state, entry.state);
        assert_eq!(d.count("SELECT count(*) FROM message"), 1);
    });
}

/// One letter, brought eight times over eight ways: each copy has a line of its own way at its top.
#[test]
fn the_same_letter_eight_times_at_once_is_one_ticket() {
    each(|d| {
        for round in 0..10 {
            let once = letter(
                &format!("cedar{round}@requester.example"),
                SUPPORT,
                &format!("Subject: Printer\r\nMessage-ID: <one{round}@requester.example>"),
                "It is broken.",
            );
            let copies = (0..8).map(|n| {
                let raw = format!("Received: from mx{n}.requester.example\r\n{once}");
                let now = d.desk.now();
                let to = [SUPPORT.to_string()];
                d.write(move |tx| {
                    intake::keep(tx, now, Way::Smtp, None, "cedar@requester.example", &to, raw.as_bytes())
                })
            });
            let copies: Vec<_> = copies.collect();
            let states = d.wait(async {
                let mut reading = tokio::task::JoinSet::new();
                for id in copies {
                    let desk = d.desk.clone();
                    reading.spawn(async move { intake::read(&desk, id, None).await.unwrap() });
                }
                reading.join_all().await
            });
            let of = |wanted| states.iter().filter(|state| **state == wanted).count();
            assert_eq!(
                (of(LetterState::Filed), of(LetterState::Duplicate)),
                (1, 7),
                "{states:?}"
            );
            assert_eq!(d.count("SELECT count(*) FROM ticket"), round + 1);
        }
    });
}
