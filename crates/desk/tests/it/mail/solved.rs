//! The letter that says a request is solved, and asks how it went.

use desk::access::Role;
use desk::clock::{DAY, MINUTE};
use desk::tickets::{self, NewMessage, Solution, Status};
use desk::{PersonId, TicketNumber};

use super::desk::{Left, SUPPORT, TestDesk, each};

const CEDAR: &str = "cedar@requester.example";

fn solve(d: &TestDesk, technician: PersonId, number: TicketNumber) -> desk::EventId {
    let cx = d.as_person(technician);
    d.write(move |tx| tickets::solve(tx, &cx, number, &Solution::default()))
        .event
}

fn subject(left: &[Left]) -> Vec<String> {
    left.iter().filter_map(|l| l.read().subject).collect()
}

fn asks(left: &Left) -> bool {
    let (letter, text) = (left.read(), left.read().text.unwrap_or_default());
    let html = letter.html.unwrap_or_default();
    let both = |word: &str| text.contains(&format!("?answer={word}")) && html.contains(&format!("?answer={word}"));
    both("good") && both("bad")
}

#[test]
fn the_requester_is_told_once_and_asked_how_it_went() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let number = d.ticket_by_mail(CEDAR);
        solve(d, technician, number);
        solve(d, technician, number);
        let left = d.sends();
        assert_eq!(subject(&left), [format!("Your request {number} is solved")]);
        assert!(asks(&left[0]) && left[0].read().text.unwrap().contains("https://desk.example/en/k/"));
        assert_eq!(left[0].from, "", "nothing answers it");
        assert_eq!(left[0].read().auto_submitted.as_deref(), Some("auto-generated"));
        assert_eq!(
            d.count("SELECT count(*) FROM keyed_link WHERE purpose = 'ticket'"),
            2,
            "its own, and that of the acknowledgement"
        );
        assert!(d.sends().is_empty());
    });
}

#[test]
fn what_is_open_again_by_then_is_not_told() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let number = d.ticket_by_mail(CEDAR);
        let event = solve(d, technician, number);
        let cx = d.as_person(technician);
        d.write(move |tx| tickets::undo(tx, &cx, event));
        assert!(d.sends().is_empty(), "undone");
        solve(d, technician, number);
        let cx = d.as_person(technician);
        d.write(move |tx| tickets::reopen(tx, &cx, number));
        solve(d, technician, number);
        assert_eq!(d.sends().len(), 1, "the control: solved for good, told once");
    });
}

#[test]
fn a_reply_that_solves_asks_itself_and_no_second_letter_leaves() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let number = d.ticket_by_mail(CEDAR);
        let reply = |then| {
            let cx = d.as_person(technician);
            d.write(move |tx| {
                let new = NewMessage {
                    body: "Restart it.".into(),
                    then,
                    ..NewMessage::default()
                };
                tickets::reply(tx, &cx, number, &new)
            });
        };
        reply(None);
        let left = d.sends();
        assert!(left.len() == 1 && !asks(&left[0]), "the control: it is not solved");
        d.advance(MINUTE);
        reply(Some(Status::Solved));
        let left = d.sends();
        assert!(left.len() == 1 && asks(&left[0]));
        assert_eq!(left[0].read().auto_submitted, None, "a person wrote it");
        d.advance(MINUTE);
        reply(None);
        assert!(!asks(&d.sends()[0]), "a word after it asks nothing");
    });
}

#[test]
fn whoever_solved_his_own_and_whoever_is_not_confirmed_is_not_told() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let number = d.ticket_by_phone(technician, None);
        d.sends();
        solve(d, technician, number);
        assert!(d.sends().is_empty(), "he knows");
        let number = d.ticket_by_mail(CEDAR);
        let me = d.ticket(number).requester;
        let own = d.as_person(me);
        d.write(move |tx| tickets::works_now(tx, &own, number));
        assert!(d.sends().is_empty(), "he said so himself");
        let stranger = d.ticket_by_mail("spruce@requester.example");
        d.write(move |tx| Ok(tx.exec("UPDATE ticket SET confirmed = FALSE", &[])?));
        solve(d, technician, stranger);
        assert!(d.sends().is_empty());
    });
}

#[test]
fn a_script_gone_wild_tells_three_times_an_hour() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let numbers: Vec<_> = (0..5)
            .map(|n| {
                d.writes(CEDAR, SUPPORT, &format!("Subject: Printer {n}"), "Help.")
                    .ticket
                    .unwrap()
            })
            .collect();
        d.sends();
        for number in &numbers {
            solve(d, technician, *number);
        }
        assert_eq!(d.sends().len(), 3);
        d.advance(DAY);
        let number = d.ticket_by_mail(CEDAR);
        solve(d, technician, number);
        assert_eq!(d.sends().len(), 1, "the control: an hour later it tells again");
    });
}
