//! S6: nothing automatic to machines, no loop, no storm, no flood for a stranger.

use desk::access::Role;
use desk::clock::{DAY, HOUR, MINUTE};
use desk::mailboxes::{LetterState, ledger, outbox};
use desk::tickets::{self, Channel, NewTicket};

use super::desk::{Left, SUPPORT, TestDesk, each, letter};

fn is_automatic(left: &Left) -> bool {
    left.read().auto_submitted.is_some_and(|v| v != "no")
}

#[test]
fn a_person_gets_one_acknowledgement_and_a_machine_none() {
    each(|d| {
        d.writes("cedar@requester.example", SUPPORT, "Subject: Printer", "Help.");
        let left = d.sends();
        assert_eq!(left.len(), 1);
        assert_eq!(
            (left[0].to.as_str(), left[0].from.as_str()),
            ("cedar@requester.example", "")
        );
        assert!(is_automatic(&left[0]));
        for head in [
            "Auto-Submitted: auto-generated",
            "Precedence: bulk",
            "List-Id: <all.example>",
            "X-Loop: x@y.example",
        ] {
            d.advance(2 * DAY);
            d.writes(
                "larch@requester.example",
                SUPPORT,
                &format!("Subject: x\r\n{head}"),
                "Words.",
            );
            assert!(d.sends().is_empty(), "{head}");
        }
        d.advance(2 * DAY);
        d.receive(
            "",
            &[SUPPORT],
            letter("larch@requester.example", SUPPORT, "Subject: x", "Null sender.").as_bytes(),
        );
        assert!(d.sends().is_empty());
        // The control: the same person, without a mark.
        d.writes("larch@requester.example", SUPPORT, "Subject: x", "Words.");
        assert_eq!(d.sends().len(), 1);
    });
}

#[test]
fn our_own_letter_that_comes_back_is_not_answered_and_opens_nothing() {
    each(|d| {
        d.writes("cedar@requester.example", SUPPORT, "Subject: Printer", "Help.");
        let back = d.sends().remove(0);
        d.advance(2 * DAY);
        let entry = d.receive("cedar@requester.example", &[SUPPORT], &back.raw);
        assert_eq!(
            (entry.state, entry.reason.as_str()),
            (LetterState::Automatic, "letter-reason-loop")
        );
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 1);
        assert!(d.sends().is_empty());
    });
}

#[test]
fn the_same_letter_twice_is_filed_once() {
    each(|d| {
        let raw = letter("cedar@requester.example", SUPPORT, "Subject: Printer", "Help.");
        let first = d.receive("cedar@requester.example", &[SUPPORT], raw.as_bytes());
        let again = d.receive("cedar@requester.example", &[SUPPORT], raw.as_bytes());
        assert_eq!((again.state, again.ticket), (LetterState::Duplicate, first.ticket));
        let other_way = format!("Received: from a by b\r\n{raw}");
        assert_eq!(
            d.receive("cedar@requester.example", &[SUPPORT], other_way.as_bytes())
                .state,
            LetterState::Duplicate
        );
        // A program that gives all its letters one identifier loses none of them.
        let id = raw.lines().find(|l| l.starts_with("Message-ID")).unwrap().to_string();
        let other = letter(
            "cedar@requester.example",
            SUPPORT,
            &format!("Subject: Other\r\n{id}"),
            "Other.",
        );
        assert_eq!(
            d.receive("cedar@requester.example", &[SUPPORT], other.as_bytes()).state,
            LetterState::Filed
        );
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 2);
    });
}

/// Hands over what one desk sends to the other, and counts what is automatic.
fn shuttle(from: &TestDesk, to: &TestDesk) -> (usize, usize) {
    let left = from.sends();
    for l in &left {
        to.receive(&l.from, &[&l.to], &l.raw);
    }
    (left.iter().filter(|l| is_automatic(l)).count(), left.len())
}

