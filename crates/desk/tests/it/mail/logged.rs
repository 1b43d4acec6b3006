//! A technician writes to the desk what was changed: it stands in the log of changes, and is no ticket.

use desk::access::Role;
use desk::changes::{self, Asked, Risk};
use desk::mailboxes::{LetterState, Way, ledger, reason_text};
use desk::services::{self, NewService};
use desk::words::{Both, Lang};

use super::desk::{SUPPORT, TestDesk, each, letter};

const VOUCHED: &str = "Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example";

fn writes(d: &TestDesk, head: &str, subject: &str, body: &str) -> ledger::Entry {
    let raw = letter(
        "cedar@desk.example",
        SUPPORT,
        &format!("{head}\r\nSubject: {subject}"),
        body,
    );
    d.receive_by(Way::Lmtp, "cedar@desk.example", &[SUPPORT], raw.as_bytes())
}

#[test]
fn what_a_proven_technician_writes_down_stands_in_the_log() {
    each(|d| {
        let cedar = d.person("cedar@desk.example", Role::Technician);
        let (admin, new) = (
            d.as_person(d.person("admin@desk.example", Role::Admin)),
            NewService {
                name: Both::new("Printing", "Impression"),
                ..NewService::default()
            },
        );
        let service = d.write(move |tx| services::add(tx, &admin, &new));
        let words =
            "Devices: PR-04, PR-05\r\nServices : impression, nobody knows\r\nRisk: medium\r\n\r\nNew driver 7.41.";
        let entry = writes(d, VOUCHED, "Changement : pilote des imprimantes", words);
        assert_eq!((entry.state, entry.ticket), (LetterState::Automatic, None));
        assert!(
            reason_text(Lang::En, &entry.reason).ends_with("C-1"),
            "{}",
            entry.reason
        );
        let cx = d.as_person(cedar);
        let found = d.read(move |r| changes::list(r, &cx, &Asked::default()));
        let change = &found.changes[0];
        assert_eq!(
            (found.changes.len(), change.title.as_str()),
            (1, "pilote des imprimantes")
        );
        assert_eq!((change.words.as_str(), change.risk), ("New driver 7.41.", Risk::Medium));
        assert_eq!(
            (change.owner, change.services.as_slice()),
            (cedar, [service].as_slice())
        );
        assert_eq!(change.devices, ["PR-04", "PR-05"]);
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 0);
        // An answer to such a letter is a letter like any other.
        let answer = writes(d, VOUCHED, "Re: Change: driver", "Who says so?");
        assert_eq!(answer.state, LetterState::Filed);
        assert_eq!(d.count("SELECT count(*) FROM system_change"), 1);
    });
}

#[test]
fn nobody_else_writes_into_the_log_by_mail() {
    each(|d| {
        d.person("cedar@desk.example", Role::Technician);
        let forged = writes(d, "X-Nothing: here", "Change: the door is open", "Come in.");
        assert_eq!(forged.state, LetterState::Held);
        let raw = letter(
            "robin@requester.example",
            SUPPORT,
            "Subject: Change: my password",
            "Please.",
        );
        let asked = d.receive_by(Way::Lmtp, "robin@requester.example", &[SUPPORT], raw.as_bytes());
        assert_eq!(asked.state, LetterState::Filed, "a requester asks for something");
        assert_eq!(d.count("SELECT count(*) FROM system_change"), 0);
        writes(d, VOUCHED, "Change: control", "A proven one does.");
        assert_eq!(d.count("SELECT count(*) FROM system_change"), 1);
    });
}
