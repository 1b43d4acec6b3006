//! The listeners over real sockets: orders, limits, and letters smuggled inside letters.

use crate::smtp_client::Server;
use mail::smtp::{Door, Limits, Protocol};
use std::time::Duration;

#[tokio::test]
async fn a_letter_is_taken_whole() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    let mut client = server.client().await;
    let hello = client.say("EHLO client.example", "250").await;
    for offer in [
        "PIPELINING",
        "SIZE 36700160",
        "8BITMIME",
        "ENHANCEDSTATUSCODES",
        "SMTPUTF8",
    ] {
        assert!(hello.contains(offer), "{hello}");
    }
    client.say("MAIL FROM:<> SIZE=100 BODY=8BITMIME SMTPUTF8", "250").await;
    client.say("RCPT TO:<nobody@here.example>", "550").await;
    client.say("RCPT TO:<later@here.example>", "451").await;
    client
        .say("RCPT TO:<@route.example:\"odd > one\"@here.example>", "250")
        .await;
    client.say("RCPT TO:<postmaster>", "250").await;
    client.say("DATA", "354").await;
    client
        .send(b"Subject: x\r\n\r\n..dots\r\n...\r\nbare\nlf\rcr\0nul \xff\r\n.\r\n")
        .await;
    client.expect("250").await;
    client.say("QUIT", "221").await;
    assert_eq!(client.answer().await, "");
    let (envelope, raw) = server.memory.kept.lock().unwrap()[0].clone();
    assert_eq!(raw, b"Subject: x\r\n\r\n.dots\r\n..\r\nbare\nlf\rcr\0nul \xff\r\n");
    assert_eq!(envelope.from, None);
    assert_eq!(envelope.sender(), "");
    assert_eq!(envelope.to, ["\"odd > one\"@here.example", "postmaster"]);
    assert_eq!(
        (envelope.helo.as_str(), envelope.protocol),
        ("client.example", Protocol::Smtp)
    );
    server.finish().await;
}

#[tokio::test]
async fn nothing_but_its_own_end_ends_a_letter() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    for end in [
        "\n.\n",
        "\n.\r\n",
        "\r.\r",
        "\r\n.\n",
        "\r\n.\r",
        "\r.\r\n",
        "\n.\r",
        "\r\n.\r\r\n",
        "\r\n.\0\r\n",
        "\r\n\0.\r\n",
        "\r\n. \r\n",
    ] {
        let mut client = server.client().await;
        client.open("a@here.example").await;
        let smuggled = format!("one{end}MAIL FROM:<evil@x.example>\r\nRCPT TO:<b@here.example>\r\nDATA\r\ntwo");
        client.send(format!("{smuggled}\r\n.\r\n")).await;
        client.expect("250").await;
        client.say("NOOP", "250").await;
    }
    assert_eq!(server.letters().len(), 11, "each conversation gave exactly one letter");
    assert!(server.letters().iter().all(|l| l.ends_with(b"two\r\n")));
    // The control: the true end does begin a new conversation.
    let mut client = server.client().await;
    client.open("a@here.example").await;
    client
        .send("one\r\n.\r\nMAIL FROM:<x@x.example>\r\nRCPT TO:<b@here.example>\r\nDATA\r\n")
        .await;
    for code in ["250", "250", "250", "354"] {
        client.expect(code).await;
    }
    client.send("two\r\n.\r\n").await;
    client.expect("250").await;
    assert_eq!(server.letters().len(), 13);
    server.finish().await;
}

#[tokio::test]
async fn an_end_may_come_in_pieces() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    let mut client = server.client().await;
    client.open("a@here.example").await;
    for byte in b"a\r\n..b\r\n.\r\n" {
        client.send([*byte]).await;
        tokio::task::yield_now().await;
    }
    client.expect("250").await;
    client.open("a@here.example").await;
    client.send(".\r\n").await;
    client.expect("250").await;
    assert_eq!(server.letters(), [b"a\r\n.b\r\n".to_vec(), Vec::new()]);
    server.finish().await;
}

#[tokio::test]
async fn verdicts_reach_the_client_and_nothing_else_is_promised() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    let mut client = server.client().await;
    for (to, code) in [("full", "452"), ("busy", "451"), ("refused", "554"), ("fine", "250")] {
        client.open(&format!("{to}@here.example")).await;
        client.send("x\r\n.\r\n").await;
        client.expect(code).await;
    }
    // A client that leaves inside a letter leaves nothing.
    client.open("a@here.example").await;
    client.send("half").await;
    drop(client);
    assert_eq!(server.letters().len(), 1);
    server.finish().await;
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let server = Server::start(Protocol::Lmtp, Limits::default()).await;
    let mut client = server.client().await;
    client.say("EHLO x", "500").await;
    client.say("LHLO x", "250").await;
    client.say("MAIL FROM:<a@b.example>", "250").await;
    client.say("DATA", "503").await;
    for (to, code) in [("one", "250"), ("nobody", "550"), ("two", "250"), ("three", "250")] {
        client.say(&format!("RCPT TO:<{to}@here.example>"), code).await;
    }
    client.say("DATA", "354").await;
    client.send("x\r\n.\r\nNOOP\r\n").await;
    for words in ["250 2.0.0 Kept", "250 2.0.0 Kept", "250 2.0.0 Kept", "250 2.0.0 Here"] {
        client.expect(words).await;
    }
    assert_eq!(server.memory.kept.lock().unwrap()[0].0.to.len(), 3);
    server.finish().await;
}

