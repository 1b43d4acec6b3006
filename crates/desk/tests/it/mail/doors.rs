//! Our own doors over real sockets: who is turned away and where that is seen, and one letter for two mailboxes.

use std::sync::Arc;

use desk::access::Role;
use desk::mailboxes::{DeskReceiver, LetterState, MailboxFields, Refused, account, astray, door_refusals};
use desk::*;
use mail::smtp::{Door, Limits, Protocol, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::desk::{SUPPORT, TestDesk, each, letter};

const HELP: &str = "help@desk.example";

/// What the door answers to all that is said to it at once. `trusted`: the networks whose word counts there.
fn says(d: &TestDesk, protocol: Protocol, trusted: &str, said: &str) -> String {
    let limits = Limits {
        message: 10_000,
        door: Door {
            trusted: vec![trusted.parse().unwrap()],
            ..Door::default()
        },
        ..Limits::default()
    };
    d.wait(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let receiver = Arc::new(DeskReceiver::new(d.desk.clone()));
        let served = tokio::spawn(serve(listener, protocol, limits, receiver, stopped));
        let mut client = TcpStream::connect(address).await.unwrap();
        // Who is turned away at once may find the line closed.
        let _ = client.write_all(said.as_bytes()).await;
        let mut answers = Vec::new();
        let _ = client.read_to_end(&mut answers).await;
        let _ = stop.send(());
        served.await.unwrap().unwrap();
        String::from_utf8(answers).unwrap()
    })
}

fn conversation(hello: &str, to: &[&str], raw: &str) -> String {
    let to: String = to.iter().map(|to| format!("RCPT TO:<{to}>\r\n")).collect();
    format!("{hello} there.example\r\nMAIL FROM:<cedar@requester.example>\r\n{to}DATA\r\n{raw}.\r\nQUIT\r\n")
}

fn refused(d: &TestDesk) -> Vec<Refused> {
    door_refusals(&d.desk, &d.cx()).unwrap()
}

#[test]
fn who_is_no_server_of_ours_brings_nothing_by_lmtp() {
    each(|d| {
        let raw = letter("cedar@requester.example", SUPPORT, "Subject: Printer", "Help.");
        let answers = says(d, Protocol::Lmtp, "10.0.0.0/8", "");
        assert!(answers.starts_with("421 4.7.1 LMTP is for our own"), "{answers}");
        assert_eq!(d.count("SELECT count(*) FROM letter"), 0);
        let told = Refused {
            key: "door-refused-stranger",
            count: 1,
            last: d.desk.now(),
            peer: "127.0.0.1".into(),
        };
        assert_eq!(refused(d), [told]);
        // The control: of a network that is ours.
        let said = conversation("LHLO", &[SUPPORT], &raw);
        let answers = says(d, Protocol::Lmtp, "127.0.0.0/8", &said);
        assert!(answers.contains("250 2.0.0 Kept"), "{answers}");
        assert_eq!(d.count("SELECT count(*) FROM letter"), 1);
        assert_eq!(refused(d)[0].count, 1);
    });
}

#[test]
fn what_the_doors_turn_away_is_counted_for_the_administrator() {
    each(|d| {
        let cedar = d.as_person(d.person("cedar@desk.example", Role::Technician));
        assert_eq!(door_refusals(&d.desk, &cedar), Err(Error::NotFound));
        let large = format!("Subject: x\r\n\r\n{}\r\n", "x".repeat(10_001));
        for raw in [large.as_str(), "Subject: x\r\n\r\nx\r\n"] {
            says(
                d,
                Protocol::Smtp,
                "127.0.0.0/8",
                &conversation("EHLO", &["nobody@desk.example", SUPPORT], raw),
            );
            d.advance(1_000_000);
        }
        let counted: Vec<_> = refused(d).iter().map(|r| (r.key, r.count)).collect();
        assert_eq!(counted, [("door-refused-recipient", 2), ("door-refused-size", 1)]);
        assert!(refused(d)[0].last > refused(d)[1].last);
        let metrics = desk::mailboxes::door_refusal_counts(&d.desk);
        assert_eq!(metrics, [("recipient", 2), ("size", 1)]);
        assert_eq!(d.count("SELECT count(*) FROM letter"), 1, "the control");
    });
}

#[test]
fn one_letter_to_two_mailboxes_is_one_line_one_ticket_and_nothing_astray() {
    each(|d| {
        let help = d.mailbox(&MailboxFields::new(HELP));
        let both = [SUPPORT, HELP];
        for (protocol, hello) in [(Protocol::Smtp, "EHLO"), (Protocol::Lmtp, "LHLO")] {
            let raw = letter(
                "cedar@requester.example",
                SUPPORT,
                &format!("Subject: {hello}"),
                "Help.",
            );
            let before = d.count("SELECT count(*) FROM letter");
            let answers = says(d, protocol, "127.0.0.0/8", &conversation(hello, &both, &raw));
            let kept = answers.matches("250 2.0.0 Kept").count();
            assert_eq!(kept, if protocol == Protocol::Lmtp { 2 } else { 1 }, "{answers}");
            d.read_kept();
            assert_eq!(d.count("SELECT count(*) FROM letter"), before + 1);
            let entry = d.entry(LetterId(d.count("SELECT max(id) FROM letter")));
            assert_eq!(entry.state, LetterState::Filed);
            assert!(both.iter().all(|to| entry.envelope_to.contains(to)), "{entry:?}");
        }
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 2);
        assert_eq!(d.sends().len(), 1, "one acknowledgement an hour");
        // A server that makes two of it hands over two: the second is the same again, in its own mailbox.
        let raw = letter("larch@requester.example", SUPPORT, "Subject: Apart", "Help.");
        for to in both {
            says(d, Protocol::Smtp, "127.0.0.0/8", &conversation("EHLO", &[to], &raw));
        }
        d.read_kept();
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 3);
        for (mailbox, handed, again) in [(MailboxId(1), 3, 0), (help, 1, 1)] {
            let cx = d.cx();
            let account = d.read(move |r| account(r, &cx, Some(mailbox)));
            assert!(account.agrees(), "{account:?}");
            assert_eq!((account.handed, account.of(LetterState::Duplicate)), (handed, again));
        }
        assert_eq!(d.read(astray), []);
    });
}
