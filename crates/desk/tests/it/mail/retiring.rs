//! A mailbox out of use: refused at the door in words, nothing fetched, nothing sent from it; its tickets live on, and
//! it can come back.

use desk::access::Role;
use desk::house::{self, Followed};
use desk::mailboxes::{DeskReceiver, LetterState, MailboxFields, boxes, outbox};
use desk::*;
use mail::smtp::{Receiver, RecipientVerdict};

use super::desk::{SUPPORT, TestDesk, each};

const OTHER: &str = "help@desk.example";

fn admin(d: &TestDesk) -> Context {
    let admin = d.person("juniper@elsewhere.example", Role::Admin);
    d.as_person(admin)
}

fn retire(d: &TestDesk, id: MailboxId) -> Result<()> {
    let cx = admin(d);
    d.desk.write_now(move |tx| boxes::retire(tx, &cx, id))
}

fn bring_back(d: &TestDesk, id: MailboxId) -> Result<()> {
    let cx = admin(d);
    d.desk.write_now(move |tx| boxes::bring_back(tx, &cx, id))
}

fn verdict(d: &TestDesk, to: &str) -> RecipientVerdict {
    let door = DeskReceiver::new(d.desk.clone());
    d.wait(door.recipient(to))
}

fn is_refused_in_words(verdict: &RecipientVerdict) -> bool {
    matches!(verdict, RecipientVerdict::Refuse(words) if words.contains("no longer in use"))
}

#[test]
fn letters_to_a_mailbox_out_of_use_are_refused_and_its_tickets_are_answered_from_another() {
    each(|d| {
        let other = d.mailbox(&MailboxFields::new(OTHER));
        let ticket = d.ticket_by_mail("owner@requester.example");
        let cedar = d.person("cedar@desk.example", Role::Technician);
        let first = d.reply_letter(cedar, ticket);
        assert!(first.reply_to().starts_with("support+"));
        assert_eq!(retire(d, MailboxId(1)), Ok(()));
        assert!(is_refused_in_words(&verdict(d, SUPPORT)));
        assert!(is_refused_in_words(&verdict(d, &first.reply_to())));
        assert_eq!(verdict(d, OTHER), RecipientVerdict::Accept);
        let second = d.reply_letter(cedar, ticket);
        assert!(second.reply_to().starts_with("help+"), "{}", second.reply_to());
        // The key leads to its ticket through the other door.
        let entry = d.writes(
            "owner@requester.example",
            &second.reply_to(),
            "Subject: Re: Printer",
            "Thank you.",
        );
        assert_eq!((entry.state, entry.ticket), (LetterState::Filed, Some(ticket)));
        assert_eq!(bring_back(d, MailboxId(1)), Ok(()));
        assert_eq!(verdict(d, SUPPORT), RecipientVerdict::Accept);
        assert_eq!(bring_back(d, MailboxId(1)), Err(Error::NotFound), "it is back");
        assert_eq!(retire(d, other), Ok(()));
        let audited = d.count("SELECT count(*) FROM audit WHERE action IN ('mailbox retired', 'mailbox brought back')");
        assert_eq!(audited, 3);
    });
}

#[test]
fn notices_leave_from_a_mailbox_in_use() {
    each(|d| {
        d.mailbox(&MailboxFields::new(OTHER));
        let willow = d.person("willow@requester.example", Role::Requester);
        let sender = || {
            let (house, now) = (d.desk.house(), d.desk.now());
            assert!(d.write(move |tx| outbox::sign_in_link(tx, &house, now, willow)));
            d.count("SELECT mailbox FROM outgoing ORDER BY id DESC LIMIT 1")
        };
        assert_eq!(sender(), 1);
        retire(d, MailboxId(1)).unwrap();
        d.advance(clock::HOUR);
        assert_eq!(sender(), 2);
    });
}

#[test]
fn the_last_one_stays_and_only_an_administrator_retires() {
    each(|d| {
        assert_eq!(retire(d, MailboxId(1)), Err(Error::Conflict("conflict-last-mailbox")));
        let other = d.mailbox(&MailboxFields::new(OTHER));
        let cedar = d.person("cedar@desk.example", Role::Technician);
        let cx = d.as_person(cedar);
        let asked = d.desk.write_now(move |tx| boxes::retire(tx, &cx, other));
        assert_eq!(asked, Err(Error::NotFound));
        assert_eq!(retire(d, other), Ok(()));
        assert_eq!(retire(d, other), Err(Error::NotFound), "it is out of use");
        assert_eq!(retire(d, MailboxId(1)), Err(Error::Conflict("conflict-last-mailbox")));
        let listed = |live: bool| {
            d.read(move |r| if live { boxes::live(r) } else { boxes::list(r) })
                .len()
        };
        assert_eq!((listed(true), listed(false)), (1, 2), "it stays known as ours");
        let cx = admin(d);
        let health = d.read(move |r| house::health(r, &cx, Followed::default()));
        assert_eq!(health.mailboxes, 1, "the state of the desk counts those in use");
    });
}

#[test]
fn what_waits_while_its_mailbox_is_retired_leaves_from_another() {
    each(|d| {
        d.mailbox(&MailboxFields::new(OTHER));
        let ticket = d.ticket_by_mail("owner@requester.example");
        let cedar = d.person("cedar@desk.example", Role::Technician);
        let sender = |d: &TestDesk| {
            let left = d.sends().pop().expect("a reply leaves").read();
            left.from.expect("somebody writes").address
        };
        d.replies(cedar, ticket, "Please restart it.");
        assert_eq!(sender(d), SUPPORT, "the control");
        d.replies(cedar, ticket, "Did it help?");
        retire(d, MailboxId(1)).unwrap();
        assert_eq!(sender(d), OTHER);
    });
}
