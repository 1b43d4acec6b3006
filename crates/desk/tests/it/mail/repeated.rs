//! When a letter is the same again and when it is another: by its identifier or its date, and always by what it says.

use desk::clock::{DAY, HOUR};
use desk::mailboxes::ledger::Entry;
use desk::mailboxes::{LetterState, Way, reason_text};
use desk::words::Lang;

use super::desk::{SUPPORT, TestDesk, each};

const CEDAR: &str = "cedar@requester.example";
const LARCH: &str = "larch@requester.example";
const ID: &str = "Message-ID: <one@elsewhere.example>\r\n";
const DATE: &str = "Date: Mon, 16 Nov 2026 09:00:00 -0500\r\n";

/// A letter with these lines above its header and nothing that is not said here.
fn comes(d: &TestDesk, from: &str, head: &str, body: &str) -> Entry {
    let raw = format!("{head}From: {from}\r\nTo: {SUPPORT}\r\nSubject: Printer\r\n\r\n{body}\r\n");
    d.receive(from, &[SUPPORT], raw.as_bytes())
}

#[track_caller]
fn is_own(entry: &Entry) {
    assert_eq!(entry.reason, "letter-reason-opened", "{entry:?}");
}

#[track_caller]
fn is_again(entry: &Entry, first: &Entry) {
    assert_eq!((entry.state, entry.ticket), (LetterState::Duplicate, first.ticket));
    let words = reason_text(Lang::En, &entry.reason);
    assert_eq!(words, format!("The same letter as number {} of this ledger.", first.id));
}

#[test]
fn nobodys_identifier_is_used_up_by_another() {
    each(|d| {
        let head = format!("{ID}{DATE}");
        let first = comes(d, CEDAR, &head, "It is broken.");
        is_own(&first);
        is_own(&comes(d, LARCH, &head, "It is broken."));
        is_own(&comes(d, CEDAR, &head, "It is broken, and it smokes."));
        // The control: the same words under the same identifier, however they came and however late.
        let stamped = format!("Received: from a by b\r\n{head}");
        is_again(&comes(d, CEDAR, &stamped, "It is broken."), &first);
        d.advance(60 * DAY);
        let encoded = format!("{head}MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n");
        is_again(&comes(d, CEDAR, &encoded, "SXQgaXMgYnJva2VuLg=="), &first);
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 3);
    });
}

#[test]
fn another_file_is_another_letter() {
    each(|d| {
        let with = |file: &str| {
            let head = format!("{ID}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n");
            let body = format!(
                "--b\r\n\r\nSee the file.\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\n{file}\r\n--b--"
            );
            comes(d, CEDAR, &head, &body)
        };
        let first = with("one");
        is_own(&first);
        is_own(&with("two"));
        is_again(&d.receive_by(Way::Imap, "", &[SUPPORT], &raw_of(d, &first)), &first);
    });
}

fn raw_of(d: &TestDesk, entry: &Entry) -> Vec<u8> {
    let (cx, id) = (d.cx(), entry.id);
    d.read(move |r| desk::mailboxes::ledger::raw(r, &cx, id))
}

#[test]
fn the_same_words_next_month_are_a_new_letter() {
    each(|d| {
        let head = |id: u32, day: u32| {
            format!("Message-ID: <{id}@elsewhere.example>\r\nDate: Mon, {day} Nov 2026 09:00:00 -0500\r\n")
        };
        let first = comes(d, CEDAR, &head(1, 16), "No paper again.");
        is_own(&first);
        // A server that made a new identifier for it on the way.
        is_again(&comes(d, CEDAR, &head(2, 16), "No paper again."), &first);
        // Said again the next day, and by another, it is another letter.
        is_own(&comes(d, CEDAR, &head(3, 17), "No paper again."));
        is_own(&comes(d, LARCH, &head(4, 16), "No paper again."));
        d.advance(8 * DAY);
        is_own(&comes(d, CEDAR, &head(5, 16), "No paper again."));
    });
}

/// A device that knows one identifier only, and says the same each month.
#[test]
fn one_identifier_for_all_that_a_machine_says_loses_nothing() {
    each(|d| {
        let month = |month: &str| format!("{ID}Date: 16 {month} 2026 09:00:00 -0500\r\n");
        let first = comes(d, CEDAR, &month("Sep"), "The toner is low.");
        is_own(&first);
        is_own(&comes(d, CEDAR, &month("Oct"), "The toner is low."));
        // The control: the same of one month again.
        let stamped = format!("Received: from a by b\r\n{}", month("Sep"));
        is_again(&comes(d, CEDAR, &stamped, "The toner is low."), &first);
    });
}

#[test]
fn a_letter_that_does_not_say_when_it_was_written_is_its_own_after_a_week() {
    each(|d| {
        for head in ["", ID] {
            let first = comes(d, CEDAR, head, "The backup failed.");
            is_own(&first);
            d.advance(HOUR);
            is_again(&comes(d, CEDAR, head, "The backup failed."), &first);
            d.advance(8 * DAY);
            is_own(&comes(d, CEDAR, head, "The backup failed."));
        }
        // With a date the same bytes are the same letter, whenever they come.
        let dated = comes(d, CEDAR, DATE, "The disk is full.");
        is_own(&dated);
        d.advance(60 * DAY);
        is_again(&comes(d, CEDAR, DATE, "The disk is full."), &dated);
    });
}

#[test]
fn the_same_bytes_without_a_sender_are_of_whoever_sent_them() {
    each(|d| {
        let raw = b"To: support@desk.example\r\nSubject: Help\r\n\r\nIt is broken.\r\n";
        let first = d.receive(CEDAR, &[SUPPORT], raw);
        is_own(&first);
        is_own(&d.receive(LARCH, &[SUPPORT], raw));
        is_again(&d.receive(CEDAR, &[SUPPORT], raw), &first);
    });
}

#[test]
fn what_an_earlier_version_read_is_known_again_by_its_subject() {
    each(|d| {
        let first = comes(d, CEDAR, ID, "It is broken.");
        d.write(|tx| Ok(tx.exec("UPDATE letter SET content = '', dated = NULL", &[])?));
        let stamped = format!("Received: from a by b\r\n{ID}");
        is_again(&comes(d, CEDAR, &stamped, "It is broken."), &first);
        is_own(&comes(d, LARCH, &stamped, "It is broken."));
    });
}
