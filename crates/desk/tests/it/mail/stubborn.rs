//! Servers that refuse to mark what is kept, break off over one letter, or give all letters new numbers: each letter is
//! in the ledger once, the others come in, and the administrators are told in words.

use std::time::Duration;

use desk::access::Role;
use desk::clock::{DAY, HOUR};
use desk::mailboxes::sources::{self, Afterwards, LeftThere, Protection, Source, SourceFields, WhyLeft};
use desk::mailboxes::watch::{self as watch_over, Alarm};
use desk::mailboxes::{LetterState, MailboxFields, boxes, fetching};
use desk::*;
use testmail::Stubborn;
use tokio::sync::watch;

use super::desk::{SUPPORT, TestDesk, each, letter};

fn admin(d: &TestDesk) -> Context {
    let admin = d.person("juniper@elsewhere.example", Role::Admin);
    d.as_person(admin)
}

fn set(d: &TestDesk, server: &Stubborn, afterwards: Afterwards) {
    set_for(d, MailboxId(1), server, afterwards);
}

fn set_for(d: &TestDesk, mailbox: MailboxId, server: &Stubborn, afterwards: Afterwards) {
    let fields = SourceFields {
        port: Some(i64::from(server.port)),
        protection: Protection::None,
        afterwards,
        move_to: "Done".into(),
        ..SourceFields::new("127.0.0.1", SUPPORT, "two quiet rivers")
    };
    let (cx, vault) = (admin(d), d.desk.vault().clone());
    d.write(move |tx| sources::set(tx, &cx, &vault, mailbox, &fields));
}

fn put(server: &Stubborn, subject: &str) -> u32 {
    let head = format!("Subject: {subject}\r\nDate: Mon, 16 Nov 2026 10:00:00 -0500");
    let raw = letter("owner@requester.example", SUPPORT, &head, "It is broken.");
    server.whims().put(raw.as_bytes())
}

/// Fetches until it is so.
fn fetch_until(d: &TestDesk, what: &str, so: impl Fn() -> bool) {
    let (end, told) = watch::channel(false);
    let done = d.wait(async {
        let asking = async {
            let mut bell = d.desk.db().subscribe();
            while !so() {
                let _ = tokio::time::timeout(Duration::from_millis(50), bell.changed()).await;
            }
            end.send_replace(true);
        };
        let both = async { tokio::join!(fetching::run(d.desk.clone(), told), asking) };
        tokio::time::timeout(Duration::from_secs(40), both).await
    });
    assert!(done.is_ok(), "{what} did not come about: {:?}", source(d));
}

/// So many whole looks more, each asked for by an administrator.
fn look(d: &TestDesk, server: &Stubborn, times: usize) {
    for _ in 0..times {
        d.advance(1_000_000);
        let cx = admin(d);
        d.write(move |tx| sources::try_now(tx, &cx, MailboxId(1)));
        let (before, now) = (server.whims().times("SELECT"), d.desk.now());
        fetch_until(d, "another look", || {
            server.whims().times("SELECT") > before && source(d).well_at >= Some(now)
        });
    }
}

fn source(d: &TestDesk) -> Source {
    let cx = admin(d);
    d.read(move |r| sources::find(r, &cx, MailboxId(1))).unwrap()
}

fn left(d: &TestDesk) -> Vec<LeftThere> {
    let cx = admin(d);
    d.read(move |r| sources::left_there(r, &cx, MailboxId(1)))
}

fn alarms(d: &TestDesk) -> Vec<(MailboxId, Alarm)> {
    let cx = admin(d);
    d.read(move |r| watch_over::alarms(r, &cx))
}

fn in_ledger(d: &TestDesk) -> i64 {
    d.count("SELECT count(*) FROM letter")
}

/// Subjects of the letters that administrators got meanwhile.
fn told(d: &TestDesk) -> Vec<String> {
    let cx = d.cx();
    d.write(move |tx| watch_over::tell(tx, &cx));
    d.sends().iter().filter_map(|left| left.read().subject).collect()
}

#[test]
fn letters_a_server_will_not_mark_are_kept_once_however_often_it_is_looked_into() {
    each(|d| {
        for (afterwards, refused) in [
            (Afterwards::Seen, "STORE"),
            (Afterwards::Move, "MOVE"),
            (Afterwards::Delete, "EXPUNGE"),
        ] {
            let server = Stubborn::start();
            server.whims().refused.insert(refused);
            let before = in_ledger(d);
            for n in 0..3 {
                put(&server, &format!("Printer {n} {refused}"));
            }
            set(d, &server, afterwards);
            fetch_until(d, "the three", || in_ledger(d) == before + 3);
            look(d, &server, 3);
            put(&server, &format!("Behind them {refused}"));
            look(d, &server, 2);
            assert_eq!(
                in_ledger(d),
                before + 4,
                "{afterwards:?}: once each, and the one behind them"
            );
            assert_eq!((source(d).unsettled, source(d).fault), (4, None));
            assert_eq!(source(d).words, "not here");
            assert_eq!(alarms(d), [(MailboxId(1), Alarm::Unsettled)]);
            server.whims().refused.clear();
            look(d, &server, 1);
            assert_eq!((source(d).unsettled, alarms(d)), (0, Vec::new()), "told and over");
            assert!(server.whims().letters.iter().all(|one| one.seen));
            assert_eq!(in_ledger(d), before + 4);
            // The control: with nothing remembered all that stays there and is unread comes again.
            if afterwards == Afterwards::Seen {
                server.whims().letters[0].seen = false;
                d.write(|tx| Ok(tx.exec("DELETE FROM source_seen", &[])?));
                look(d, &server, 1);
                assert_eq!(in_ledger(d), before + 5);
            }
            let cx = admin(d);
            d.write(move |tx| sources::remove(tx, &cx, MailboxId(1)));
        }
    });
}

