//! What a technician does in the ledger: file on a ticket of his choice, leave be, read again; and what rules of a
//! mailbox do by themselves.

use desk::access::Role;
use desk::mailboxes::ledger::{self, Asked, Release};
use desk::mailboxes::rules::{self, RuleField, RuleFields};
use desk::mailboxes::{LetterState, Way, reason_text};
use desk::tickets::Priority;
use desk::words::Lang;
use desk::*;

use super::desk::{SUPPORT, TestDesk, each, letter};

const STRANGER: &str = "stranger@elsewhere.example";

/// A letter that is held: it carries a key of a ticket its sender takes no part in.
fn held(d: &TestDesk) -> (LetterId, TicketNumber) {
    let cedar = d.person("cedar@desk.example", Role::Technician);
    let ticket = d.ticket_by_mail("owner@requester.example");
    let key = d.reply_letter(cedar, ticket).reply_to();
    let entry = d.writes(STRANGER, &key, "Subject: Re: Printer", "I know more about it.");
    assert_eq!(entry.state, LetterState::Held);
    (entry.id, ticket)
}

#[test]
fn a_held_letter_is_filed_where_the_technician_says() {
    each(|d| {
        let (letter, _) = held(d);
        let other = d.ticket_by_mail("third@requester.example");
        let spruce = d.person("spruce@desk.example", Role::Technician);
        let cx = d.as_person(spruce);
        d.write(move |tx| ledger::release(tx, &cx, letter, Release::On(other)));
        d.read_kept();
        let entry = d.entry(letter);
        assert_eq!((entry.state, entry.ticket), (LetterState::Filed, Some(other)));
        assert!(d.sends().is_empty(), "nobody is written to because of it");
    });
}

#[test]
fn nobody_files_on_a_ticket_that_is_not_there_for_him() {
    each(|d| {
        let (letter, _) = held(d);
        let spruce = d.person("spruce@desk.example", Role::Technician);
        let cx = d.as_person(spruce);
        let done = d
            .desk
            .write_now(move |tx| ledger::release(tx, &cx, letter, Release::On(TicketNumber(999_999))));
        assert_eq!(done, Err(Error::refused("ticket", "refused-no-such-ticket")));
        assert_eq!(d.entry(letter).state, LetterState::Held, "it waits as before");
    });
}

#[test]
fn what_needs_no_ticket_is_left_be_and_can_be_let_in_later() {
    each(|d| {
        let (letter, ticket) = held(d);
        let spruce = d.person("spruce@desk.example", Role::Technician);
        let cx = d.as_person(spruce);
        d.write(move |tx| ledger::dismiss(tx, &cx, letter));
        let entry = d.entry(letter);
        assert_eq!((entry.state, entry.ticket), (LetterState::Refused, Some(ticket)));
        let words = reason_text(Lang::En, &entry.reason);
        assert!(
            words.contains("needs no ticket") && words.contains("takes no part"),
            "{words}"
        );
        let cx = d.as_person(spruce);
        d.write(move |tx| ledger::release(tx, &cx, letter, Release::OnItsTicket));
        d.read_kept();
        assert_eq!(d.entry(letter).state, LetterState::Filed);
    });
}

