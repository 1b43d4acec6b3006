//! Words on a ticket: what leaves, what never does, and what counts as a first reply.

use desk::mailboxes::{MailboxFields, boxes};
use desk::tickets::{self, MessageKind, Status};
use desk::{Error, TicketNumber};

use super::{at, words};
use crate::common::{NOW, Small, key_of, on_both};

fn with_mailbox(small: &Small) {
    small
        .write(&small.desk, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("support@desk.example"))
        })
        .expect("added");
}

fn kinds(small: &Small, cx: &desk::Context, number: TicketNumber) -> Vec<MessageKind> {
    let (_, messages, _) = small
        .read(cx, move |r, cx| tickets::conversation(r, cx, number))
        .expect("seen");
    messages.iter().map(|m| m.kind).collect()
}

#[test]
fn a_reply_and_its_outgoing_row_are_one_transaction() {
    on_both(|small| {
        with_mailbox(small);
        let number = small.open();
        let failed = small.write(&small.technician, move |tx, cx| -> desk::Result<()> {
            tickets::reply(tx, cx, number, &words("Fill the tray."))?;
            Err(Error::Busy)
        });
        assert_eq!(failed, Err(Error::Busy));
        assert_eq!(small.count("SELECT count(*) FROM outgoing"), 0);
        let event = small
            .does(move |tx, cx| Ok(tickets::reply(tx, cx, number, &words("Fill the tray."))?.0))
            .unwrap();
        assert_eq!(
            small.count("SELECT count(*) FROM outgoing WHERE state = 'waiting' AND message IS NOT NULL"),
            1
        );
        assert_eq!(small.count("SELECT count(*) FROM job WHERE kind = 'send_letter'"), 1);
        assert_eq!(
            (event.ticket.status, event.ticket.assignee),
            (Status::Open, Some(small.technician.viewer.person))
        );
        assert_eq!(event.ticket.replied_at, Some(NOW), "the first-reply clock stops");
        assert_eq!(event.ticket.next_due, event.ticket.solve_due);
    });
}

#[test]
fn a_note_never_leaves_and_is_no_first_reply() {
    on_both(|small| {
        with_mailbox(small);
        let number = small.open();
        let t = small
            .does(move |tx, cx| Ok(tickets::note(tx, cx, number, &words("Ask the vendor."))?.0))
            .unwrap()
            .ticket;
        assert_eq!((t.replied_at, t.assignee, t.status), (None, None, Status::New));
        assert_eq!(small.count("SELECT count(*) FROM outgoing"), 0);
        assert_eq!(kinds(small, &small.requester, number), [MessageKind::Request]);
        assert_eq!(
            kinds(small, &small.technician, number),
            [MessageKind::Request, MessageKind::Note],
            "control"
        );
    });
}

#[test]
fn a_call_and_a_visit_count_as_replies_and_stay_inside() {
    on_both(|small| {
        with_mailbox(small);
        let (a, b) = (small.open(), small.open());
        let call = small
            .does(move |tx, cx| Ok(tickets::log_call(tx, cx, a, &words("Talked."))?.0))
            .unwrap()
            .ticket;
        let visit = small
            .does(move |tx, cx| Ok(tickets::log_visit(tx, cx, b, &words("Went."))?.0))
            .unwrap()
            .ticket;
        assert_eq!([call.replied_at, visit.replied_at], [Some(NOW); 2]);
        assert_eq!(small.count("SELECT count(*) FROM outgoing"), 0);
        assert_eq!(kinds(small, &small.requester, a), [MessageKind::Request]);
        assert_eq!(kinds(small, &small.requester, b), [MessageKind::Request]);
    });
}

#[test]
fn send_then_wait_is_one_event() {
    on_both(|small| {
        let number = small.open();
        let before = small.events();
        let mut new = words("Which tray?");
        new.then = Some(Status::Pending);
        let t = small
            .does(move |tx, cx| Ok(tickets::reply(tx, cx, number, &new)?.0))
            .unwrap()
            .ticket;
        assert_eq!(
            (t.status, t.paused_at, small.events() - before),
            (Status::Pending, Some(NOW), 1)
        );
    });
}

#[test]
fn words_that_say_nothing_or_too_much_are_refused() {
    on_both(|small| {
        let number = small.open();
        let tried = |new: tickets::NewMessage| small.does(move |tx, cx| Ok(tickets::note(tx, cx, number, &new)?.0));
        assert_eq!(key_of(tried(words(" \n "))), "refused-empty");
        assert_eq!(key_of(tried(words(&"x".repeat(200_001)))), "refused-too-long");
        let minutes = tickets::NewMessage {
            minutes: Some(1441),
            ..words("Long")
        };
        assert_eq!(key_of(tried(minutes)), "refused-minutes");
        let closed = tickets::NewMessage {
            then: Some(Status::Closed),
            ..words("Bye")
        };
        assert_eq!(key_of(tried(closed)), "refused-status");
        assert_eq!(
            tried(words("a\0b")).err(),
            Some(crate::common::refused("text", "refused-character"))
        );
    });
}

#[test]
fn a_requester_works_on_nothing_not_even_his_own() {
    on_both(|small| {
        let number = small.open();
        let tried = small.write(&small.requester, move |tx, cx| {
            tickets::note(tx, cx, number, &words("Me")).map(|_| ())
        });
        assert_eq!(tried, Err(Error::NotFound));
        let absent = small.write(&small.requester, |tx, cx| {
            tickets::note(tx, cx, TicketNumber(9), &words("Me")).map(|_| ())
        });
        assert_eq!(absent, tried, "forbidden and absent are one answer");
    });
}

#[test]
fn an_answer_wakes_a_waiting_ticket_and_reopens_a_solved_one() {
    on_both(|small| {
        let number = small.open();
        small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap();
        assert_eq!(
            small.says(&small.requester, number, "The upper one.").unwrap().0,
            number
        );
        assert_eq!(small.ticket(number).status, Status::Open);
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &tickets::Solution::default()))
            .unwrap();
        small.says(&small.requester, number, "Not yet.").unwrap();
        let t = small.ticket(number);
        assert_eq!((t.status, t.solved_at), (Status::Open, None));
    });
}

#[test]
fn an_answer_after_closing_opens_a_linked_ticket() {
    on_both(|small| {
        let number = small.open();
        small.does(move |tx, cx| tickets::close(tx, cx, number)).unwrap();
        let (new, _) = small
            .says(&at(&small.requester, NOW.plus(1)), number, "Again!")
            .unwrap();
        assert_ne!(new, number);
        assert_eq!(small.ticket(number).status, Status::Closed);
        let links = small
            .read(&small.technician, move |r, cx| tickets::links(r, cx, new))
            .unwrap();
        assert_eq!(
            links.iter().map(|l| (l.number, l.kind)).collect::<Vec<_>>(),
            [(number, tickets::LinkKind::FollowUp)]
        );
    });
}