#[test]
fn a_refusal_to_mark_is_told_once_in_words() {
    each(|d| {
        let server = Stubborn::start();
        server.whims().read_only = true;
        put(&server, "Printer");
        set(d, &server, Afterwards::Seen);
        fetch_until(d, "the letter", || source(d).unsettled == 1);
        assert_eq!(source(d).words, "the folder may only be read");
        d.read_kept();
        d.sends();
        assert_eq!(told(d), [format!("The server of {SUPPORT} refuses to mark letters")]);
        look(d, &server, 2);
        assert!(told(d).is_empty(), "told already");
    });
}

#[test]
fn a_poisoned_letter_is_given_up_after_three_and_named_while_the_others_come() {
    each(|d| {
        let server = Stubborn::start();
        put(&server, "First");
        let poisoned = put(&server, "Poisoned");
        put(&server, "Behind it");
        server.whims().poison.insert(poisoned);
        set(d, &server, Afterwards::Seen);
        fetch_until(d, "the two others", || left(d).len() == 1 && in_ledger(d) == 2);
        let found = left(d).remove(0);
        assert_eq!((found.name.as_str(), found.why), ("7.2", WhyLeft::GivenUp));
        assert!(found.words.contains("hung up"), "{found:?}");
        assert_eq!(
            server.whims().times("UID FETCH 2 (UID BODY"),
            3,
            "three times, and no more"
        );
        assert_eq!(alarms(d), [(MailboxId(1), Alarm::LeftThere)]);
        // Hours later it is tried again by itself, and has become well.
        server.whims().poison.clear();
        d.advance(6 * HOUR);
        let cx = d.cx();
        d.write(move |tx| Ok(tx.exec("UPDATE source SET asked_at = $1", &db::args![cx.now])?));
        fetch_until(d, "the mended one", || in_ledger(d) == 3);
        assert_eq!(
            (left(d), d.count("SELECT count(*) FROM source_missed")),
            (Vec::new(), 0)
        );
    });
}

#[test]
fn a_renumbered_folder_doubles_no_ticket_and_is_told_once() {
    each(|d| {
        let server = Stubborn::start();
        server.whims().refused.insert("STORE");
        for n in 0..3 {
            put(&server, &format!("Printer {n}"));
        }
        set(d, &server, Afterwards::Seen);
        fetch_until(d, "the three", || source(d).unsettled == 3);
        d.read_kept();
        put(&server, "New, and read by somebody");
        server.whims().letters[3].seen = true;
        server.whims().renumber();
        look(d, &server, 1);
        d.read_kept();
        let count = |state: LetterState| {
            d.read(move |r| Ok(r.one("SELECT count(*) FROM letter WHERE state = $1", &db::args![state])?))
        };
        let (filed, doubled): (i64, i64) = (count(LetterState::Filed), count(LetterState::Duplicate));
        assert_eq!((filed, doubled), (4, 3), "recognised by what they say");
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 4);
        let cx = admin(d);
        let account = d.read(move |r| mailboxes::account(r, &cx, Some(MailboxId(1))));
        assert!(account.agrees(), "{account:?}");
        server.whims().refused.clear();
        look(d, &server, 2);
        assert_eq!(count(LetterState::Kept), 0, "once more, and nothing more comes");
        d.sends();
        assert_eq!(alarms(d), [(MailboxId(1), Alarm::Renumbered)]);
        assert_eq!(told(d), [format!("The letters of {SUPPORT} have new numbers")]);
        d.advance(DAY);
        assert!(
            alarms(d).is_empty() && told(d).is_empty(),
            "it was news, and is over without a word"
        );
    });
}

#[test]
fn only_an_administrator_wants_a_look_and_it_is_in_the_audit() {
    each(|d| {
        let server = Stubborn::start();
        let cedar = d.person("cedar@desk.example", Role::Technician);
        let try_as = |cx: Context| d.desk.write_now(move |tx| sources::try_now(tx, &cx, MailboxId(1)));
        assert_eq!(try_as(admin(d)), Err(Error::NotFound), "there is no server to look at");
        set(d, &server, Afterwards::Seen);
        assert_eq!(try_as(d.as_person(cedar)), Err(Error::NotFound));
        assert_eq!(try_as(admin(d)), Ok(()));
        let audited = d.count("SELECT count(*) FROM audit WHERE action = 'mailbox looked into'");
        assert_eq!(audited, 1);
    });
}

#[test]
fn a_mailbox_out_of_use_is_not_looked_into_until_it_is_back() {
    each(|d| {
        let (server, other) = (Stubborn::start(), Stubborn::start());
        let help = d.mailbox(&MailboxFields::new("help@desk.example"));
        put(&server, "To the one out of use");
        put(&other, "To the other");
        set(d, &server, Afterwards::Seen);
        set_for(d, help, &other, Afterwards::Seen);
        let cx = admin(d);
        d.write(move |tx| boxes::retire(tx, &cx, MailboxId(1)));
        let cx = admin(d);
        let asked = d.desk.write_now(move |tx| sources::try_now(tx, &cx, MailboxId(1)));
        assert_eq!(asked, Err(Error::NotFound));
        fetch_until(d, "the letter of the other", || in_ledger(d) == 1);
        assert!(server.whims().asked.is_empty(), "nobody asked the server anything");
        let cx = admin(d);
        d.write(move |tx| boxes::bring_back(tx, &cx, MailboxId(1)));
        fetch_until(d, "its own letter", || in_ledger(d) == 2);
    });
}
