//! Letters of ours that come back: recorded, told on the ticket, never answered, never a ticket.

use desk::access::Role;
use desk::events::EventKind;
use desk::mailboxes::LetterState;
use desk::{TicketNumber, events};

use super::desk::{SUPPORT, TestDesk, each};

pub(super) fn bounce(about: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.requester.example\r\nTo: {SUPPORT}\r\nSubject: Undelivered Mail Returned to Sender\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.requester.example\r\n\r\n\
         Final-Recipient: rfc822; cedar@requester.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 no such user here\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\n{about}\r\n--b--\r\n"
    )
}

fn failures(d: &TestDesk, ticket: TicketNumber) -> Vec<String> {
    let history = d.read(move |r| events::history(r, &[ticket]));
    history
        .into_iter()
        .filter(|e| e.kind == EventKind::ReplyFailed)
        .filter_map(|e| e.data.map(|data| data.0))
        .collect()
}

#[test]
fn a_bounce_marks_its_letter_and_tells_the_ticket_once() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail("cedar@requester.example");
        let reply = d.reply_letter(technician, ticket);
        let head = format!(
            "Message-ID: <{}>\r\nSubject: Re: Printer\r\n\r\nx",
            reply.read().message_id.unwrap()
        );
        for (n, expected) in [("first", 1), ("second", 1)] {
            let entry = d.receive("", &[SUPPORT], bounce(&format!("X-Try: {n}\r\n{head}")).as_bytes());
            assert_eq!((entry.state, entry.ticket), (LetterState::Bounce, Some(ticket)));
            assert!(entry.reason.contains("550 no such user"), "{}", entry.reason);
            assert_eq!(failures(d, ticket).len(), expected, "{n}");
        }
        assert!(failures(d, ticket)[0].contains("550 no such user"));
        assert_eq!(
            d.count("SELECT count(*) FROM outgoing WHERE state = 'failed' AND kind = 'reply'"),
            1
        );
        assert_eq!(d.count("SELECT count(*) FROM ticket"), 1);
        assert!(d.sends().is_empty());
        assert_eq!(
            d.count("SELECT count(*) FROM outgoing WHERE kind = 'notice'"),
            0,
            "no letter to staff"
        );
    });
}

#[test]
fn a_bounce_that_names_only_the_reply_address_finds_its_letter() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail("cedar@requester.example");
        let reply = d.reply_letter(technician, ticket);
        assert_eq!(reply.from, reply.reply_to(), "what bounces comes to the keyed address");
        let entry = d.receive("", &[&reply.from], bounce("Subject: Re: Printer\r\n\r\nx").as_bytes());
        assert_eq!((entry.state, entry.ticket), (LetterState::Bounce, Some(ticket)));
        assert_eq!(failures(d, ticket).len(), 1);
    });
}

#[test]
fn a_bounce_of_somebody_elses_letter_is_only_recorded() {
    each(|d| {
        let ticket = d.ticket_by_mail("cedar@requester.example");
        let forged = format!(
            "Message-ID: <t{}.x@desk.example>\r\nSubject: Re: Printer\r\n\r\nx",
            "a".repeat(26)
        );
        let entry = d.receive("", &[SUPPORT], bounce(&forged).as_bytes());
        assert_eq!((entry.state, entry.ticket), (LetterState::Bounce, None));
        assert!(failures(d, ticket).is_empty());
    });
}

#[test]
fn an_absence_note_on_a_ticket_stands_in_the_ledger_only() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail("cedar@requester.example");
        let reply = d.reply_letter(technician, ticket);
        let before = d.ticket(ticket);
        let head = "Subject: Automatic reply: Printer\r\nAuto-Submitted: auto-replied";
        let entry = d.writes("cedar@requester.example", &reply.reply_to(), head, "I am away.");
        assert_eq!(
            (entry.state, entry.ticket, entry.message),
            (LetterState::Automatic, Some(ticket), None)
        );
        assert_eq!(d.ticket(ticket), before, "the ticket has not moved");
        assert!(d.sends().is_empty());
    });
}
