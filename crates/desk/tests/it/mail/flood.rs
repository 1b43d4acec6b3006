//! The brake on letters that open tickets: it stops who floods, not whom he names, and loses nothing.

use desk::access::Role;
use desk::clock::{HOUR, MINUTE};
use desk::mailboxes::ledger::{self, Entry, Flooded, Heap, Told};
use desk::mailboxes::{DeskReceiver, LetterState, Way, flood};
use desk::*;
use mail::smtp::{Delivery, Envelope, Protocol, Receiver};

use super::desk::{SUPPORT, TestDesk, each, letter};

const VICTIM: &str = "cedar@requester.example";
const THEIRS: [u8; 4] = [192, 0, 2, 10];

/// The letter comes to our SMTP door from there.
fn brings(d: &TestDesk, peer: [u8; 4], from: &str) -> Entry {
    let envelope = Envelope {
        from: Some(from.into()),
        to: vec![SUPPORT.into()],
        peer: peer.into(),
        helo: "there.example".into(),
        protocol: Protocol::Smtp,
        tls: false,
        authenticated: None,
    };
    let raw = letter(from, SUPPORT, "Subject: Printer", "It is broken.").into_bytes();
    let door = DeskReceiver::new(d.desk.clone());
    assert_eq!(d.wait(door.deliver(envelope, raw)), Delivery::Kept);
    d.read_kept();
    d.entry(LetterId(d.count("SELECT max(id) FROM letter")))
}

fn last_of(d: &TestDesk, times: usize, peer: [u8; 4], from: &str) -> Entry {
    (0..times).map(|_| brings(d, peer, from)).last().unwrap()
}

const STORM: (LetterState, &str) = (LetterState::Held, "letter-reason-storm");

fn what(entry: &Entry) -> (LetterState, &str) {
    (entry.state, &entry.reason)
}

#[test]
fn who_floods_in_anothers_name_does_not_silence_him() {
    each(|d| {
        let forger = [203, 0, 113, 9];
        assert_eq!(last_of(d, 50, forger, VICTIM).state, LetterState::Filed);
        assert_eq!(what(&brings(d, forger, VICTIM)), STORM, "the control");
        assert_eq!(brings(d, THEIRS, VICTIM).state, LetterState::Filed);
        // From everywhere at once it ends all the same, and then only our own server's word helps.
        for peer in 10..15 {
            last_of(d, 30, [203, 0, 113, peer], VICTIM);
        }
        assert_eq!(what(&brings(d, [203, 0, 113, 15], VICTIM)), STORM);
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 200);
        let raw = |head: &str| letter(VICTIM, SUPPORT, &format!("Subject: Printer\r\n{head}"), "It is broken.");
        let vouched = raw("Authentication-Results: mx.desk.example; dmarc=pass header.from=requester.example");
        for (raw, state) in [(vouched, LetterState::Filed), (raw("X-Other: y"), LetterState::Held)] {
            assert_eq!(d.receive_by(Way::Lmtp, VICTIM, &[SUPPORT], raw.as_bytes()).state, state);
        }
    });
}

#[test]
fn who_is_exempt_may_open_five_hundred_an_hour() {
    each(|d| {
        let admin = d.as_person(d.person("office@desk.example", Role::Admin));
        let says = |sender: &str| {
            let (cx, sender) = (admin.clone(), sender.to_string());
            d.desk.write_now(move |tx| flood::add_exempt(tx, &cx, &sender))
        };
        assert_eq!(
            says("no address"),
            Err(Error::refused("sender", "refused-address-or-domain"))
        );
        says("Monitor.example").unwrap();
        let technician = d.as_person(d.person("technician@desk.example", Role::Technician));
        let done = d
            .desk
            .write_now(move |tx| flood::add_exempt(tx, &technician, "a@b.example"));
        assert_eq!(done, Err(Error::NotFound));
        assert_eq!(
            last_of(d, 500, THEIRS, "alerts@monitor.example").state,
            LetterState::Filed
        );
        assert_eq!(
            what(&last_of(d, 51, THEIRS, "alerts@other.example")),
            STORM,
            "the control"
        );
        let cx = admin.clone();
        assert_eq!(d.read(move |r| flood::exempt(r, &cx)), ["monitor.example"]);
        let cx = admin.clone();
        d.write(move |tx| flood::remove_exempt(tx, &cx, "monitor.example"));
        assert_eq!(d.count("SELECT count(*) FROM brake_exempt"), 0);
    });
}

