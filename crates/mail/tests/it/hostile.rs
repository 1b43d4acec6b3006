//! Servers that misbehave on purpose: an error in words, soon, and memory for one letter at most.

use crate::taking::Taker;
use mail::fetch::{Account, Afterwards, FetchError, Login, Patience, Place, Tls, Visited, Way};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

pub(crate) fn account(way: Way, login: Login) -> Account {
    let soon = Duration::from_millis(500);
    Account {
        tls: Tls::None,
        afterwards: Afterwards::MarkSeen,
        largest: 100_000,
        patience: Patience {
            connect: soon,
            answer: soon,
            command: Duration::from_secs(5),
            ..Patience::default()
        },
        ..Account::new(way, "127.0.0.1", login)
    }
}

pub(crate) fn password() -> Login {
    Login::Password {
        user: "u".to_owned(),
        password: "p".to_owned(),
    }
}

/// A visit to a server that says all this at once, the last part again and again; and what it heard.
pub(crate) async fn visit(account: &Account, said: &[u8], again: &[u8]) -> (Visited, String) {
    let (ours, theirs) = tokio::io::duplex(64 * 1024);
    let (mut hears, mut says) = tokio::io::split(theirs);
    let (said, again) = (said.to_vec(), again.to_vec());
    let server = tokio::spawn(async move {
        let speaking = async {
            let mut alive = says.write_all(&said).await.is_ok();
            while alive && !again.is_empty() {
                alive = says.write_all(&again).await.is_ok();
            }
        };
        let mut heard = Vec::new();
        let _ = tokio::join!(speaking, hears.read_to_end(&mut heard));
        String::from_utf8_lossy(&heard).into_owned()
    });
    let (taker, _events) = Taker::new(account);
    let visiting = mail::fetch::visit_stream(ours, account, Place::default(), &taker);
    let visited = tokio::time::timeout(Duration::from_secs(20), visiting)
        .await
        .expect("it ends");
    (visited, server.await.unwrap())
}

/// A conversation up to the letter, whose answer is the rest.
const BEFORE: &str = "* OK\r\n* CAPABILITY IMAP4rev1\r\nf1 OK\r\nf2 OK\r\n* CAPABILITY IMAP4rev1\r\nf3 OK\r\n* 1 EXISTS\r\n\
    * OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 2]\r\nf4 OK\r\n* SEARCH 1\r\nf5 OK\r\n* SEARCH\r\nf6 OK\r\n\
    * 1 FETCH (UID 1 RFC822.SIZE 9)\r\nf7 OK\r\n";

#[tokio::test]
async fn nonsense_and_floods_end_in_words() {
    let zeros = vec![b'0'; 64 * 1024];
    let chatter = b"* OK [ALERT] still here\r\n".repeat(2_000);
    let cases: [(&str, &[u8], bool); 12] = [
        ("* OK\r\n* ", &zeros, true),
        ("* OK\r\n", &chatter, true),
        ("* OK {4294967295}\r\n", b"", true),
        ("* OK\r\n* 1 FETCH (BODY[] {99999999999999999999}\r\n", b"", true),
        ("* OK\r\nf9 OK\r\n", b"", true),
        ("* OK\r\n* -1 EXISTS\r\n", b"", true),
        ("* OK\r\n* SEARCH 0\r\nf1 OK\r\n", b"", true),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", b"", true),
        ("\u{fffd}\0\r\n", b"", true),
        ("* BYE no room\r\n", b"", false),
        ("", b"", false),
        ("* OK\r\n", b"", false),
    ];
    for (said, again, broken) in cases {
        let (visited, _) = visit(&account(Way::Imap, password()), said.as_bytes(), again).await;
        match visited.failed {
            Some(FetchError::Broken(words)) if broken => assert!(words.chars().count() <= 300, "{words}"),
            Some(FetchError::Line(_)) if !broken => {}
            failed => panic!("{said:?}: {failed:?}"),
        }
    }
}

#[tokio::test]
async fn a_letter_that_is_larger_than_it_said_is_left_or_refused() {
    let imap = account(Way::Imap, password());
    let announced = |bytes: usize| format!("{BEFORE}* 1 FETCH (UID 1 BODY[]<0> {{{bytes}}}\r\n");
    // One byte more than is allowed was asked for: it shows that there is more.
    let more = announced(100_001) + &"x".repeat(100_001) + ")\r\nf8 OK\r\n";
    let (visited, heard) = visit(&imap, more.as_bytes(), b"").await;
    assert_eq!((visited.handed, visited.left.len()), (0, 1), "{visited:?}");
    assert!(
        heard.contains("BODY.PEEK[]<0.100001>") && !heard.contains("STORE"),
        "{heard}"
    );
    for bytes in [100_002, 4_294_967_295] {
        let (visited, _) = visit(&imap, announced(bytes).as_bytes(), b"").await;
        assert!(matches!(visited.failed, Some(FetchError::Broken(_))), "{visited:?}");
    }
    let whole = announced(100_000) + &"x".repeat(100_000) + ")\r\nf8 OK\r\nf9 OK\r\n";
    let (visited, _) = visit(&imap, whole.as_bytes(), b"").await;
    assert_eq!(visited.kept, 1, "{visited:?}");
    // POP3 has no lengths: what goes on for ever is broken off.
    let pop3 = account(Way::Pop3, password());
    let before = "+OK\r\n-ERR\r\n+OK\r\n+OK\r\n+OK\r\n1 a\r\n.\r\n+OK\r\n1 9\r\n.\r\n+OK\r\n";
    let (visited, heard) = visit(&pop3, before.as_bytes(), &b"words and words\r\n".repeat(4_000)).await;
    assert!(matches!(visited.failed, Some(FetchError::Broken(_))), "{visited:?}");
    assert_eq!((visited.handed, heard.contains("DELE")), (0, false));
}

