//! One letter to two of our mailboxes is one ticket, however it comes to both, and the accounts of both agree.

use desk::access::Role;
use desk::mailboxes::{LetterState, MailboxFields, Way};
use desk::*;

use super::desk::{SUPPORT, TestDesk, each, letter};

const OTHER: &str = "help@desk.example";

/// As the server of each mailbox delivers it, with its own lines above.
fn copy(raw: &str, to: &str) -> String {
    format!("Delivered-To: {to}\r\nReceived: by mail.desk.example for <{to}>; Mon, 16 Nov 2026 10:00:00 -0500\r\n{raw}")
}

fn accounts_agree(d: &TestDesk) {
    for mailbox in [MailboxId(1), MailboxId(2)] {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        let cx = d.as_person(admin);
        let account = d.read(move |r| mailboxes::account(r, &cx, Some(mailbox)));
        assert_eq!((account.handed, account.agrees()), (1, true), "{mailbox}: {account:?}");
    }
    assert_eq!(d.read(mailboxes::astray), []);
}

#[test]
fn a_letter_to_two_mailboxes_is_one_ticket_and_its_copy_names_the_first() {
    for (way, own_lines) in [(Way::Imap, true), (Way::Lmtp, true), (Way::Lmtp, false)] {
        each(|d| {
            d.mailbox(&MailboxFields::new(OTHER));
            let raw = letter(
                "owner@requester.example",
                &format!("{SUPPORT}, {OTHER}"),
                "Subject: Printer",
                "It is broken.",
            );
            let bytes = |to: &str| if own_lines { copy(&raw, to) } else { raw.clone() };
            let first = d.receive_by(way, "owner@requester.example", &[SUPPORT], bytes(SUPPORT).as_bytes());
            let second = d.receive_by(way, "owner@requester.example", &[OTHER], bytes(OTHER).as_bytes());
            assert_eq!(
                (first.state, second.state),
                (LetterState::Filed, LetterState::Duplicate)
            );
            assert_eq!(second.ticket, first.ticket);
            assert_eq!(second.reason, format!("letter-reason-duplicate {}", first.id));
            assert_eq!(d.count("SELECT count(*) FROM ticket"), 1);
            accounts_agree(d);
        });
    }
}

#[test]
fn another_subject_under_the_same_name_is_another_letter() {
    each(|d| {
        d.mailbox(&MailboxFields::new(OTHER));
        for (to, subject) in [(SUPPORT, "Printer"), (OTHER, "Screen")] {
            let head = format!("Message-ID: <always-the-same@machine.example>\r\nSubject: {subject}");
            let raw = letter("owner@requester.example", to, &head, "It is broken.");
            let entry = d.receive_by(Way::Imap, "", &[to], raw.as_bytes());
            assert_eq!(entry.state, LetterState::Filed, "the control");
        }
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 2);
        accounts_agree(d);
    });
}