#[tokio::test]
async fn commands_keep_their_order() {
    let server = Server::start(
        Protocol::Smtp,
        Limits {
            errors: 100,
            ..Limits::default()
        },
    )
    .await;
    let mut client = server.client().await;
    for (line, code) in [
        ("MAIL FROM:<a@b.example>", "503"),
        ("LHLO x", "500"),
        ("EHLO", "501"),
        ("HELO x", "250"),
        ("RCPT TO:<a@b>", "503"),
        ("MAIL FROM:a@b.example", "501"),
        ("MAIL FROM:<a@b.example> SIZE=99999999999", "552"),
        ("MAIL FROM:<a b@c>", "553"),
        ("MAIL FROM:<a@b.example> RET=FULL", "555"),
        ("MAIL FROM:<\u{e9}@b.example>", "553"),
        ("MAIL FROM:<a@b.example>", "250"),
        ("MAIL FROM:<a@b.example>", "503"),
        ("RCPT TO:<x>", "553"),
        ("DATA", "503"),
        ("RCPT TO:<a@b> NOTIFY=NEVER", "555"),
        ("RSET", "250"),
        ("DATA", "503"),
        ("VRFY x", "252"),
        ("NOOP", "250"),
        ("BDAT 5", "502"),
        ("STARTTLS", "502"),
        ("STARTTLS now", "501"),
        ("AUTH PLAIN AGFubgBoZXIgc2VjcmV0", "502"),
        ("XCLIENT ADDR=192.0.2.1", "500"),
        ("PROXY TCP4 192.0.2.1 192.0.2.2 1 2", "500"),
        ("X\u{7}", "500"),
        ("WHAT", "500"),
    ] {
        client.say(line, code).await;
    }
    server.finish().await;
}

#[tokio::test]
async fn clients_are_bounded() {
    let limits = Limits {
        connections: 3,
        connections_per_peer: 2,
        message: 10_000,
        recipients: 2,
        errors: 4,
        command_time: Duration::from_millis(300),
        idle_time: Duration::from_millis(300),
        door: Door {
            trusted: Vec::new(),
            ..Door::default()
        },
        ..Limits::default()
    };
    let server = Server::start(Protocol::Smtp, limits).await;
    let mut client = server.client().await;
    let mut second = server.client().await;
    // The third connection of one peer is one too many.
    let third = tokio::net::TcpStream::connect(server.address).await.unwrap();
    let mut words = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut { third }, &mut words)
        .await
        .unwrap();
    assert!(words.starts_with("421"), "{words}");
    client.say(&"x".repeat(3_000), "500").await;
    client.open("a@here.example").await;
    client.send(format!("{}\r\n.\r\n", "y".repeat(10_001))).await;
    client.expect("552").await;
    client.open("a@here.example").await;
    client.send(format!("{}\r\n.\r\n", "y".repeat(9_998))).await;
    client.expect("250").await;
    client.say("MAIL FROM:<a@b.example>", "250").await;
    client.say("RCPT TO:<a@b.example>", "250").await;
    client.say("RCPT TO:<b@b.example>", "250").await;
    client.say("RCPT TO:<c@b.example>", "452").await;
    client.say("WHAT", "500").await;
    client.say("WHAT", "500").await;
    client.expect("421").await;
    assert_eq!(client.answer().await, "");
    // Who says nothing is told so and let go, before a letter and inside one.
    second.expect("421").await;
    let mut slow = server.client().await;
    slow.open("a@here.example").await;
    slow.send("never ends").await;
    slow.expect("421").await;
    assert_eq!(server.letters().len(), 1);
    server.finish().await;
}

#[tokio::test]
async fn memory_is_shared_and_given_back() {
    let limits = Limits {
        memory: 600 * 1024,
        ..Limits::default()
    };
    let server = Server::start(Protocol::Smtp, limits).await;
    let (mut one, mut two) = (server.client().await, server.client().await);
    one.open("a@here.example").await;
    one.send("x".repeat(400_000)).await;
    two.open("a@here.example").await;
    // The first letter's bytes are in when its half is answered to nobody; so ask both to end.
    two.send(format!("{}\r\n.\r\n", "x".repeat(500_000))).await;
    let answer = two.answer().await;
    one.send("\r\n.\r\n").await;
    let other = one.answer().await;
    let refused = [&answer, &other].iter().filter(|a| a.starts_with("452 4.3.1")).count();
    assert_eq!(refused, 1, "{answer} {other}");
    one.open("a@here.example").await;
    one.send(format!("{}\r\n.\r\n", "x".repeat(500_000))).await;
    one.expect("250").await;
    server.finish().await;
}

#[tokio::test]
async fn closing_waits_for_the_letter_in_hand() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    let (mut busy, mut idle) = (server.client().await, server.client().await);
    busy.open("a@here.example").await;
    busy.send("first half, ").await;
    let memory = server.memory.clone();
    let closing = tokio::spawn(server.finish());
    idle.expect("421").await;
    busy.send("second half\r\n.\r\n").await;
    busy.expect("250").await;
    busy.expect("421").await;
    closing.await.unwrap();
    assert_eq!(memory.kept.lock().unwrap()[0].1, b"first half, second half\r\n");
}
