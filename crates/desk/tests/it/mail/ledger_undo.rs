//! What was done with a letter is taken back: set aside, let in, moved; and the rules of a mailbox are changed, turned
//! and put back.

use desk::access::Role;
use desk::mailboxes::LetterState;
use desk::mailboxes::ledger::{self, Release, Told};
use desk::mailboxes::rules::{self, RuleField, RuleFields};
use desk::tickets::{self, NewMessage, Priority, Status};
use desk::*;

use super::desk::{SUPPORT, TestDesk, each};

const STRANGER: &str = "stranger@elsewhere.example";

/// A letter that is held, the ticket whose key it carries, and whoever looks at it.
fn held(d: &TestDesk) -> (LetterId, TicketNumber, Context) {
    let cedar = d.person("cedar@desk.example", Role::Technician);
    let ticket = d.ticket_by_mail("owner@requester.example");
    let key = d.reply_letter(cedar, ticket).reply_to();
    let entry = d.writes(STRANGER, &key, "Subject: Re: Printer", "I know more about it.");
    assert_eq!(entry.state, LetterState::Held);
    let spruce = d.person("spruce@desk.example", Role::Technician);
    (entry.id, ticket, d.as_person(spruce))
}

fn undo(d: &TestDesk, cx: &Context, event: EventId) -> Result<usize> {
    let cx = cx.clone();
    d.desk.write_now(move |tx| ledger::undo(tx, &cx, event))
}

fn said(d: &TestDesk, number: TicketNumber) -> String {
    d.read(move |r| tickets::words_said(r, number))
}

#[test]
fn letters_set_aside_wait_again_with_their_reason() {
    each(|d| {
        let (one, ticket, cx) = held(d);
        let before = d.entry(one);
        let by = cx.clone();
        let event = d.write(move |tx| ledger::dismiss_all(tx, &by, &[one, LetterId(999_999)]));
        let event = event.unwrap();
        let by = cx.clone();
        assert_eq!(d.read(move |r| ledger::told(r, &by, event)), Told::DismissedAll(1));
        let other = d.as_person(d.person("cedar@desk.example", Role::Technician));
        assert_eq!(undo(d, &other, event), Err(Error::NotFound), "only whoever did it");
        assert_eq!(undo(d, &cx, event), Ok(1));
        let after = d.entry(one);
        assert_eq!((after.state, after.ticket), (LetterState::Held, Some(ticket)));
        assert_eq!(after.reason, before.reason);
        assert_eq!(
            undo(d, &cx, event),
            Ok(0),
            "a second time there is nothing to bring back"
        );
    });
}

#[test]
fn a_letter_let_in_on_a_ticket_is_taken_off_it_again() {
    each(|d| {
        let (letter, ticket, cx) = held(d);
        let by = cx.clone();
        let event = d.write(move |tx| ledger::release(tx, &by, letter, Release::OnItsTicket));
        d.read_kept();
        assert!(said(d, ticket).contains("I know more"));
        assert_eq!(undo(d, &cx, event), Ok(1));
        let after = d.entry(letter);
        assert_eq!(
            (after.state, after.ticket, after.message),
            (LetterState::Held, Some(ticket), None)
        );
        assert!(!said(d, ticket).contains("I know more"), "its words are withdrawn");
        let by = cx;
        d.write(move |tx| ledger::release(tx, &by, letter, Release::OnItsTicket));
        d.read_kept();
        assert!(said(d, ticket).contains("I know more"), "and it can be let in again");
    });
}

#[test]
fn a_release_that_nobody_has_read_yet_is_taken_back_and_stays_so() {
    each(|d| {
        let (letter, _, cx) = held(d);
        let by = cx.clone();
        let event = d.write(move |tx| ledger::release(tx, &by, letter, Release::AsNewTicket));
        assert_eq!(undo(d, &cx, event), Ok(1));
        let tickets = d.count("SELECT count(*) FROM ticket");
        d.read_kept();
        assert_eq!(d.entry(letter).state, LetterState::Held);
        assert_eq!(
            d.count("SELECT count(*) FROM ticket"),
            tickets,
            "its job finds nothing to do"
        );
    });
}

#[test]
fn a_ticket_that_a_letter_became_is_put_away_unless_somebody_has_touched_it() {
    each(|d| {
        let (letter, _, cx) = held(d);
        let release = || {
            let by = cx.clone();
            let event = d.write(move |tx| ledger::release(tx, &by, letter, Release::AsNewTicket));
            d.read_kept();
            (event, d.entry(letter).ticket.unwrap())
        };
        let (event, number) = release();
        assert_eq!(undo(d, &cx, event), Ok(1));
        assert_eq!(d.entry(letter).state, LetterState::Held);
        assert_eq!(d.ticket(number).status, Status::Closed);
        assert!(!said(d, number).contains("I know more"));
        let (event, number) = release();
        let by = cx.clone();
        let note = NewMessage {
            body: "Looking".into(),
            ..NewMessage::default()
        };
        d.write(move |tx| tickets::note(tx, &by, number, &note));
        assert_eq!(undo(d, &cx, event), Err(Error::Conflict("conflict-changed-since")));
        assert_eq!(d.entry(letter).state, LetterState::Filed, "it stays as it is");
        assert!(d.sends().is_empty(), "nobody is written to because of any of it");
    });
}

