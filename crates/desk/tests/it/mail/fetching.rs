//! A real dovecot holds the mailbox; the desk fetches it, keeps first and marks after, and tells how it goes.

use std::time::Duration;

use desk::access::Role;
use desk::mailboxes::LetterState;
use desk::mailboxes::fetching;
use desk::mailboxes::sources::{self, Afterwards, Fault, Protection, Protocol, SourceFields, WhyLeft};
use desk::mailboxes::watch::{self as watch_over, Alarm};
use desk::*;
use testmail::Dovecot;
use tokio::sync::watch;

use super::desk::{SUPPORT, TestDesk, each, letter};

const PASSWORD: &str = testmail::dovecot::PASSWORD;

fn fields(port: u16) -> SourceFields {
    SourceFields {
        port: Some(i64::from(port)),
        protection: Protection::None,
        ..SourceFields::new("127.0.0.1", SUPPORT, PASSWORD)
    }
}

fn set(d: &TestDesk, fields: &SourceFields) {
    let admin = d.person("juniper@desk.example", Role::Admin);
    let (cx, fields) = (d.as_person(admin), fields.clone());
    let vault = d.desk.vault().clone();
    d.write(move |tx| sources::set(tx, &cx, &vault, MailboxId(1), &fields));
}

/// Fetches until the question is answered with yes; a minute is more than it ever takes.
fn fetch_until(d: &TestDesk, what: &str, question: impl Fn() -> bool) {
    let (end, told) = watch::channel(false);
    let done = d.wait(async {
        let fetching = fetching::run(d.desk.clone(), told);
        let asking = async {
            let mut bell = d.desk.db().subscribe();
            while !question() {
                let news = tokio::time::timeout(Duration::from_millis(100), bell.changed());
                let _ = news.await;
            }
            end.send_replace(true);
        };
        let both = async { tokio::join!(fetching, asking) };
        tokio::time::timeout(Duration::from_secs(20), both).await
    });
    let words: Vec<(Option<Fault>, String)> = d.read(|r| Ok(r.query("SELECT fault, words FROM source", &[])?));
    assert!(done.is_ok(), "{what} did not come about: {words:?}");
}

fn states(d: &TestDesk, state: LetterState) -> i64 {
    d.read(move |r| {
        Ok(r.one(
            "SELECT count(*) FROM letter WHERE state = $1 AND way = 'imap'",
            &db::args![state],
        )?)
    })
}

fn letters() -> Vec<String> {
    let one = |n: usize| {
        letter(
            "owner@requester.example",
            SUPPORT,
            &format!("Subject: Printer {n}"),
            "It is broken.",
        )
    };
    (0..5).map(one).collect()
}

fn hand_in(dovecot: &Dovecot, letters: &[String]) {
    let raw: Vec<&[u8]> = letters.iter().map(String::as_bytes).collect();
    dovecot.deliver(SUPPORT, &raw);
}

#[test]
fn letters_of_a_real_mailbox_become_tickets_once() {
    let Some(dovecot) = Dovecot::start() else { return };
    each(|d| {
        let letters = letters();
        hand_in(&dovecot, &letters);
        let deletes = SourceFields {
            afterwards: Afterwards::Delete,
            ..fields(dovecot.imap_port)
        };
        set(d, &deletes);
        fetch_until(d, "the first five", || states(d, LetterState::Kept) == 5);
        // New ones while it waits, and the same ones again as after a storm.
        hand_in(&dovecot, &letters[..2]);
        fetch_until(d, "all seven", || states(d, LetterState::Kept) == 7);
        d.read_kept();
        assert_eq!(states(d, LetterState::Filed), 5);
        assert_eq!(states(d, LetterState::Duplicate), 2, "what comes twice is recognised");
        let well = d.count("SELECT count(*) FROM source WHERE well_at IS NOT NULL AND fault IS NULL");
        assert_eq!(well, 1);
        let admin = d.person("juniper@desk.example", Role::Admin);
        let cx = d.as_person(admin);
        let account = d.read(move |r| mailboxes::account(r, &cx, Some(MailboxId(1))));
        assert_eq!((account.handed, account.agrees()), (7, true));
    });
}

