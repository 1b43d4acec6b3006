//! TLS and signing in: what was said in the clear counts for nothing afterwards.

use crate::smtp_client::Server;
use mail::smtp::{Door, Limits, Protocol, Submission, tls};
use tokio_rustls::rustls::pki_types::CertificateDer;

/// A certificate of our own, a door that shows it, and the same as PEM.
pub(crate) fn certificate() -> (CertificateDer<'static>, Door, String) {
    let names = vec!["desk.example".to_owned(), "localhost".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let config = tls(made.cert.pem().as_bytes(), made.signing_key.serialize_pem().as_bytes()).unwrap();
    let door = Door {
        tls: Some(config),
        ..Door::default()
    };
    (made.cert.der().clone(), door, made.cert.pem())
}

pub(crate) fn limits(door: Door) -> Limits {
    Limits {
        door,
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_letter_comes_within_tls() {
    for protocol in [Protocol::Smtp, Protocol::Lmtp] {
        let (root, door, _) = certificate();
        let server = Server::start(protocol, limits(door)).await;
        let greeting = if protocol == Protocol::Lmtp { "LHLO x" } else { "EHLO x" };
        let mut client = server.client().await;
        assert!(client.say(greeting, "250").await.contains("250-STARTTLS"));
        client.say("MAIL FROM:<before@b.example>", "250").await;
        client.say("STARTTLS", "220").await;
        let mut client = client.within_tls(root).await.unwrap();
        client.say("MAIL FROM:<a@b.example>", "503 5.5.1 Greet").await;
        assert!(!client.say(greeting, "250").await.contains("STARTTLS"));
        client.say("STARTTLS", "503").await;
        client.say("RCPT TO:<a@here.example>", "503").await;
        client.say("MAIL FROM:<a@b.example>", "250").await;
        client.say("RCPT TO:<a@here.example>", "250").await;
        client.say("DATA", "354").await;
        client.send("hello\r\n.\r\nQUIT\r\n").await;
        client.expect("250").await;
        client.expect("221").await;
        assert_eq!(client.answer().await, "");
        let (envelope, raw) = server.memory.kept.lock().unwrap()[0].clone();
        assert_eq!(raw, b"hello\r\n");
        assert!(envelope.tls);
        assert_eq!(
            (envelope.from.as_deref(), envelope.authenticated),
            (Some("a@b.example"), None)
        );
        server.finish().await;
    }
}

/// CVE-2011-0411: commands behind STARTTLS in one packet are not obeyed within TLS.
#[tokio::test]
async fn nothing_said_in_the_clear_is_heard_within_tls() {
    let (root, door, _) = certificate();
    let server = Server::start(Protocol::Smtp, limits(door)).await;
    let injected = "EHLO evil\r\nMAIL FROM:<evil@x.example>\r\nRCPT TO:<victim@here.example>\r\n";
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    client.send(format!("STARTTLS\r\n{injected}")).await;
    client.expect("220").await;
    let mut client = client.within_tls(root).await.unwrap();
    client.say("DATA", "503 5.5.1 Nobody").await;
    client.say("RCPT TO:<a@here.example>", "503").await;
    client.say("EHLO x", "250").await;
    client.say("NOOP", "250 2.0.0 Here").await;
    // The control: without STARTTLS before them the same words are obeyed.
    let mut client = server.client().await;
    client.send(format!("{injected}DATA\r\n")).await;
    for code in ["250", "250", "250", "354"] {
        client.expect(code).await;
    }
    client.send(".\r\n").await;
    client.expect("250").await;
    assert!(!server.memory.kept.lock().unwrap()[0].0.tls);
    assert_eq!(server.letters().len(), 1);
    server.finish().await;
}

#[tokio::test]
async fn another_certificate_is_not_taken_for_ours() {
    let (_, door, _) = certificate();
    let (other, ..) = certificate();
    let server = Server::start(Protocol::Smtp, limits(door)).await;
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    client.say("STARTTLS", "220").await;
    assert!(client.within_tls(other).await.is_err());
    // One failed conversation is nobody else's trouble, nor is one that says no TLS at all.
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    client.say("STARTTLS", "220").await;
    client.send("this is no TLS\r\n").await;
    assert!(client.answer().await.is_empty());
    server.client().await.say("EHLO x", "250").await;
    server.finish().await;
    assert!(tls(b"no PEM", b"no PEM").is_err());
}

const ANN: &str = "AGFubgBoZXIgc2VjcmV0";

fn submission(submission: Submission) -> Limits {
    let (_, door, _) = certificate();
    limits(Door { submission, ..door })
}

#[tokio::test]
async fn who_signs_in_is_known() {
    let server = Server::start(Protocol::Smtp, submission(Submission::Offered)).await;
    for words in [
        vec![(format!("AUTH PLAIN {ANN}"), "235")],
        vec![("auth plain".to_owned(), "334 \r\n"), (ANN.to_owned(), "235")],
        vec![
            ("AUTH LOGIN".to_owned(), "334 VXNlcm5hbWU6"),
            ("YW5u".to_owned(), "334 UGFzc3dvcmQ6"),
            ("aGVyIHNlY3JldA==".to_owned(), "235"),
        ],
        vec![
            ("AUTH LOGIN YW5u".to_owned(), "334 UGFzc3dvcmQ6"),
            ("aGVyIHNlY3JldA==".to_owned(), "235"),
        ],
    ] {
        let mut client = server.client().await;
        client.say(&words[0].0, "503").await;
        let hello = client.say("EHLO x", "250").await;
        assert!(hello.contains("250-AUTH PLAIN LOGIN"), "{hello}");
        for (said, heard) in &words {
            client.say(said, heard).await;
        }
        client.say(&format!("AUTH PLAIN {ANN}"), "503").await;
        client.open("a@here.example").await;
        client.send(".\r\n").await;
        client.expect("250").await;
    }
    let kept = server.memory.kept.lock().unwrap().clone();
    assert_eq!(kept.len(), 4);
    for (envelope, _) in kept {
        assert_eq!(envelope.authenticated.as_deref(), Some("ann@here.example"));
    }
    server.finish().await;
}

#[tokio::test]
async fn who_does_not_sign_in_stays_unknown() {
    let server = Server::start(Protocol::Smtp, submission(Submission::Offered)).await;
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    for (said, heard) in [
        ("AUTH", "501"),
        ("AUTH CRAM-MD5", "504"),
        ("AUTH PLAIN AGFubgB3cm9uZw==", "535"),
        ("AUTH PLAIN =", "501"),
        ("AUTH PLAIN !", "501"),
        ("AUTH PLAIN AGxhdGVyAHg=", "454"),
        ("AUTH PLAIN", "334"),
        ("*", "501"),
        ("AUTH LOGIN", "334"),
        ("QUIT", "334"),
        ("*", "501"),
    ] {
        client.say(said, heard).await;
    }
    client.open("a@here.example").await;
    client.send(".\r\n").await;
    client.expect("250").await;
    assert_eq!(server.memory.kept.lock().unwrap()[0].0.authenticated, None);
    server.finish().await;
}

#[tokio::test]
async fn signing_in_before_tls_is_forgotten_within() {
    let (root, door, _) = certificate();
    let door = Door {
        submission: Submission::Required,
        ..door
    };
    let server = Server::start(Protocol::Smtp, limits(door)).await;
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    client.say("MAIL FROM:<a@b.example>", "530").await;
    client.say(&format!("AUTH PLAIN {ANN}"), "235").await;
    client.say("MAIL FROM:<a@b.example>", "250").await;
    client.say("STARTTLS", "220").await;
    let mut client = client.within_tls(root).await.unwrap();
    client.say("EHLO x", "250").await;
    client.say("MAIL FROM:<a@b.example>", "530").await;
    client.say(&format!("AUTH PLAIN {ANN}"), "235").await;
    client.open("a@here.example").await;
    client.send(".\r\n").await;
    client.expect("250").await;
    server.finish().await;
}

#[tokio::test]
async fn guessing_ends_the_conversation_and_the_next() {
    let server = Server::start(Protocol::Smtp, submission(Submission::Offered)).await;
    for _ in 0..2 {
        let mut client = server.client().await;
        client.say("EHLO x", "250").await;
        for _ in 0..5 {
            client.say("AUTH PLAIN AGFubgB3cm9uZw==", "535").await;
        }
    }
    let mut client = server.client().await;
    client.say("EHLO x", "250").await;
    client.say(&format!("AUTH PLAIN {ANN}"), "421").await;
    assert_eq!(client.answer().await, "");
    server.finish().await;
}

#[tokio::test]
async fn lmtp_offers_no_sign_in() {
    let server = Server::start(Protocol::Lmtp, submission(Submission::Required)).await;
    let mut client = server.client().await;
    assert!(!client.say("LHLO x", "250").await.contains("AUTH"));
    client.say(&format!("AUTH PLAIN {ANN}"), "502").await;
    client.say("MAIL FROM:<a@b.example>", "250").await;
    server.finish().await;
}