#[test]
fn a_filed_letter_moves_to_another_ticket_and_back() {
    each(|d| {
        let (letter, ticket, cx) = held(d);
        let by = cx.clone();
        d.write(move |tx| ledger::release(tx, &by, letter, Release::OnItsTicket));
        d.read_kept();
        let other = d.ticket_by_mail("third@requester.example");
        let by = cx.clone();
        d.write(move |tx| tickets::pend(tx, &by, other));
        let by = cx.clone();
        let event = d.write(move |tx| ledger::move_letter(tx, &by, letter, other));
        assert_eq!(d.entry(letter).ticket, Some(other));
        assert!(said(d, other).contains("I know more") && !said(d, ticket).contains("I know more"));
        assert_eq!(d.ticket(other).status, Status::Open, "somebody wrote there");
        let by = cx.clone();
        assert_eq!(d.read(move |r| ledger::told(r, &by, event)), Told::Moved(other));
        assert_eq!(undo(d, &cx, event), Ok(1));
        assert_eq!(d.entry(letter).ticket, Some(ticket));
        assert!(said(d, ticket).contains("I know more") && !said(d, other).contains("I know more"));
        assert_eq!(d.ticket(other).status, Status::Pending);
        assert_eq!(undo(d, &cx, event), Err(Error::Conflict("conflict-changed-since")));
    });
}

#[test]
fn a_letter_does_not_move_where_it_cannot() {
    each(|d| {
        let cx = d.as_person(d.person("spruce@desk.example", Role::Technician));
        let alone = d.writes("owner@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
        let other = d.ticket_by_mail("third@requester.example");
        let to = |number: TicketNumber| {
            let by = cx.clone();
            d.desk
                .write_now(move |tx| ledger::move_letter(tx, &by, alone.id, number))
        };
        assert_eq!(
            to(TicketNumber(999_999)),
            Err(Error::refused("ticket", "refused-no-such-ticket"))
        );
        assert_eq!(
            to(alone.ticket.unwrap()),
            Err(Error::refused("ticket", "refused-same-ticket"))
        );
        assert_eq!(
            to(other),
            Err(Error::Conflict("conflict-letter-alone")),
            "the ticket would be empty"
        );
        assert_eq!(d.entry(alone.id).ticket, alone.ticket);
    });
}

#[test]
fn rules_are_changed_turned_and_put_back() {
    each(|d| {
        let admin = d.as_person(d.person("juniper@desk.example", Role::Admin));
        let rule = |holds: &str, priority: Priority| RuleFields {
            field: RuleField::Subject,
            holds: holds.into(),
            team: None,
            topic: None,
            priority: Some(priority),
            only_record: false,
        };
        let add = |fields: RuleFields| {
            let by = admin.clone();
            d.write(move |tx| rules::add(tx, &by, MailboxId(1), &fields))
        };
        let (one, two) = (add(rule("printer", Priority::Low)), add(rule("print", Priority::High)));
        let told = |subject: &str| {
            let entry = d.writes(STRANGER, SUPPORT, &format!("Subject: {subject}"), "x");
            d.ticket(entry.ticket.unwrap()).priority
        };
        assert_eq!(told("Printer one"), Priority::Low);
        let by = admin.clone();
        d.write(move |tx| rules::step(tx, &by, MailboxId(1), two, true));
        assert_eq!(told("Printer two"), Priority::High, "the first that fits decides");
        let (by, changed) = (admin.clone(), rule("scanner", Priority::Urgent));
        d.write(move |tx| rules::edit(tx, &by, MailboxId(1), one, &changed));
        assert_eq!(told("Scanner"), Priority::Urgent);
        let by = admin.clone();
        let gone = d.write(move |tx| rules::remove(tx, &by, MailboxId(1), two));
        assert_eq!(d.read(|r| rules::list(r, MailboxId(1))).len(), 1);
        let restore = || {
            let by = admin.clone();
            d.desk.write_now(move |tx| rules::restore(tx, &by, MailboxId(1), gone))
        };
        restore().unwrap();
        let kept = d.read(|r| rules::list(r, MailboxId(1)));
        let holds: Vec<&str> = kept.iter().map(|rule| rule.holds.as_str()).collect();
        assert_eq!(holds, ["print", "scanner"], "in its place");
        assert_eq!(restore(), Err(Error::Conflict("conflict-changed-since")), "once");
        let (by, nothing) = (
            admin.clone(),
            RuleFields {
                priority: None,
                ..rule("x", Priority::Low)
            },
        );
        let refused = d
            .desk
            .write_now(move |tx| rules::edit(tx, &by, MailboxId(1), one, &nothing));
        assert_eq!(refused, Err(Error::refused("rule_team", "refused-rule-does-nothing")));
    });
}