#[test]
fn two_desks_that_write_to_each_other_stay_calm_for_a_week() {
    for (one, other) in testpg::stands().into_iter().zip(testpg::stands()) {
        let a = TestDesk::on(one.db.clone(), one.engine, SUPPORT);
        let b = TestDesk::on(other.db.clone(), other.engine, "help@other.example");
        let (tech_a, tech_b) = (
            a.person("one@desk.example", Role::Technician),
            b.person("two@other.example", Role::Technician),
        );
        let request = a.ticket_by_phone(a.person("help@other.example", Role::Requester), None);
        a.replies(tech_a, request, "Can you look at this?");
        let mut all = 0;
        for day in 0..7 {
            let mut automatic = 0;
            for hour in 0..24 {
                if hour == 9 {
                    a.replies(tech_a, request, &format!("Any news on day {day}?"));
                    let at_b: Option<desk::TicketNumber> =
                        b.read(|r| Ok(r.maybe("SELECT number FROM ticket ORDER BY number LIMIT 1", &[])?));
                    b.replies(
                        tech_b,
                        at_b.expect("the first letter opened a ticket there"),
                        "We are looking.",
                    );
                }
                let (there, back) = (shuttle(&a, &b), shuttle(&b, &a));
                automatic += there.0 + back.0;
                all += there.1 + back.1;
                a.advance(HOUR);
                b.advance(HOUR);
            }
            assert!(automatic <= 2, "day {day}: {automatic} automatic letters");
        }
        assert!(all >= 15, "the control: people's letters went through, {all} in all");
        assert!(a.count("SELECT count(*) FROM ticket") <= 2 && b.count("SELECT count(*) FROM ticket") <= 2);
        assert_eq!(a.count("SELECT count(*) FROM outgoing WHERE state = 'waiting'"), 0);
    }
}

#[test]
fn a_responder_without_any_mark_meets_the_brake() {
    each(|d| {
        d.writes("robot@requester.example", SUPPORT, "Subject: Hello 0", "I am new.");
        let mut acknowledged = 0;
        for n in 1..=48 {
            acknowledged += d.sends().len();
            // It answers everything at once, as a person would, and forgets what it answers.
            d.writes(
                "robot@requester.example",
                SUPPORT,
                &format!("Subject: Hello {n}"),
                "I got your letter.",
            );
            d.advance(HOUR / 2);
        }
        assert_eq!(
            d.count("SELECT count(*) FROM ticket"),
            49,
            "the control: every letter came in"
        );
        assert!((1..=5).contains(&acknowledged), "{acknowledged} in a day");
    });
}

#[test]
fn forms_that_name_one_victim_send_one_letter_without_the_writers_words() {
    each(|d| {
        let victim = d.person("victim@elsewhere.example", Role::Requester);
        let forms = if d.engine == "SQLite" { 10_000 } else { 1_000 };
        for batch in 0..forms / 500 {
            let cx = d.cx();
            d.write(move |tx| {
                for n in 0..500 {
                    let new = NewTicket {
                        confirmed: false,
                        acknowledge: true,
                        ..NewTicket::new(
                            victim,
                            Channel::Portal,
                            &format!("BUY {batch} {n}"),
                            "BUY NOW https://evil.example",
                        )
                    };
                    tickets::open(tx, &cx, &new)?;
                }
                Ok(())
            });
        }
        assert_eq!(d.count("SELECT count(*) FROM ticket"), forms);
        let left = d.sends();
        assert_eq!(left.len(), 1);
        let text = String::from_utf8_lossy(&left[0].raw).into_owned();
        assert!(!text.contains("BUY") && !text.contains("evil"), "{text}");
        assert!(
            left[0]
                .read()
                .text
                .unwrap()
                .contains("https://desk.example/en/confirm/")
        );
        // A technician who answers all the same writes to nobody.
        let technician = d.person("technician@desk.example", Role::Technician);
        let first = d.read(|r| Ok(r.one("SELECT number FROM ticket ORDER BY number LIMIT 1", &[])?));
        d.replies(technician, first, "Hello");
        assert!(d.sends().is_empty());
    });
}

#[test]
fn a_storm_closes_the_brake_of_the_whole_desk() {
    each(|d| {
        let cx = d.cx();
        d.write(move |tx| {
            for n in 0..600 {
                let person = desk::people::recognise(tx, &cx, &format!("p{n}@requester.example"), None)?;
                let new = NewTicket {
                    acknowledge: true,
                    ..NewTicket::new(person, Channel::Portal, "x", "y")
                };
                tickets::open(tx, &cx, &new)?;
            }
            Ok(())
        });
        assert_eq!(d.count("SELECT count(*) FROM outgoing"), 500);
        let cx = d.cx();
        let tripped = d.read(move |r| outbox::tripped(r, &cx)).unwrap();
        assert_eq!((tripped.at, tripped.letters, tripped.usual), (d.desk.now(), 500, 25));
        // An hour later the desk answers again.
        d.advance(HOUR);
        d.writes("later@requester.example", SUPPORT, "Subject: x", "y");
        assert_eq!(d.count("SELECT count(*) FROM outgoing"), 501);
    });
}

