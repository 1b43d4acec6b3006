//! Clients that want too much, too fast or too slowly, and what others notice of them.

use crate::smtp_client::{Client, Server};
use mail::smtp::{Door, Limits, Protocol, Rates};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn strangers() -> Door {
    Door {
        trusted: Vec::new(),
        ..Door::default()
    }
}

async fn begun(client: &mut Client, letters: usize) -> usize {
    for done in 0..letters {
        client.send("RSET\r\nMAIL FROM:<a@b.example>\r\n").await;
        client.expect("250").await;
        if !client.answer().await.starts_with("250") {
            return done;
        }
    }
    letters
}

#[tokio::test]
async fn a_stranger_sends_so_many_letters_and_no_more() {
    let rates = Rates {
        a_minute: 7,
        ..Rates::default()
    };
    let server = Server::start(
        Protocol::Smtp,
        Limits {
            rates,
            door: strangers(),
            ..Limits::default()
        },
    )
    .await;
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    assert_eq!(begun(&mut client, 20).await, 7);
    let mut another = server.client().await;
    another.say("EHLO x", "250").await;
    another.say("MAIL FROM:<c@d.example>", "451 4.7.1").await;
    server.finish().await;
    // The control: who is trusted, as this machine is by itself, sends on.
    let server = Server::start(
        Protocol::Smtp,
        Limits {
            rates,
            ..Limits::default()
        },
    )
    .await;
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    assert_eq!(begun(&mut client, 20).await, 20);
    server.finish().await;
}

#[tokio::test]
async fn trusted_peers_have_room_of_their_own() {
    let limits = |door| Limits {
        connections: 8,
        connections_per_peer: 100,
        door,
        ..Limits::default()
    };
    for (door, most) in [(strangers(), 7), (Door::default(), 8)] {
        let server = Server::start(Protocol::Smtp, limits(door)).await;
        let mut clients = Vec::new();
        for _ in 0..most {
            clients.push(server.client().await);
        }
        let mut refused = tokio::net::TcpStream::connect(server.address).await.unwrap();
        let mut words = String::new();
        refused.read_to_string(&mut words).await.unwrap();
        assert!(words.starts_with("421"), "{words}");
        drop(clients);
        server.finish().await;
    }
}

/// A connection outside the runtime, so that many of them cost little.
struct Slow(TcpStream);

impl Slow {
    async fn many(server: &Server, first: &str) -> Vec<Slow> {
        let mut all = Vec::new();
        for _ in 0..MANY {
            let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
            stream.write_all(first.as_bytes()).await.unwrap();
            all.push(Slow(stream.into_std().unwrap()));
        }
        all
    }

    /// One byte more; false when the server has ended the conversation.
    fn drip(&mut self) -> bool {
        let mut heard = [0; 512];
        loop {
            match self.0.read(&mut heard) {
                Ok(0) => return false,
                Ok(_) => {}
                Err(e) if e.kind() == ErrorKind::WouldBlock => break,
                Err(_) => return false,
            }
        }
        self.0.write_all(b"x").is_ok()
    }
}

/// Lets one second pass for everybody, with a letter begun in it by somebody else.
async fn second(slow: &mut Vec<Slow>, other: &mut Client) {
    slow.retain_mut(Slow::drip);
    tokio::time::advance(Duration::from_secs(1)).await;
    other
        .send("RSET\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@here.example>\r\n")
        .await;
    for _ in 0..3 {
        other.expect("250").await;
    }
}

const MANY: usize = 1_000;

#[tokio::test]
async fn two_thousand_slow_clients_end_and_hold_up_nobody() {
    tokio::time::pause();
    // While something blocks, the paused clock moves only when we move it.
    let (done, wait) = std::sync::mpsc::channel::<()>();
    let blocking = tokio::task::spawn_blocking(move || wait.recv());
    let server = Server::start(
        Protocol::Smtp,
        Limits {
            connections: 2_500,
            ..Limits::default()
        },
    )
    .await;
    let mut other = server.client().await;
    other.say("EHLO x", "250").await;
    let letter = "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@here.example>\r\nDATA\r\n";
    let mut in_lines = Slow::many(&server, "").await;
    let mut in_letters = Slow::many(&server, letter).await;
    for _ in 0..20 {
        second(&mut in_lines, &mut other).await;
        in_letters.retain_mut(Slow::drip);
    }
    // The control: for as long as a fair client may take, they are there.
    assert_eq!((in_lines.len(), in_letters.len()), (MANY, MANY));
    for _ in 0..25 {
        second(&mut in_lines, &mut other).await;
        in_letters.retain_mut(Slow::drip);
    }
    assert_eq!(
        (in_lines.len(), in_letters.len()),
        (0, MANY),
        "half a minute for a line, when it is tight"
    );
    for _ in 0..100 {
        second(&mut in_letters, &mut other).await;
    }
    assert_eq!(in_letters.len(), MANY);
    for _ in 0..50 {
        second(&mut in_letters, &mut other).await;
    }
    assert_eq!(in_letters.len(), 0, "three minutes for a letter that does not come");
    assert!(server.letters().is_empty());
    done.send(()).unwrap();
    blocking.await.unwrap().unwrap();
    tokio::time::resume();
    server.finish().await;
}
