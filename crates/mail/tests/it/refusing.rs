//! Who is turned away, and that the receiver hears of it; and words meant to be understood otherwise than they were said.

use crate::securing::{certificate, limits};
use crate::smtp_client::{Client, Server};
use mail::smtp::{Door, Limits, Protocol, Rates, Refusal, Submission};
use std::net::{IpAddr, Ipv4Addr};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// A door that knows nobody: to it this machine is any other.
fn knows_nobody() -> Door {
    Door {
        trusted: vec!["10.0.0.0/8".parse().unwrap()],
        ..Door::default()
    }
}

fn kinds(server: &Server) -> Vec<Refusal> {
    let told = server.memory.turned_away.lock().unwrap();
    assert!(told.iter().all(|(_, peer)| *peer == IpAddr::V4(Ipv4Addr::LOCALHOST)));
    told.iter().map(|(kind, _)| *kind).collect()
}

#[tokio::test]
async fn lmtp_is_for_our_own_servers_alone() {
    let server = Server::start(Protocol::Lmtp, limits(knows_nobody())).await;
    let mut words = String::new();
    let mut stranger = TcpStream::connect(server.address).await.unwrap();
    stranger.read_to_string(&mut words).await.unwrap();
    assert!(words.starts_with("421 4.7.1 LMTP is for our own"), "{words}");
    assert_eq!(kinds(&server), [Refusal::Stranger]);
    server.finish().await;
    // The controls: by SMTP anybody may come, and by LMTP who is of the networks.
    let ours = Door {
        trusted: vec!["127.0.0.0/8".parse().unwrap()],
        ..Door::default()
    };
    for (protocol, door) in [(Protocol::Smtp, knows_nobody()), (Protocol::Lmtp, ours)] {
        let server = Server::start(protocol, limits(door)).await;
        server.client().await.say("NOOP", "250").await;
        assert_eq!(kinds(&server), []);
        server.finish().await;
    }
}

#[tokio::test]
async fn what_is_turned_away_is_told() {
    let (_, door, _) = certificate();
    let door = Door {
        submission: Submission::Offered,
        trusted: Vec::new(),
        ..door
    };
    let limits = Limits {
        connections_per_peer: 1,
        message: 1_000,
        rates: Rates {
            a_minute: 5,
            ..Rates::default()
        },
        ..limits(door)
    };
    let server = Server::start(Protocol::Smtp, limits).await;
    let mut client = server.client().await;
    let mut another = TcpStream::connect(server.address).await.unwrap();
    another.read_to_string(&mut String::new()).await.unwrap();
    client.say("EHLO x", "250").await;
    client.say("AUTH PLAIN AGFubgB3cm9uZw==", "535").await;
    client.say("MAIL FROM:<a@b.example> SIZE=1001", "552").await;
    client.say("MAIL FROM:<a@b.example>", "250").await;
    client.say("RCPT TO:<nobody@here.example>", "550").await;
    client.say("RCPT TO:<later@here.example>", "451").await;
    for to in ["full", "busy", "refused"] {
        client.say("RSET", "250").await;
        client.open(&format!("{to}@here.example")).await;
        client.send(".\r\n").await;
        client.answer().await;
    }
    client.open("a@here.example").await;
    client.send(format!("{}\r\n.\r\n", "x".repeat(1_001))).await;
    client.expect("552").await;
    client.say("MAIL FROM:<a@b.example>", "451 4.7.1").await;
    let told = [
        Refusal::Connections,
        Refusal::SignIn,
        Refusal::Size,
        Refusal::Recipient,
        Refusal::Receiver,
        Refusal::Room,
        Refusal::Receiver,
        Refusal::Receiver,
        Refusal::Size,
        Refusal::Rate,
    ];
    assert_eq!(kinds(&server), told);
    while client.say_any("WHAT").await.starts_with("500") {}
    assert_eq!(kinds(&server).last(), Some(&Refusal::Errors));
    server.finish().await;
}

/// A conversation that has said whom the letter is from.
async fn begun(server: &Server) -> Client {
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    client.say("MAIL FROM:<a@b.example>", "250").await;
    client
}

#[tokio::test]
async fn a_command_is_what_one_line_says_and_nothing_more() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    for line in [
        "RCPT TO:<a@here.example>\rRCPT TO:<b@here.example>",
        "RCPT TO:<a@here.example>\0",
        "RCPT TO:<a\0@here.example>",
        "RCPT TO:<a@here.example\u{b}>",
        "RCPT TO:<a@here.example> <b@here.example>",
        "RCPT TO:<a@here.example>,<b@here.example>",
        "RCPT TO:<a@here.example, b@here.example>",
        "RCPT TO:<\"a@here.example",
        "RCPT TO:<a@here.example>>",
        "RCPT TO:a@here.example",
        "RCPT TO:<>",
        "\u{feff}RCPT TO:<a@here.example>",
    ] {
        let mut client = begun(&server).await;
        let answer = client.say_any(line).await;
        assert!(answer.starts_with('5'), "{line:?}: {answer}");
        client.say("DATA", "503").await;
    }
    // Bytes that are no UTF-8.
    let mut client = begun(&server).await;
    client.send(b"RCPT TO:<\xff@here.example>\r\n").await;
    client.expect("500").await;
    // The control.
    client.say("RCPT TO:<a@here.example>", "250").await;
    server.finish().await;
}

#[tokio::test]
async fn a_line_without_an_end_takes_no_room_and_says_nothing() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    let mut client = begun(&server).await;
    // Its tail would be a command of its own if the line were cut somewhere.
    for _ in 0..64 {
        client
            .send(format!("{}RCPT TO:<a@here.example>", "x".repeat(64 * 1024)))
            .await;
    }
    client.send("\r\n").await;
    client.expect("500 5.5.2 The line is too long").await;
    client.say("DATA", "503").await;
    client.say("NOOP", "250").await;
    server.finish().await;
}

#[tokio::test]
async fn chunks_and_other_peoples_addresses_are_neither_offered_nor_taken() {
    for (protocol, hello) in [(Protocol::Smtp, "EHLO x"), (Protocol::Lmtp, "LHLO x")] {
        let server = Server::start(protocol, Limits::default()).await;
        let mut client = server.client().await;
        let offers = client.say(hello, "250").await;
        for never in [
            "CHUNKING",
            "BINARYMIME",
            "XCLIENT",
            "XFORWARD",
            "BURL",
            "AUTH",
            "DSN",
            "VRFY",
        ] {
            assert!(!offers.contains(never), "{offers}");
        }
        client.say("MAIL FROM:<a@b.example> BODY=BINARYMIME", "555").await;
        client.say("MAIL FROM:<a@b.example>", "250").await;
        client.say("RCPT TO:<a@here.example>", "250").await;
        // The chunk is no letter: what is in it is read as commands, none of which begins one.
        client.send("BDAT 9 LAST\r\n").await;
        client.expect("502").await;
        client.say("RSET", "250").await;
        assert!(server.letters().is_empty());
        server.finish().await;
    }
}