#[test]
fn a_filed_letter_is_read_again_in_its_place() {
    each(|d| {
        let entry = d.writes("owner@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
        let (number, message) = (entry.ticket.unwrap(), entry.message.unwrap());
        // What an older reader had made of it.
        d.write(move |tx| {
            let old = db::packed("?UTF-8?Q?It_is?=");
            Ok(tx.exec("UPDATE message SET body = $2 WHERE id = $1", &db::args![message, old])?)
        });
        let spruce = d.person("spruce@desk.example", Role::Technician);
        let cx = d.as_person(spruce);
        d.write(move |tx| ledger::read_again(tx, &cx, entry.id));
        d.read_kept();
        let again = d.entry(entry.id);
        assert_eq!((again.state, again.message), (LetterState::Filed, Some(message)));
        let said = d.read(move |r| tickets::words_said(r, number));
        assert!(said.contains("It is broken."), "{said}");
        assert_eq!(d.count("SELECT count(*) FROM message"), 1, "filed once");
    });
}

#[test]
fn the_ledger_is_searched_by_address_identifier_and_subject() {
    each(|d| {
        d.writes(
            "owner@requester.example",
            SUPPORT,
            "Subject: Écran noir\r\nMessage-ID: <a1@x.example>",
            "x",
        );
        d.writes(STRANGER, SUPPORT, "Subject: Printer 100%", "x");
        let spruce = d.person("spruce@desk.example", Role::Technician);
        let found = |words: &str| {
            let (cx, words) = (d.as_person(spruce), words.to_string());
            let asked = Asked {
                words,
                ..Asked::default()
            };
            d.read(move |r| Ok(ledger::list(r, &cx, &asked, 10)?.items.len()))
        };
        for words in ["<a1@x.example>", "Owner@requester.example", "noir", "100%"] {
            assert_eq!(found(words), 1, "{words}");
        }
        assert_eq!(found("nowhere"), 0);
        assert_eq!(found("1%0"), 0, "a percent sign is a percent sign");
    });
}

#[test]
fn the_first_rule_that_fits_decides() {
    each(|d| {
        let admin = d.person("juniper@desk.example", Role::Admin);
        let rule = |holds: &str, priority: Option<Priority>, only_record: bool| {
            let cx = d.as_person(admin);
            let fields = RuleFields {
                field: RuleField::Subject,
                holds: holds.into(),
                team: None,
                topic: None,
                priority,
                only_record,
            };
            d.desk.write_now(move |tx| rules::add(tx, &cx, MailboxId(1), &fields))
        };
        rule("réseau", Some(Priority::Urgent), false).unwrap();
        rule("newsletter", None, true).unwrap();
        assert_eq!(
            rule("anything", None, false),
            Err(Error::refused("rule_team", "refused-rule-does-nothing"))
        );
        let urgent = d.writes(STRANGER, SUPPORT, "Subject: RESEAU en panne", "x");
        assert_eq!(d.ticket(urgent.ticket.unwrap()).priority, Priority::Urgent);
        let only = d.writes(STRANGER, SUPPORT, "Subject: Our newsletter", "x");
        assert_eq!((only.state, only.ticket), (LetterState::Automatic, None));
        assert!(reason_text(Lang::En, &only.reason).contains("newsletter"));
        // What a technician lets in is let in, whatever the rule says.
        let cx = d.as_person(admin);
        d.write(move |tx| ledger::release(tx, &cx, only.id, Release::AsNewTicket));
        d.read_kept();
        assert_eq!(d.entry(only.id).state, LetterState::Filed);
    });
}

const VOUCHED: &str = "Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example";

fn forwards(d: &TestDesk, from: &str, vouched: bool) -> ledger::Entry {
    let head = if vouched { VOUCHED } else { "X-Nothing: here" };
    let raw = letter(
        from,
        SUPPORT,
        &format!("{head}\r\nSubject: Fwd: No sound"),
        "Seen on the second floor too.\r\n\r\n---------- Forwarded message ---------\r\n\
         From: Robin Owner <robin@requester.example>\r\nDate: Mon, Nov 16, 2026 at 9:15 AM\r\nSubject: No sound\r\n\
         To: Cedar <cedar@desk.example>\r\n\r\nMy laptop makes no sound any more.",
    );
    d.receive_by(Way::Lmtp, from, &[SUPPORT], raw.as_bytes())
}

#[test]
fn who_wrote_the_original_asks_when_a_technician_passes_it_on() {
    each(|d| {
        let cedar = d.person("cedar@desk.example", Role::Technician);
        let entry = forwards(d, "cedar@desk.example", true);
        assert!(
            reason_text(Lang::En, &entry.reason).contains("robin@requester.example"),
            "{entry:?}"
        );
        let ticket = d.ticket(entry.ticket.unwrap());
        assert_eq!(ticket.subject, "No sound");
        assert_eq!(ticket.requester, d.person("robin@requester.example", Role::Requester));
        let said = d.read(move |r| tickets::words_said(r, ticket.number));
        assert!(
            said.contains("makes no sound any more") && !said.contains("Forwarded"),
            "{said}"
        );
        let notes = d.read(move |r| {
            Ok(r.query::<(db::Packed, PersonId)>("SELECT body, author FROM message WHERE kind = 'note'", &[])?)
        });
        assert_eq!(
            (notes[0].0.0.as_str(), notes[0].1),
            ("Seen on the second floor too.", cedar)
        );
        assert!(
            d.sends().is_empty(),
            "nobody wrote to the desk himself, so nobody is told that it came"
        );
    });
}

#[test]
fn nobody_else_speaks_in_anothers_name_by_passing_on() {
    each(|d| {
        let entry = forwards(d, "someone@requester.example", true);
        let ticket = d.ticket(entry.ticket.unwrap());
        assert_eq!(ticket.requester, d.person("someone@requester.example", Role::Requester));
        d.person("cedar@desk.example", Role::Technician);
        let forged = forwards(d, "cedar@desk.example", false);
        assert_eq!(forged.state, LetterState::Held);
    });
}

#[test]
fn what_a_technician_wrote_above_stays_a_note_when_the_letter_is_read_again() {
    each(|d| {
        d.person("cedar@desk.example", Role::Technician);
        let entry = forwards(d, "cedar@desk.example", true);
        let spruce = d.person("spruce@desk.example", Role::Technician);
        let cx = d.as_person(spruce);
        d.write(move |tx| ledger::read_again(tx, &cx, entry.id));
        d.read_kept();
        let told = d.read(|r| Ok(r.query::<db::Packed>("SELECT body FROM message WHERE kind = 'request'", &[])?));
        assert_eq!(told.len(), 1);
        assert!(
            told[0].0.contains("makes no sound") && !told[0].0.contains("second floor"),
            "{}",
            told[0].0
        );
    });
}

#[test]
fn a_letter_that_waits_shows_on_the_ticket_whose_key_it_carries() {
    each(|d| {
        let (letter, ticket) = held(d);
        let spruce = d.person("spruce@desk.example", Role::Technician);
        let cx = d.as_person(spruce);
        let waiting = d.read(move |r| ledger::waiting_on(r, &cx, ticket));
        assert_eq!(waiting, [(letter, STRANGER.to_string())]);
        let cx = d.as_person(spruce);
        d.write(move |tx| ledger::dismiss(tx, &cx, letter));
        let cx = d.as_person(spruce);
        assert_eq!(d.read(move |r| ledger::waiting_on(r, &cx, ticket)), []);
    });
}