#[tokio::test]
async fn a_refused_token_is_a_refused_sign_in_with_the_reason() {
    let login = Login::Token {
        user: "a@b.example".to_owned(),
        access_token: "tell-nobody".to_owned(),
    };
    // {"status":"401","scope":"https://mail.google.com/"}
    let challenge = "+ eyJzdGF0dXMiOiI0MDEiLCJzY29wZSI6Imh0dHBzOi8vbWFpbC5nb29nbGUuY29tLyJ9\r\n";
    let imap =
        format!("* OK\r\n* CAPABILITY AUTH=XOAUTH2\r\nf1 OK\r\n+\r\n{challenge}f2 NO [AUTHENTICATIONFAILED] no\r\n");
    let bearer = imap.replace("XOAUTH2", "OAUTHBEARER");
    let pop3 = format!("+OK\r\n+OK\r\nSASL XOAUTH2\r\n.\r\n+ \r\n{challenge}-ERR no\r\n");
    for (way, said, end) in [
        (Way::Imap, &imap, "\r\n\r\n"),
        (Way::Imap, &bearer, "\r\nAQ==\r\n"),
        (Way::Pop3, &pop3, "\r\n\r\n"),
    ] {
        let (visited, heard) = visit(&account(way, login.clone()), said.as_bytes(), b"").await;
        let Some(FetchError::SignIn(words)) = visited.failed else {
            panic!("{visited:?}")
        };
        assert!(
            words.contains("401, https://mail.google.com/") && !words.contains("tell-nobody"),
            "{words}"
        );
        assert!(heard.ends_with(end), "{heard:?}");
    }
    // The server's own trouble is no refused sign-in.
    let busy = "* OK\r\n* CAPABILITY AUTH=PLAIN\r\nf1 OK\r\n+\r\nf2 NO [UNAVAILABLE] later\r\n";
    let (visited, _) = visit(&account(Way::Imap, password()), busy.as_bytes(), b"").await;
    assert!(matches!(visited.failed, Some(FetchError::Refused(_))), "{visited:?}");
}

#[tokio::test]
async fn words_before_the_encryption_are_not_believed() {
    for (way, said) in [
        (Way::Imap, "* OK\r\nf1 OK begin\r\n* CAPABILITY AUTH=PLAIN\r\n"),
        (Way::Imap, "* PREAUTH welcome\r\n"),
        (Way::Pop3, "+OK\r\n+OK begin\r\n+OK and more\r\n"),
    ] {
        let account = Account {
            tls: Tls::StartTls,
            ..account(way, password())
        };
        let (visited, heard) = visit(&account, said.as_bytes(), b"").await;
        assert!(matches!(visited.failed, Some(FetchError::Broken(_))), "{visited:?}");
        assert!(!heard.contains("AUTH") && !heard.contains("PASS"), "{heard}");
    }
}

/// An address of this machine that is not a loopback one, where it has one.
fn own_address() -> Option<std::net::IpAddr> {
    let probe = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    // Nothing is sent: the system only says by which address it would go.
    probe.connect("192.0.2.1:9").ok()?;
    probe
        .local_addr()
        .ok()
        .map(|address| address.ip())
        .filter(|ip| !ip.is_loopback())
}

#[tokio::test]
async fn no_password_goes_over_an_open_line() {
    let Some(address) = own_address() else {
        eprintln!("SKIPPED: this machine has no address but its own");
        return;
    };
    for (way, said) in [
        (Way::Imap, "* OK\r\n* CAPABILITY AUTH=PLAIN\r\nf1 OK\r\n"),
        (Way::Pop3, "+OK\r\n-ERR\r\n"),
    ] {
        for (host, refused) in [(address.to_string(), true), ("127.0.0.1".to_owned(), false)] {
            let listener = TcpListener::bind((host.as_str(), 0)).await.unwrap();
            let account = Account {
                port: listener.local_addr().unwrap().port(),
                host,
                ..account(way, password())
            };
            let server = tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await.unwrap();
                stream.write_all(said.as_bytes()).await.unwrap();
                let mut heard = Vec::new();
                let _ = stream.read_to_end(&mut heard).await;
                String::from_utf8_lossy(&heard).into_owned()
            });
            let (taker, _events) = Taker::new(&account);
            let visited = mail::fetch::visit(&account, Place::default(), &taker).await;
            let heard = server.await.unwrap();
            assert_eq!(
                matches!(visited.failed, Some(FetchError::Setting(_))),
                refused,
                "{visited:?}"
            );
            assert_eq!(
                heard.contains("AUTHENTICATE") || heard.contains("USER"),
                !refused,
                "{heard}"
            );
        }
    }
}
