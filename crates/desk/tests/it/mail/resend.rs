//! A reply that came back goes out again: once, as a letter of its own, to an address that is nobody else's.

use db::args;
use desk::access::Role;
use desk::clock::{DAY, SECOND};
use desk::mailboxes::intake;
use desk::mailboxes::outbox::{self, Resend};
use desk::{Error, EventId, MessageId, OutgoingId, PersonId, TicketNumber, people, teams, tickets};

use super::desk::{SUPPORT, TestDesk, each};

const CEDAR: &str = "cedar@requester.example";

/// A reply whose letter the other server refused for good.
fn failed_reply(d: &TestDesk, technician: PersonId) -> (TicketNumber, MessageId) {
    let ticket = d.ticket_by_mail(CEDAR);
    let message = d.replies(technician, ticket, "Please restart it.");
    let id = d.read(move |r| Ok(r.one("SELECT id FROM outgoing WHERE message = $1", &args![message])?));
    let cx = d.cx();
    d.write(move |tx| outbox::failed_for_good(tx, &cx, id, "550 5.1.1 no such user"));
    d.sends();
    (ticket, message)
}

fn again(
    d: &TestDesk,
    who: PersonId,
    (ticket, message): (TicketNumber, MessageId),
    to: Option<&str>,
    keep: bool,
) -> Result<EventId, Error> {
    let (cx, to) = (d.as_person(who), to.map(str::to_string));
    d.desk
        .write_now(move |tx| outbox::resend(tx, &cx, ticket, message, &Resend { to, keep }))
}

fn bounced(d: &TestDesk) -> i64 {
    d.count("SELECT count(*) FROM address WHERE bounced_at IS NOT NULL")
}

#[test]
fn a_reply_that_failed_goes_to_another_address_as_a_letter_of_its_own() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let (ticket, message) = failed_reply(d, technician);
        again(d, technician, (ticket, message), Some(" Cedar@New.example "), false).unwrap();
        let left = d.sends();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].to, "cedar@new.example");
        assert!(left[0].read().text.unwrap().contains("Please restart it."));
        let rows: Vec<(String, String)> = d.read(move |r| {
            Ok(r.query(
                "SELECT state, message_id FROM outgoing WHERE message = $1 ORDER BY id",
                &args![message],
            )?)
        });
        let states: Vec<&str> = rows.iter().map(|(state, _)| state.as_str()).collect();
        assert_eq!(states, ["failed", "sent"]);
        assert_ne!(rows[0].1, rows[1].1, "a letter of its own");
        assert_eq!(
            d.count("SELECT count(*) FROM address WHERE address LIKE '%new.example'"),
            0
        );
        // Its answer comes from an address nobody knows, so a technician looks at it.
        let answer = d.writes(
            "cedar@new.example",
            &left[0].reply_to(),
            "Subject: Re: Printer",
            "It works.",
        );
        assert_eq!(
            (answer.reason.as_str(), answer.ticket),
            ("letter-reason-stranger", Some(ticket))
        );
    });
}

#[test]
fn an_address_that_is_kept_is_the_persons_main_one() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let (ticket, message) = failed_reply(d, technician);
        again(d, technician, (ticket, message), Some("cedar@new.example"), true).unwrap();
        let left = d.sends().pop().unwrap();
        let answer = d.writes(
            "cedar@new.example",
            &left.reply_to(),
            "Subject: Re: Printer",
            "It works.",
        );
        assert_eq!(answer.ticket, Some(ticket));
        assert_eq!(answer.reason, "letter-reason-answered");
        assert_eq!(d.reply_letter(technician, ticket).to, "cedar@new.example");
        assert_eq!(
            d.count("SELECT count(*) FROM audit WHERE action LIKE '%address%'"),
            1,
            "who gave a person an address stands in the audit"
        );
    });
}

#[test]
fn pressed_twice_it_leaves_once_and_can_be_taken_back_while_it_waits() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let (ticket, message) = failed_reply(d, technician);
        let not_failed = Err(Error::Conflict("conflict-letter-not-failed"));
        let event = again(d, technician, (ticket, message), None, false).unwrap();
        assert_eq!(again(d, technician, (ticket, message), None, false), not_failed);
        let cx = d.as_person(technician);
        d.write(move |tx| tickets::undo(tx, &cx, event));
        assert!(d.sends().is_empty());
        let event = again(d, technician, (ticket, message), None, false).unwrap();
        assert_eq!(d.sends().len(), 1);
        assert_eq!(
            again(d, technician, (ticket, message), None, false),
            not_failed,
            "it was sent"
        );
        let cx = d.as_person(technician);
        let late = d.desk.write_now(move |tx| tickets::undo(tx, &cx, event));
        assert_eq!(late, Err(Error::Conflict("conflict-already-sent")));
    });
}