#[test]
fn pop3_letters_that_stay_there_come_once() {
    let Some(dovecot) = Dovecot::start() else { return };
    each(|d| {
        hand_in(&dovecot, &letters());
        let there = SourceFields {
            protocol: Protocol::Pop3,
            ..fields(dovecot.pop3_port)
        };
        set(d, &there);
        fetch_until(d, "the five", || states(d, LetterState::Kept) >= 5);
        let seen = d.count("SELECT count(*) FROM source_seen");
        d.write(|tx| Ok(tx.exec("UPDATE source SET well_at = NULL", &[])?));
        fetch_until(d, "another look", || {
            d.count("SELECT count(*) FROM source WHERE well_at IS NOT NULL") == 1
        });
        assert_eq!(d.count("SELECT count(*) FROM source_seen"), seen, "nothing came twice");
        dovecot.admin(&["expunge", "-u", SUPPORT, "mailbox", "INBOX", "1:2"]);
        fetch_until(d, "names forgotten with their letters", || {
            d.count("SELECT count(*) FROM source_seen") == seen - 2
        });
        dovecot.admin(&["expunge", "-u", SUPPORT, "mailbox", "INBOX", "all"]);
    });
}

#[test]
fn imap_letters_that_stay_there_are_forgotten_when_they_are_gone() {
    let Some(dovecot) = Dovecot::start() else { return };
    each(|d| {
        set(d, &fields(dovecot.imap_port));
        let all: Vec<String> = (0..12).flat_map(|_| letters()).take(12).collect();
        hand_in(&dovecot, &all);
        let seen = || d.count("SELECT count(*) FROM source_seen");
        fetch_until(d, "the twelve", || states(d, LetterState::Kept) >= 12 && seen() == 12);
        // Numbers of another folder are not this one's.
        d.write(|tx| Ok(tx.exec("INSERT INTO source_seen (mailbox, name) VALUES (1, '7.1')", &[])?));
        let newest = || d.count("SELECT count(*) FROM source_seen WHERE name LIKE '%.10' OR name LIKE '%.22'");
        dovecot.admin(&["expunge", "-u", SUPPORT, "mailbox", "INBOX", "1:9"]);
        fetch_until(d, "the nine forgotten", || seen() == 4);
        assert_eq!(newest(), 1, "the first that is still there is remembered");
        dovecot.admin(&["expunge", "-u", SUPPORT, "mailbox", "INBOX", "all"]);
    });
}

#[test]
fn a_wrong_password_is_told_in_the_servers_words() {
    let Some(dovecot) = Dovecot::start() else { return };
    each(|d| {
        let wrong = SourceFields {
            secret: "three loud rivers".into(),
            ..fields(dovecot.imap_port)
        };
        set(d, &wrong);
        fetch_until(d, "the refusal", || {
            d.count("SELECT count(*) FROM source WHERE fault = 'sign-in'") == 1
        });
        let admin = d.person("juniper@desk.example", Role::Admin);
        let cx = d.as_person(admin);
        let source = d.read(move |r| sources::find(r, &cx, MailboxId(1))).unwrap();
        assert_eq!(source.fault, Some(Fault::SignIn));
        assert!(
            source.words.to_lowercase().contains("authentication failed"),
            "{}",
            source.words
        );
        assert!(!source.words.contains("rivers"), "the password is told");
        // Set right, it goes on at once.
        hand_in(&dovecot, &letters());
        set(d, &fields(dovecot.imap_port));
        fetch_until(d, "the letters", || states(d, LetterState::Kept) >= 5);
        dovecot.admin(&["expunge", "-u", SUPPORT, "mailbox", "INBOX", "all"]);
    });
}

#[test]
fn a_letter_too_large_stays_there_and_is_told_until_somebody_has_seen_to_it() {
    let Some(dovecot) = Dovecot::start() else { return };
    let admins = |d: &TestDesk| d.person("juniper@desk.example", Role::Admin);
    each(|d| {
        let giant = letter(
            "owner@requester.example",
            SUPPORT,
            "Subject: Film",
            &"frames ".repeat(5_300_000),
        );
        hand_in(&dovecot, &[giant]);
        hand_in(&dovecot, &letters()[..1]);
        set(d, &fields(dovecot.imap_port));
        fetch_until(d, "the small one", || states(d, LetterState::Kept) == 1);
        let left = || {
            let cx = d.as_person(admins(d));
            d.read(move |r| sources::left_there(r, &cx, MailboxId(1)))
        };
        let alarms = || {
            let cx = d.as_person(admins(d));
            d.read(move |r| watch_over::alarms(r, &cx))
        };
        let found = left();
        assert_eq!(found.len(), 1, "the small one leaves no line");
        assert!(
            found[0].why == WhyLeft::TooLarge && found[0].bytes > 35 * 1024 * 1024,
            "{found:?}"
        );
        assert_eq!(alarms(), [(MailboxId(1), Alarm::LeftThere)]);
        let cx = d.as_person(admins(d));
        d.write(move |tx| sources::seen_to(tx, &cx, MailboxId(1)));
        assert_eq!((left(), alarms()), (Vec::new(), Vec::new()));
        dovecot.admin(&["expunge", "-u", SUPPORT, "mailbox", "INBOX", "all"]);
    });
}
