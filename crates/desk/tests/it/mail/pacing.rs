//! A destination that asks for another time is left alone for a while; letters to others do not wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use desk::clock::SECOND;
use desk::mailboxes::{Carrier, Runner};
use mail::outbound::{Relay, Roots, Tls};
use mail::smtp::{BoxFuture, Delivery, Envelope, Limits, Protocol, Receiver, RecipientVerdict, serve};
use tokio::net::TcpListener;

use super::desk::{SUPPORT, each};

/// A relay that takes letters to everybody but to busy.example, for a while.
#[derive(Default)]
struct Elsewhere {
    well: AtomicBool,
    asked: AtomicI64,
    taken: AtomicI64,
}

struct Door(Arc<Elsewhere>);

impl Receiver for Door {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientVerdict> {
        let busy = address.ends_with("@busy.example") && !self.0.well.load(Ordering::SeqCst);
        if busy {
            self.0.asked.fetch_add(1, Ordering::SeqCst);
        }
        Box::pin(async move {
            match busy {
                true => RecipientVerdict::Later("not now".to_string()),
                false => RecipientVerdict::Accept,
            }
        })
    }

    fn deliver<'a>(&'a self, _envelope: Envelope, _raw: Vec<u8>) -> BoxFuture<'a, Delivery> {
        self.0.taken.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Delivery::Kept })
    }
}

fn relay(port: u16) -> Relay {
    Relay {
        host: "127.0.0.1".to_string(),
        port,
        tls: Tls::None,
        login: None,
        roots: Roots::default(),
        hello_name: "localhost".to_string(),
        timeout: Duration::from_secs(20),
        patience: Duration::from_secs(20),
    }
}

/// Until so many letters were taken, while the clock goes a hundred times too fast: less than a lease in a conversation.
async fn goes_on(there: &Elsewhere, wanted: i64, tick: impl Fn()) {
    let (begun, mut ticks) = (Instant::now(), 0);
    while there.taken.load(Ordering::SeqCst) < wanted {
        assert!(begun.elapsed() < Duration::from_secs(60), "they never leave");
        if begun.elapsed() >= Duration::from_millis(10) * ticks {
            ticks += 1;
            tick();
        }
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_destination_in_trouble_keeps_no_other_back() {
    const BUSY: i64 = 12;
    const OTHERS: i64 = 6;
    each(|d| {
        for n in 0..BUSY {
            let from = format!("p{n}@busy.example");
            d.writes(&from, SUPPORT, "Subject: Printer", "It is broken.");
        }
        for n in 0..OTHERS {
            let from = format!("someone@well{n}.example");
            d.writes(&from, SUPPORT, "Subject: Printer", "It is broken.");
        }
        d.advance(10 * SECOND);
        let there = Arc::<Elsewhere>::default();
        d.wait(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let port = listener.local_addr().unwrap().port();
            let (close, closed) = tokio::sync::oneshot::channel::<()>();
            let door = Arc::new(Door(Arc::clone(&there)));
            let server = tokio::spawn(serve(listener, Protocol::Smtp, Limits::default(), door, closed));
            let runner = Runner::new(d.desk.clone(), Some(Carrier::Relay(relay(port))));
            let (stop, stopped) = tokio::sync::watch::channel(false);
            let running = tokio::spawn(runner.run(stopped));
            super::moving::until(d, "SELECT count(*) FROM outgoing WHERE state = 'sent'", OTHERS).await;
            // Whatever waits now waits for its destination, untried but for the first two.
            super::moving::until(
                d,
                "SELECT count(*) FROM job WHERE lease_until = 0 AND attempts < 2",
                BUSY,
            )
            .await;
            let asked = there.asked.load(Ordering::SeqCst);
            assert!(
                (1..=2).contains(&asked),
                "{asked} letters were offered to a server in trouble"
            );
            super::moving::until(d, "SELECT count(*) FROM job WHERE attempts = 1", asked).await;

            there.well.store(true, Ordering::SeqCst);
            goes_on(&there, BUSY + OTHERS, || d.advance(SECOND)).await;
            super::moving::until(d, "SELECT count(*) FROM outgoing WHERE state = 'sent'", BUSY + OTHERS).await;
            stop.send(true).unwrap();
            running.await.unwrap();
            close.send(()).unwrap();
            server.await.unwrap().unwrap();
        });
        assert_eq!(there.taken.load(Ordering::SeqCst), BUSY + OTHERS, "each once");
        assert_eq!(d.count("SELECT count(*) FROM job"), 0);
    });
}