#[test]
fn a_storm_is_told_to_the_administrators_once_an_hour() {
    each(|d| {
        d.person("office@desk.example", Role::Admin);
        d.person("technician@desk.example", Role::Technician);
        let full = format!("automatic-letters:{}", d.desk.now().0.div_euclid(HOUR));
        d.write(move |tx| {
            Ok(tx.exec(
                "INSERT INTO throttle (name, count, since) VALUES ($1, 500, 0)",
                &db::args![full],
            )?)
        });
        for n in 0..20 {
            d.writes(&format!("p{n}@requester.example"), SUPPORT, "Subject: x", "y");
        }
        let left = d.sends();
        assert_eq!(left.len(), 1, "{left:?}");
        let told = left[0].read();
        assert_eq!(left[0].to, "office@desk.example");
        assert!(told.text.clone().unwrap().contains("500 letters"), "{:?}", told.text);
        assert!(is_automatic(&left[0]) && left[0].from.is_empty());
    });
}

#[test]
fn one_sender_who_opens_very_many_tickets_is_held_and_nobody_else() {
    each(|d| {
        let write = |n: usize, from: &str| d.writes(from, SUPPORT, &format!("Subject: x{n}"), "y");
        for n in 0..50 {
            assert_eq!(write(n, "script@requester.example").state, LetterState::Filed);
        }
        let held = write(50, "script@requester.example");
        assert_eq!(
            (held.state, held.reason.as_str()),
            (LetterState::Held, "letter-reason-storm")
        );
        assert_eq!(
            write(51, "cedar@requester.example").state,
            LetterState::Filed,
            "the control"
        );
        // Nothing is lost: a technician lets it in, and the sender is heard again when it is over.
        let (cx, id) = (
            d.as_person(d.person("technician@desk.example", Role::Technician)),
            held.id,
        );
        d.write(move |tx| ledger::release(tx, &cx, id, ledger::Release::AsNewTicket));
        d.read_kept();
        assert_eq!(d.entry(id).state, LetterState::Filed);
        d.advance(10 * MINUTE);
        assert_eq!(write(52, "script@requester.example").state, LetterState::Filed);
        // An answer on a ticket is no new ticket, however often.
        let left = d.sends();
        let mine = left.iter().find(|l| l.to == "script@requester.example");
        let to = mine.expect("he was told once").reply_to();
        for n in 0..60 {
            let entry = d.writes("script@requester.example", &to, &format!("Subject: y{n}"), "z");
            assert_eq!(entry.state, LetterState::Filed, "{}", entry.reason);
        }
    });
}

#[test]
fn a_ticket_writes_ten_letters_a_day_by_itself_and_no_more() {
    each(|d| {
        let cedar = d.person("cedar@requester.example", Role::Requester);
        let ticket = d.ticket_by_phone(cedar, None);
        let acknowledge = |n: i64| {
            let (cx, of) = (d.cx(), d.ticket(ticket));
            d.write(move |tx| {
                // Another address each time, so that only the ticket's own brake can close.
                tx.exec(
                    "UPDATE address SET address = $1 WHERE person = $2",
                    &db::args![format!("c{n}@requester.example"), of.requester],
                )?;
                outbox::acknowledge(tx, &cx, &of, None)
            });
        };
        (0..20).for_each(acknowledge);
        assert_eq!(d.count("SELECT count(*) FROM outgoing"), 10);
        d.advance(DAY);
        acknowledge(20);
        assert_eq!(d.count("SELECT count(*) FROM outgoing"), 11);
    });
}

#[test]
fn whom_forms_name_day_after_day_is_asked_once_while_his_link_works() {
    each(|d| {
        let victim = d.person("victim@elsewhere.example", Role::Requester);
        let mut asked = Vec::new();
        for day in 0..10 {
            let cx = d.cx();
            d.write(move |tx| {
                let new = NewTicket {
                    confirmed: false,
                    acknowledge: true,
                    ..NewTicket::new(victim, Channel::Portal, "BUY", "BUY NOW")
                };
                tickets::open(tx, &cx, &new)
            });
            asked.extend((!d.sends().is_empty()).then_some(day));
            d.advance(DAY);
        }
        assert_eq!(asked, [0, 7], "the link of the first letter works for seven days");
    });
}
