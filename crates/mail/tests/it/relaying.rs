//! Sending, against our own listener and against servers that misbehave.

use crate::securing::{certificate, limits};
use crate::smtp_client::Server;
use mail::outbound::{Ended, Login, Roots, Tls};
use mail::smtp::{Door, Limits, Protocol, Submission};
use mail::{Relay, SendError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn relay(port: u16) -> Relay {
    Relay {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        login: None,
        roots: Roots::default(),
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
    for (address, again, said) in [
        ("nobody@x.example", false, "550 5.1.1 No such  box here"),
        ("later@x.example", true, "451 4.3.0 Not yet"),
        (
            "full@x.example",
            true,
            "452 4.3.1 No room at the moment, try again later",
        ),
        ("busy@x.example", true, "451 4.3.0 Not at the moment, try again later"),
        ("refused@x.example", false, "554 5.6.0 Not this"),
    ] {
        let error = relay.send("a@b.example", &to(address), b"x\r\n").await.unwrap_err();
        assert_eq!(matches!(error, SendError::Retry(_)), again, "{address}: {error}");
        let refusal = error.refusal();
        let (code, words) = said.split_once(' ').unwrap();
        assert_eq!(refusal.code, Some(code.parse().unwrap()));
        assert_eq!(refusal.status.as_deref(), words.split(' ').next());
        assert_eq!(refusal.words, format!("127.0.0.1: {said}").replace("  ", " "));
        assert_eq!(error.ended(), if again { Ended::Later } else { Ended::Answered });
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
        assert_eq!(
            (error.ended(), error.refusal().code),
            (Ended::Line, None),
            "{case}: {error}"
        );
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

fn password(password: &str) -> Option<Login> {
    Some(Login::Password {
        user: "ann".to_owned(),
        password: password.to_owned(),
    })
}

#[tokio::test]
async fn a_server_with_our_own_certificate_is_believed_and_signed_in_to() {
    let (root, door, pem) = certificate();
    let submission = Submission::Required;
    let server = Server::start(Protocol::Smtp, limits(Door { submission, ..door })).await;
    drop(root);
    let to_desk = |login, roots| Relay {
        host: "localhost".to_owned(),
        tls: Tls::StartTls,
        login,
        roots,
        ..relay(server.address.port())
    };
    let roots = Roots::from_pem(pem.as_bytes()).unwrap();
    for (login, roots, sign_in) in [
        (password("her secret"), Roots::default(), false),
        (password("wrong"), roots.clone(), true),
        (None, roots.clone(), true),
    ] {
        let relay = to_desk(login, roots);
        assert!(!format!("{relay:?}").contains("secret"), "{relay:?}");
        let error = relay
            .send("a@b.example", &to("c@d.example"), b"x\r\n")
            .await
            .unwrap_err();
        assert!(matches!(error, SendError::Retry(_)), "{error}");
        assert_eq!(error.refusal().sign_in, sign_in, "{error}");
    }
    let relay = to_desk(password("her secret"), roots);
    relay.send("a@b.example", &to("c@d.example"), b"x\r\n").await.unwrap();
    let (envelope, _) = server.memory.kept.lock().unwrap()[0].clone();
    assert_eq!(
        (envelope.tls, envelope.authenticated.as_deref()),
        (true, Some("ann@here.example"))
    );
    assert_eq!(server.letters().len(), 1);
    server.finish().await;
    assert!(Roots::from_pem(b"nothing").is_err());
}

#[tokio::test]
async fn nobody_signs_in_over_an_open_line() {
    for login in [
        password("her secret"),
        Some(Login::Token {
            user: "ann".to_owned(),
            token: "a.token".to_owned(),
        }),
    ] {
        let relay = Relay {
            // Of nobody (RFC 5737): a connection would take until the time is over.
            host: "192.0.2.1".to_owned(),
            login,
            ..relay(587)
        };
        let error = relay
            .send("a@b.example", &to("c@d.example"), b"x\r\n")
            .await
            .unwrap_err();
        assert!(
            error.refusal().sign_in && error.refusal().words.contains("not protected"),
            "{error}"
        );
    }
}

/// A server that offers XOAUTH2 and answers each line in turn; what it heard.
async fn scripted(listener: TcpListener, answers: &[&str]) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.write_all(b"220 x\r\n").await.unwrap();
    let mut heard = Vec::new();
    for answer in answers {
        let begun = heard.len();
        while !heard[begun..].ends_with(b"\r\n") {
            if stream.read_buf(&mut heard).await.unwrap() == 0 {
                return String::from_utf8(heard).unwrap();
            }
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
    String::from_utf8(heard).unwrap()
}

#[tokio::test]
async fn an_access_token_signs_in() {
    let hello = "250-x\r\n250 AUTH PLAIN XOAUTH2\r\n";
    let ok = "250 2.0.0 ok\r\n";
    for (after, taken) in [
        (vec!["235 2.7.0 in\r\n", ok, ok, "354 go\r\n", ok, "221 bye\r\n"], true),
        (vec!["334 eyJzdGF0dXMiOiI0MDEifQ==\r\n", "535 5.7.8 no\r\n"], false),
        (vec!["535 5.7.3 Authentication unsuccessful\r\n"], false),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let relay = Relay {
            login: Some(Login::Token {
                user: "desk@x.example".to_owned(),
                token: "a.token".to_owned(),
            }),
            ..relay(listener.local_addr().unwrap().port())
        };
        assert!(!format!("{relay:?}").contains("a.token"));
        let answers = [vec![hello], after].concat();
        let recipient = to("c@d.example");
        let sending = relay.send("a@b.example", &recipient, b"x\r\n");
        let (heard, sent) = tokio::join!(scripted(listener, &answers), sending);
        // user=desk@x.example ^A auth=Bearer a.token ^A ^A
        let said = "AUTH XOAUTH2 dXNlcj1kZXNrQHguZXhhbXBsZQFhdXRoPUJlYXJlciBhLnRva2VuAQE=\r\n";
        assert!(heard.contains(said), "{heard}");
        assert_eq!(sent.is_ok(), taken);
        if let Err(error) = sent {
            assert!(
                matches!(error, SendError::Retry(_)) && error.refusal().sign_in,
                "{error}"
            );
        }
    }
}