#[test]
fn it_goes_to_nobody_else_and_is_sent_by_nobody_else() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let (ticket, message) = failed_reply(d, technician);
        d.person("larch@requester.example", Role::Requester);
        for (to, key) in [
            ("no address", "refused-address"),
            ("a@x.example\r\nBcc: b@x.example", "refused-address"),
            (SUPPORT, "refused-address-ours"),
            ("Support+t1@desk.example", "refused-address-ours"),
            ("larch@requester.example", "refused-address-taken"),
        ] {
            assert_eq!(
                again(d, technician, (ticket, message), Some(to), true),
                Err(Error::refused("to", key)),
                "{to}"
            );
        }
        let cedar = d.ticket(ticket).requester;
        let of_team = d.person("other@desk.example", Role::Technician);
        let admin = d.person("office@desk.example", Role::Admin);
        let cx = d.as_person(admin);
        d.write(move |tx| {
            let new = teams::NewTeam {
                name_en: "Closed".into(),
                name_fr: "Fermée".into(),
                private: true,
            };
            let team = teams::add(tx, &cx, &new)?;
            teams::join(tx, &cx, team, technician)?;
            Ok(tx.exec("UPDATE ticket SET team = $2 WHERE number = $1", &args![ticket, team])?)
        });
        for who in [cedar, of_team] {
            assert_eq!(again(d, who, (ticket, message), None, false), Err(Error::NotFound));
        }
        assert!(
            again(d, technician, (ticket, message), None, false).is_ok(),
            "the control"
        );
    });
}

#[test]
fn a_technician_gives_no_address_to_an_administrator() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let (ticket, message) = failed_reply(d, technician);
        d.write(|tx| Ok(tx.exec("UPDATE person SET role = 'admin' WHERE name LIKE 'cedar%' OR id = (SELECT person FROM address WHERE address = 'cedar@requester.example')", &[])?));
        let refused = again(d, technician, (ticket, message), Some("mine@evil.example"), true);
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!(d.count("SELECT count(*) FROM address WHERE address LIKE '%evil%'"), 0);
        assert!(d.sends().is_empty());
    });
}

#[test]
fn an_address_is_marked_until_a_letter_comes_from_it() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let (ticket, _) = failed_reply(d, technician);
        assert_eq!(bounced(d), 1);
        let (cx, cedar) = (d.as_person(technician), d.ticket(ticket).requester);
        let shown = d.read(move |r| people::addresses_of(r, &cx, cedar));
        assert_eq!(shown[0].bounced_at, Some(d.desk.now().plus(-10 * SECOND)));
        d.advance(DAY);
        d.writes("larch@requester.example", SUPPORT, "Subject: Other", "Somebody else.");
        assert_eq!(bounced(d), 1, "the control");
        d.writes(CEDAR, SUPPORT, "Subject: Again", "I am here.");
        assert_eq!(bounced(d), 0);
    });
}

#[test]
fn a_report_about_an_old_letter_marks_nobody_who_has_written_since() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let fails_late = |writes: bool| {
            d.reply_letter(technician, ticket);
            let id: i64 = d.read(|r| Ok(r.one("SELECT max(id) FROM outgoing WHERE state = 'sent'", &[])?));
            d.advance(DAY);
            if writes {
                d.writes(CEDAR, SUPPORT, "Subject: Again", "I am here.");
            }
            d.advance(DAY);
            let cx = d.cx();
            d.write(move |tx| outbox::failed_for_good(tx, &cx, OutgoingId(id), "550 late"));
        };
        fails_late(true);
        assert_eq!(bounced(d), 0, "he wrote after that letter left");
        fails_late(false);
        assert_eq!(bounced(d), 1, "the control");
    });
}

#[test]
fn an_old_letter_read_again_takes_no_newer_mark_away() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let entry = d.writes(CEDAR, SUPPORT, "Subject: Printer", "It is broken.");
        d.sends();
        failed_reply(d, technician);
        assert_eq!(bounced(d), 1);
        d.write(move |tx| {
            Ok(tx.exec(
                "UPDATE letter SET state = 'kept', ticket = NULL WHERE id = $1",
                &db::args![entry.id],
            )?)
        });
        d.wait(intake::read(&d.desk, entry.id, None)).unwrap();
        assert_eq!(bounced(d), 1);
    });
}

#[test]
fn the_late_word_of_an_attempt_changes_nothing_that_is_settled() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        d.replies(technician, ticket, "Please restart it.");
        d.advance(10 * SECOND);
        let now = d.desk.now();
        let job = d.write(move |tx| outbox::claim_due(tx, now, 1)).pop().unwrap();
        let (sent, late, refused) = (job.clone(), job.clone(), job);
        let cx = d.cx();
        d.write(move |tx| {
            outbox::sent(tx, &sent, now, "250 ok")?;
            outbox::later(tx, &cx, &late, "451 late")?;
            outbox::refused(tx, &cx, &refused, "550 late")
        });
        let sql = "SELECT count(*) FROM outgoing WHERE kind = 'reply' AND state = 'sent' AND words = '250 ok'";
        assert_eq!(d.count(sql), 1);
        assert_eq!(bounced(d), 0);
        assert!(d.sends().is_empty());
    });
}
