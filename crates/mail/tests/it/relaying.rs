//! Sending, against our own listener and against servers that misbehave.

use crate::smtp_client::Server;
use mail::outbound::Tls;
use mail::smtp::{Limits, Protocol};
use mail::{Relay, SendError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn relay(port: u16) -> Relay {
    Relay {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        user: None,
        password: Some("a secret".to_owned()),
        hello_name: "desk.example".to_owned(),
        timeout: Duration::from_secs(2),
        patience: Duration::from_secs(2),
    }
}

fn to(address: &str) -> Vec<String> {
    vec![address.to_owned()]
}

#[tokio::test]
async fn letters_arrive_as_they_are() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    let relay = relay(server.address.port());
    let raw = b"Subject: x\r\n\r\n.\r\n..two\r\n. three\r\nend\r\n";
    relay.send("", &to("a@here.example"), raw).await.unwrap();
    relay
        .send(
            "desk@here.example",
            &[to("a@here.example"), to("b@here.example")].concat(),
            b"lone\nlines\n.\nend\n",
        )
        .await
        .unwrap();
    let kept = server.memory.kept.lock().unwrap().clone();
    assert_eq!(kept[0].1, raw);
    assert_eq!(
        (kept[0].0.from.as_deref(), kept[0].0.helo.as_str()),
        (None, "desk.example")
    );
    assert_eq!(kept[1].1, b"lone\r\nlines\r\n.\r\nend\r\n");
    assert_eq!(kept[1].0.to.len(), 2);
    server.finish().await;
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    let relay = relay(server.address.port());
    for (address, again) in [
        ("nobody@x.example", false),
        ("later@x.example", true),
        ("full@x.example", true),
        ("busy@x.example", true),
        ("refused@x.example", false),
    ] {
        let error = relay.send("a@b.example", &to(address), b"x\r\n").await.unwrap_err();
        assert_eq!(matches!(error, SendError::Retry(_)), again, "{address}: {error}");
    }
    for bad in ["", "x", "a@b\r\nRCPT TO:<c@d>", "a b@c.example", "<a@b.example>"] {
        let error = relay.send("a@b.example", &to(bad), b"x\r\n").await.unwrap_err();
        assert!(matches!(error, SendError::GiveUp(_)), "{bad:?}: {error}");
    }
    assert!(matches!(
        relay.send("a@b.example", &[], b"x").await,
        Err(SendError::GiveUp(_))
    ));
    assert!(server.letters().is_empty());
    assert!(!format!("{relay:?}").contains("a secret"));
    server.finish().await;
}

#[tokio::test]
async fn trouble_with_the_line_means_later() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        // One that leaves at once, one that stops after DATA, one that says nothing.
        drop(listener.accept().await.unwrap());
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"220 x\r\n").await.unwrap();
        for answer in ["250 x\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n"] {
            let _ = stream.read(&mut [0; 1024]).await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        let _ = stream.read(&mut [0; 1024]).await.unwrap();
        drop(stream);
        listener.accept().await.unwrap()
    });
    let relay = Relay {
        timeout: Duration::from_millis(300),
        patience: Duration::from_millis(300),
        ..relay(port)
    };
    for case in ["leaves", "stops after DATA", "is silent"] {
        let error = relay
            .send("a@b.example", &to("c@d.example"), b"x\r\n")
            .await
            .unwrap_err();
        assert!(matches!(error, SendError::Retry(_)), "{case}: {error}");
    }
    drop(server.await.unwrap());
    let error = relay
        .send("a@b.example", &to("c@d.example"), b"x\r\n")
        .await
        .unwrap_err();
    assert!(matches!(error, SendError::Retry(_)), "nobody listens: {error}");
}

#[tokio::test]
async fn required_tls_is_never_given_up() {
    let server = Server::start(Protocol::Smtp, Limits::default()).await;
    for tls in [Tls::StartTls, Tls::Implicit] {
        let relay = Relay {
            tls,
            timeout: Duration::from_millis(500),
            ..relay(server.address.port())
        };
        let error = relay
            .send("a@b.example", &to("c@d.example"), b"x\r\n")
            .await
            .unwrap_err();
        assert!(matches!(error, SendError::Retry(_)), "{tls:?}: {error}");
    }
    assert!(server.letters().is_empty());
    server.finish().await;
}
