//! Letters out of files: they keep their time, change nothing of today, and nobody is told.

use desk::access::Role;
use desk::mailboxes::watch::{self, Alarm};
use desk::mailboxes::{LetterState, Way};
use desk::tickets::{Status, Ticket};
use desk::{MailboxId, TicketNumber, Time};

use super::desk::{MONDAY, SUPPORT, TestDesk, each, letter};
use super::imported::from_file;

const CEDAR: &str = "cedar@requester.example";
/// 2024-05-17T10:22:00Z.
const MAY: Time = Time(1_715_941_320_000_000);
const LONG_AGO: &str = "Date: Fri, 17 May 2024 12:22:00 +0200";
/// Three days before the test.
const LATELY: &str = "Date: Fri, 13 Nov 2026 15:00:00 +0000";

fn old(head: &str, body: &str) -> String {
    letter(CEDAR, SUPPORT, head, body)
}

fn said_at(d: &TestDesk, number: TicketNumber) -> Vec<Time> {
    d.read(move |r| {
        Ok(r.query(
            "SELECT at FROM message WHERE ticket = $1 ORDER BY at",
            &db::args![number],
        )?)
    })
}

fn opened(d: &TestDesk, raw: &str) -> Ticket {
    let entry = from_file(d, raw);
    assert_eq!(entry.state, LetterState::Filed, "{entry:?}");
    d.ticket(entry.ticket.unwrap())
}

#[test]
fn an_old_letter_keeps_its_time_and_its_ticket_is_nobodys_turn() {
    each(|d| {
        let ticket = opened(d, &old(&format!("Subject: Printer\r\n{LONG_AGO}"), "It is broken."));
        assert_eq!((ticket.created_at, ticket.closed_at), (MAY, Some(MAY)));
        assert_eq!(
            (ticket.status, ticket.solved_at),
            (Status::Closed, None),
            "nobody says it was solved"
        );
        assert_eq!(ticket.next_due, Time::NEVER);
        assert_eq!(said_at(d, ticket.number), [MAY]);
        assert!(d.sends().is_empty(), "nobody is told");
        assert_eq!(d.count("SELECT received_at FROM letter"), MAY.0);
    });
}

#[test]
fn a_letter_of_late_is_open_and_its_promise_runs_from_now() {
    each(|d| {
        let ticket = opened(d, &old(&format!("Subject: Printer\r\n{LATELY}"), "It is broken."));
        assert_eq!(ticket.status, Status::New);
        assert!(ticket.created_at < MONDAY && ticket.next_due > MONDAY, "{ticket:?}");
        assert!(d.sends().is_empty());
        // The control: at the door it is said that it came in.
        d.ticket_by_mail("larch@requester.example");
        assert_eq!(
            d.count("SELECT count(*) FROM outgoing WHERE kind = 'acknowledgement'"),
            1
        );
    });
}

#[test]
fn a_conversation_out_of_a_file_is_one_ticket_and_its_latest_words_decide() {
    each(|d| {
        let first = format!("Message-ID: <one@requester.example>\r\nSubject: Printer\r\n{LONG_AGO}");
        let ticket = opened(d, &old(&first, "It is broken."));
        let again = "Subject: Re: Printer\r\nIn-Reply-To: <one@requester.example>";
        let same = opened(
            d,
            &old(&format!("{again}\r\nDate: Sat, 18 May 2024 08:00:00 +0000"), "Still."),
        );
        assert_eq!((same.number, same.status), (ticket.number, Status::Closed));
        let awake = opened(d, &old(&format!("{again}\r\n{LATELY}"), "And again."));
        assert_eq!((awake.number, awake.status), (ticket.number, Status::Open));
        assert!(awake.next_due > MONDAY, "{awake:?}");
        assert_eq!(said_at(d, ticket.number).len(), 3);
        // Whoever answers it today finds it too, and a stranger does not.
        let live = |from: &str| d.writes(from, SUPPORT, again, "Today too.");
        assert_eq!(live(CEDAR).ticket, Some(ticket.number));
        assert_eq!(live("larch@requester.example").state, LetterState::Held);
        assert!(d.sends().is_empty());
    });
}

#[test]
fn a_bounce_of_long_ago_says_nothing_about_an_address_today() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let reply = d.reply_letter(technician, ticket);
        let bounce = |n: u8| {
            let about = format!(
                "Message-ID: <{}>\r\nX-Try: {n}\r\n\r\nx",
                reply.read().message_id.unwrap()
            );
            super::returned::bounce(&about)
        };
        let bouncing = || d.count("SELECT count(*) FROM address WHERE bounced_at IS NOT NULL");
        assert_eq!(from_file(d, &bounce(1)).state, LetterState::Bounce);
        assert_eq!(bouncing(), 0);
        d.receive("", &[SUPPORT], bounce(2).as_bytes());
        assert_eq!(bouncing(), 1, "the control: at the door it does");
        from_file(d, &old(&format!("Subject: Hello\r\n{LONG_AGO}"), "I was there."));
        assert_eq!(bouncing(), 1, "words of long ago do not mend it either");
    });
}

#[test]
fn the_watch_over_mailboxes_does_not_hear_a_file() {
    each(|d| {
        let admin = d.person("admin@desk.example", Role::Admin);
        let (cx, box_one) = (d.as_person(admin), MailboxId(1));
        d.write(move |tx| watch::set_quiet(tx, &cx, box_one, Some(1)));
        let alarms = || {
            let cx = d.as_person(admin);
            d.read(move |r| watch::alarms(r, &cx))
        };
        opened(d, &old(&format!("Subject: Printer\r\n{LONG_AGO}"), "It is broken."));
        assert_eq!(alarms(), []);
        d.receive_by(Way::Lmtp, CEDAR, &[SUPPORT], old("Subject: Live", "x").as_bytes());
        d.advance(2 * 3_600_000_000);
        opened(d, &old(&format!("Subject: Screen\r\n{LATELY}"), "It is dark."));
        assert_eq!(alarms(), [(box_one, Alarm::Quiet)]);
    });
}
