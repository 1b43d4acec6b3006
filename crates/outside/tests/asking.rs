//! The client against a server of our own, and against everything that must not be reached.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::time::Duration;

use outside::{Client, Networks, OutsideError, server_of};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn opened() -> Client {
    Client::new("127.0.0.1".parse().unwrap(), &[])
}

/// A server that gives this answer to every connection and hands on what it was asked.
async fn server(answer: &'static str) -> (u16, tokio::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = vec![0; 4096];
            let n = stream.read(&mut asked).await.unwrap_or(0);
            let _ = tell.send(String::from_utf8_lossy(&asked[..n]).into_owned()).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (port, told)
}

#[tokio::test]
async fn a_form_is_sent_and_the_answer_comes_back() {
    let (port, mut told) = server("HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\n{}").await;
    let address = format!("http://127.0.0.1:{port}/token?x=1");
    let answer = opened()
        .post_form(&address, &[("a", "b c"), ("d", "é&")])
        .await
        .unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (400, b"{}".as_slice()));
    let asked = told.recv().await.unwrap();
    assert!(asked.starts_with("POST /token?x=1 HTTP/1.1\r\n"), "{asked}");
    assert!(asked.ends_with("a=b+c&d=%C3%A9%26"), "{asked}");
}

#[tokio::test]
async fn nothing_inside_is_reached_in_any_spelling() {
    let (port, mut told) = server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let closed = Client::new(Networks::default(), &[]);
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "127.0.0.1.",
        "localhost.",
        "①②⑦.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "[fd00:ec2::254]",
    ] {
        let answer = closed.post_form(&format!("http://{host}:{port}/"), &[]).await;
        let refused = matches!(
            answer,
            Err(OutsideError::Inside(_) | OutsideError::Line(..) | OutsideError::BadAddress(_))
        );
        assert!(refused, "{host}: {answer:?}");
    }
    assert!(told.try_recv().is_err(), "the server was asked");
    // The control: the same server answers one who may.
    assert!(
        opened()
            .post_form(&format!("http://127.0.0.1:{port}/"), &[])
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_leads_nowhere() {
    let (canary, mut told) = server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let there: &'static str =
        format!("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{canary}/\r\nContent-Length: 0\r\n\r\n").leak();
    let (port, _kept) = server(there).await;
    let answer = opened()
        .post_form(&format!("http://127.0.0.1:{port}/"), &[])
        .await
        .unwrap();
    assert_eq!(answer.status, 302);
    assert!(told.try_recv().is_err());
}

#[tokio::test]
async fn a_server_that_says_nothing_or_too_much_is_left() {
    let (port, _kept) = server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12345678").await;
    let hasty = opened().within(Duration::from_millis(200), 100);
    let silent = hasty.post_form(&format!("http://127.0.0.1:{port}/"), &[]).await;
    assert!(silent.is_err(), "{silent:?}");
    let (port, _kept) = server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789").await;
    let strict = opened().within(Duration::from_secs(20), 8);
    let long = strict.post_form(&format!("http://127.0.0.1:{port}/"), &[]).await;
    assert_eq!(long, Err(OutsideError::TooLong("127.0.0.1".into())));
}

#[tokio::test]
async fn what_is_no_address_is_told() {
    for wrong in [
        "",
        "mail.example",
        "ftp://x.example/",
        "https://",
        "https://user:word@x.example/",
        "file:///etc/passwd",
    ] {
        let answer = opened().post_form(wrong, &[]).await;
        assert!(
            matches!(answer, Err(OutsideError::BadAddress(_))),
            "{wrong}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn json_is_sent_under_its_key_and_without_one() {
    let (port, mut told) = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
    let address = format!("http://127.0.0.1:{port}/v1/x");
    let answer = opened()
        .post_json(&address, Some("two-quiet"), "{\"a\":1}".into())
        .await;
    assert_eq!(answer.unwrap().body, b"{}");
    let asked = told.recv().await.unwrap();
    assert!(asked.starts_with("POST /v1/x HTTP/1.1\r\n"), "{asked}");
    assert!(
        asked.contains("authorization: Bearer two-quiet\r\n") && asked.ends_with("{\"a\":1}"),
        "{asked}"
    );
    opened().post_json(&address, None, "{}".into()).await.unwrap();
    assert!(!told.recv().await.unwrap().contains("authorization"));
    let split = opened().post_json(&address, Some("a\r\nHost: x"), "{}".into()).await;
    assert_eq!(split, Err(OutsideError::BadKey));
}

#[test]
fn a_server_is_read_from_its_address_alone() {
    for (address, server) in [
        ("https://models.example.org/v1", "https://models.example.org"),
        ("HTTPS://Models.Example.org:443/v1/", "https://models.example.org"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://2130706433:8080/v1", "http://127.0.0.1:8080"),
        ("https://[fd12::1]/v1", "https://[fd12::1]"),
    ] {
        assert_eq!(server_of(address).as_deref(), Some(server), "{address}");
    }
    for none in [
        "",
        "models.example.org",
        "ftp://x.example/",
        "https://a:b@x.example/",
        "https://x.example/?key=1",
        "https://x.example/#a",
        "javascript:alert(1)",
    ] {
        assert_eq!(server_of(none), None, "{none}");
    }
}