#[test]
fn a_mailbox_has_a_brake_of_its_own() {
    each(|d| {
        let admin = d.as_person(d.person("office@desk.example", Role::Admin));
        let set = |most| {
            let cx = admin.clone();
            d.desk
                .write_now(move |tx| flood::set_most_an_hour(tx, &cx, MailboxId(1), most))
        };
        assert_eq!(set(Some(0)), Err(Error::refused("most_an_hour", "refused-brake")));
        set(Some(5)).unwrap();
        let cx = admin.clone();
        d.write(move |tx| flood::add_exempt(tx, &cx, "alerts@monitor.example"));
        for n in 0..5 {
            let entry = brings(d, THEIRS, &format!("p{n}@requester.example"));
            assert_eq!(entry.state, LetterState::Filed);
        }
        let held = brings(d, THEIRS, "p5@requester.example");
        assert_eq!(what(&held), (LetterState::Held, "letter-reason-mailbox-storm"));
        assert_eq!(brings(d, THEIRS, "alerts@monitor.example").state, LetterState::Filed);
        d.advance(HOUR);
        assert_eq!(brings(d, THEIRS, "p6@requester.example").state, LetterState::Filed);
        set(None).unwrap();
        assert_eq!(last_of(d, 10, THEIRS, "p7@requester.example").state, LetterState::Filed);
    });
}

#[test]
fn what_the_brake_held_is_let_in_or_set_aside_at_once() {
    each(|d| {
        for from in ["script@requester.example", "robot@requester.example"] {
            last_of(d, 55, THEIRS, from);
        }
        let technician = d.as_person(d.person("technician@desk.example", Role::Technician));
        d.sends();
        let heaps = || {
            let cx = technician.clone();
            d.read(move |r| ledger::held_by_flood(r, &cx))
        };
        let heap = |sender: &str| Heap {
            mailbox: Some(MailboxId(1)),
            sender: Some(sender.into()),
            letters: 5,
        };
        assert_eq!(
            heaps(),
            [heap("robot@requester.example"), heap("script@requester.example")]
        );
        let requester = d.as_person(d.person(VICTIM, Role::Requester));
        let all = Flooded::default();
        let refused = d
            .desk
            .write_now(move |tx| ledger::release_held_by_flood(tx, &requester, &all));
        assert_eq!(refused, Err(Error::NotFound));
        let (cx, of_robot) = (
            technician.clone(),
            Flooded {
                mailbox: Some(MailboxId(1)),
                sender: Some("robot@requester.example".into()),
            },
        );
        let done = d.write(move |tx| ledger::release_held_by_flood(tx, &cx, &of_robot));
        assert_eq!((done.letters, done.left), (5, 0));
        d.read_kept();
        assert_eq!(heaps(), [heap("script@requester.example")]);
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 105);
        assert!(d.sends().is_empty(), "nobody is told of it by mail");
        let cx = technician.clone();
        let done = d.write(move |tx| ledger::dismiss_held_by_flood(tx, &cx, &Flooded::default()));
        assert_eq!((done.letters, done.left), (5, 0));
        assert_eq!(d.count("SELECT count(*) FROM letter WHERE state = 'refused'"), 5);
        assert_eq!(
            d.count("SELECT count(*) FROM letter"),
            d.count("SELECT count(*) FROM letter_raw"),
            "nothing is lost"
        );
        let audited = "SELECT count(*) FROM audit WHERE action IN ('letters released', 'letters dismissed')";
        assert_eq!(d.count(audited), 2);
        // What was let in by hand does not count for the brake: who was stopped is heard again when it is over.
        d.advance(10 * MINUTE);
        assert_eq!(brings(d, THEIRS, "robot@requester.example").state, LetterState::Filed);
    });
}

#[test]
fn a_heap_let_in_or_set_aside_is_taken_back_at_once() {
    each(|d| {
        last_of(d, 55, THEIRS, "script@requester.example");
        let technician = d.as_person(d.person("technician@desk.example", Role::Technician));
        let heaps = || {
            let cx = technician.clone();
            let heaps = d.read(move |r| ledger::held_by_flood(r, &cx));
            heaps.iter().map(|heap| heap.letters).collect::<Vec<_>>()
        };
        let undo = |event| {
            let cx = technician.clone();
            d.write(move |tx| ledger::undo(tx, &cx, event))
        };
        let cx = technician.clone();
        let aside = d.write(move |tx| ledger::dismiss_held_by_flood(tx, &cx, &Flooded::default()));
        let (cx, event) = (technician.clone(), aside.event.unwrap());
        let told = d.read(move |r| ledger::told(r, &cx, event));
        assert_eq!((told, heaps()), (Told::DismissedAll(5), vec![]));
        assert_eq!((undo(event), heaps()), (5, vec![5]));
        let cx = technician.clone();
        let let_in = d.write(move |tx| ledger::release_held_by_flood(tx, &cx, &Flooded::default()));
        d.read_kept();
        assert_eq!(d.count("SELECT count(*) FROM ticket WHERE merged_into IS NULL"), 55);
        let event = let_in.event.unwrap();
        assert_eq!((undo(event), heaps()), (5, vec![5]));
        assert_eq!(undo(event), 0, "what stands as it stood is left alone");
    });
}
