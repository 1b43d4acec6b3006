//! S4: a technician's letter that is vouched for, brought to us again by somebody who had it in hand. What he wrote to
//! others, or on one ticket, never becomes his reply on another.

use desk::access::Role;
use desk::mailboxes::ledger::Entry;
use desk::mailboxes::{LetterState, Way};
use desk::*;
use mail::dkim::sign;

use super::desk::{TestDesk, letter};
use super::proof::{self, FOREIGN, TECHNICIAN, comes, ticket, txt};

/// What a technician said by a letter of his.
fn replies(d: &TestDesk) -> i64 {
    d.count("SELECT count(*) FROM letter WHERE reason = 'letter-reason-replied' AND message IS NOT NULL")
}

#[track_caller]
fn on_its_envelope_alone(entry: &Entry, ticket: TicketNumber) {
    assert_eq!(
        (entry.state, entry.reason.as_str(), entry.ticket),
        (LetterState::Held, "letter-reason-envelope", Some(ticket)),
        "{entry:?}"
    );
}

#[test]
fn what_a_technician_wrote_to_others_is_no_reply_whatever_its_envelope_says() {
    proof::each(&txt("v=DMARC1; p=reject"), |d, key, _| {
        let (_, number, to) = ticket(d);
        let token = to.split_once('+').unwrap().1.split_once('@').unwrap().0;
        let signed = |to: &str| {
            let raw = letter(TECHNICIAN, to, "Subject: Lunch", "Yes, do it.");
            String::from_utf8(sign(raw.as_bytes(), key, "s1", "there.example").unwrap()).unwrap()
        };
        let private = signed("friend@elsewhere.example");
        on_its_envelope_alone(&comes(d, FOREIGN, &to, private.as_bytes()), number);
        // Nor when the fields that were not signed are written above it.
        for field in [
            format!("To: {to}"),
            format!("Cc: {to}"),
            format!("Delivered-To: {to}"),
            format!("X-Original-To: {to}"),
            format!("References: <{token}.q1@desk.example>"),
            format!("In-Reply-To: <{token}.q1@desk.example>"),
        ] {
            let raw = format!("{field}\r\n{}", signed("another@elsewhere.example"));
            let entry = comes(d, FOREIGN, &to, raw.as_bytes());
            assert_eq!(
                (entry.state, entry.ticket),
                (LetterState::Held, Some(number)),
                "{field}"
            );
        }
        assert_eq!(replies(d), 0);
        // The control: the letter he did write to the ticket.
        let entry = comes(d, FOREIGN, &to, signed(&to).as_bytes());
        assert_eq!(entry.reason, "letter-reason-replied", "{entry:?}");
        assert_eq!(replies(d), 1);
    });
}

#[test]
fn a_reply_is_not_said_again_on_another_ticket() {
    proof::each(&txt("v=DMARC1; p=reject"), |d, key, _| {
        let (cedar, number, to) = ticket(d);
        let other = d.ticket_by_mail("other@requester.example");
        let there = d.reply_letter(cedar, other).reply_to();
        let raw = letter(TECHNICIAN, &to, "Subject: Re: Printer", "Send it back.");
        let signed = sign(raw.as_bytes(), key, "s1", "there.example").unwrap();
        assert_eq!(comes(d, FOREIGN, &to, &signed).ticket, Some(number));
        let stamped = [b"Received: from a by b\r\n".as_slice(), &signed].concat();
        for again in [&signed, &stamped] {
            let entry = comes(d, FOREIGN, &there, again);
            assert_eq!(
                (entry.state, entry.ticket),
                (LetterState::Duplicate, Some(number)),
                "{entry:?}"
            );
        }
        assert_eq!(replies(d), 1);
        // Before it ever came to us, too: the key of the other ticket is on its envelope alone.
        let unseen = letter(TECHNICIAN, &to, "Subject: Re: Printer", "And keep the box.");
        let unseen = sign(unseen.as_bytes(), key, "s1", "there.example").unwrap();
        on_its_envelope_alone(&comes(d, FOREIGN, &there, &unseen), other);
        assert_eq!(replies(d), 1);
    });
}

#[test]
fn behind_our_own_mail_server_it_is_the_same() {
    super::desk::each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let number = d.ticket_by_mail("owner@requester.example");
        let to = d.reply_letter(technician, number).reply_to();
        let pass = "Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example";
        let by = |way, named: &str, more: &str| {
            let head = format!("Subject: Re: Printer\r\n{pass}{more}");
            let raw = letter("technician@desk.example", named, &head, &format!("Words{more} {way:?}"));
            d.receive_by(way, "technician@desk.example", &[&to], raw.as_bytes())
        };
        for way in [Way::Lmtp, Way::Imap] {
            on_its_envelope_alone(&by(way, "friend@elsewhere.example", ""), number);
            // The field that was signed is the last; what stands above it was written by another.
            let twice = format!(
                "\r\nTo: {to}\r\nDKIM-Signature: v=1; a=rsa-sha256; d=desk.example; s=x; h=From:To:Subject; bh=AAAA; b=AAAA"
            );
            let entry = by(way, "friend@elsewhere.example", &twice);
            on_its_envelope_alone(&entry, number);
            // The control.
            assert_eq!(by(way, &to, "").reason, "letter-reason-replied");
        }
    });
}

#[test]
fn a_copy_that_was_held_does_not_take_the_place_of_the_letter_that_is_vouched_for() {
    super::desk::each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let number = d.ticket_by_mail("owner@requester.example");
        let to = d.reply_letter(technician, number).reply_to();
        let pass = "Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example\r\n";
        let raw = letter("technician@desk.example", &to, "Subject: Re: Printer", "Turn it off.");
        let by = |way, head: &str, to: &str| {
            let raw = format!("{head}{raw}");
            d.receive_by(way, "technician@desk.example", &[to], raw.as_bytes())
        };
        let held = by(Way::Lmtp, "", &to);
        assert_eq!(held.reason, "letter-reason-no-proof");
        // Without proof it is only the same again.
        assert_eq!(by(Way::Lmtp, "", &to).state, LetterState::Duplicate);
        let entry = by(Way::Lmtp, pass, &to);
        assert_eq!(
            (entry.reason.as_str(), entry.ticket),
            ("letter-reason-replied", Some(number)),
            "{entry:?}"
        );
        // And then everything is the same again.
        for (way, head) in [(Way::Lmtp, pass), (Way::Imap, pass), (Way::Smtp, "")] {
            assert_eq!(by(way, head, &to).state, LetterState::Duplicate, "{way:?}");
        }
        assert_eq!(replies(d), 1);
    });
}
