//! S4: tickets brought in from elsewhere are found by their old numbers and letters, and only by who took part in them.

use desk::access::Role;
use desk::mailboxes::ledger::Entry;
use desk::mailboxes::{Brought, LetterState, Way, boxes, intake};
use desk::tickets::{self, Imported, ImportedMessage, MessageKind};
use desk::{LetterId, PersonId, TicketNumber, people};

use super::desk::{MONDAY, SUPPORT, TestDesk, each, letter};

const CEDAR: &str = "cedar@requester.example";
const LARCH: &str = "larch@requester.example";
const TECH: &str = "technician@desk.example";
const DAY: i64 = 86_400_000_000;

/// A ticket of another system; `writers` wrote on it.
fn brought_in(d: &TestDesk, (system, form): (&str, &str), number: &str, from: &str, writers: &[&str]) -> TicketNumber {
    let (cx, from) = (d.cx(), from.to_string());
    let (system, form, number) = (system.to_string(), form.to_string(), number.to_string());
    let writers: Vec<String> = writers.iter().map(ToString::to_string).collect();
    d.write(move |tx| {
        tickets::know_system(tx, &system, &[form])?;
        let requester = people::recognise(tx, &cx, &from, None)?;
        let mut messages = Vec::new();
        for writer in &writers {
            messages.push(ImportedMessage {
                author: people::recognise(tx, &cx, writer, None)?,
                kind: MessageKind::Reply,
                body: "Which model?".into(),
                at: MONDAY.plus(-2 * DAY),
            });
        }
        let old = Imported {
            source: system.clone(),
            id: format!("row-{number}"),
            number: Some(number.clone()),
            message_ids: vec![format!("<old.{number}@{system}.example>")],
            subject: "Printer".into(),
            body: "It is broken.".into(),
            requester,
            created_at: MONDAY.plus(-3 * DAY),
            tag: None,
            messages,
            solved: false,
            solution: None,
        };
        tickets::import(tx, &cx, &old)
    })
}

const OTRS: (&str, &str) = ("otrs", "[Ticket#{number}]");

fn key(entry: &Entry) -> &str {
    entry.reason.split(' ').next().unwrap()
}

fn writes(d: &TestDesk, from: &str, subject: &str) -> Entry {
    d.writes(from, SUPPORT, &format!("Subject: {subject}"), "It is still broken.")
}

#[test]
fn an_old_number_in_the_form_of_its_system_joins_for_the_requester() {
    each(|d| {
        for (system, number, subject) in [
            (OTRS, "2021010112345", "Re: [Ticket#2021010112345] Printer"),
            (("osticket", "[#{number}]"), "123456", "RE : Printer [#123456]"),
            (
                ("rt", "[desk.example #{number}]"),
                "1234",
                "Re: [desk.example #1234] Printer",
            ),
            (("glpi", "[GLPI #{number}]"), "1234", "RE: [GLPI #0001234] Imprimante"),
        ] {
            let ticket = brought_in(d, system, number, CEDAR, &[]);
            let entry = writes(d, CEDAR, subject);
            assert_eq!(
                (entry.state, key(&entry), entry.ticket),
                (LetterState::Filed, "letter-reason-answered", Some(ticket)),
                "{subject}"
            );
        }
        for subject in [
            "Re: (Ticket#2021010112345) Printer",
            "Re: [Ticket#2021010112346] x",
            "2021010112345",
        ] {
            let entry = writes(d, CEDAR, subject);
            assert_eq!(key(&entry), "letter-reason-opened", "no number of ours: {subject}");
        }
    });
}

#[test]
fn an_answer_to_a_letter_that_was_brought_in_joins_whatever_its_subject() {
    each(|d| {
        let ticket = brought_in(d, OTRS, "77", CEDAR, &[]);
        let answer = |from: &str| {
            let head = "Subject: Hello\r\nReferences: <x@y.example> <old.77@otrs.example>";
            d.writes(from, SUPPORT, head, "It is still broken.")
        };
        assert_eq!(
            (answer(CEDAR).state, answer(CEDAR).ticket),
            (LetterState::Filed, Some(ticket))
        );
        let stranger = answer(LARCH);
        assert_eq!(
            (stranger.state, key(&stranger), stranger.ticket),
            (LetterState::Held, "letter-reason-imported-stranger", Some(ticket))
        );
    });
}

#[test]
fn whoever_wrote_on_it_before_takes_part_and_nobody_else() {
    each(|d| {
        let ticket = brought_in(d, OTRS, "77", CEDAR, &["birch@requester.example"]);
        let people_before = d.count("SELECT count(*) FROM person");
        let subject = "Re: [Ticket#77] Printer";
        assert_eq!(writes(d, "birch@requester.example", subject).ticket, Some(ticket));
        // The number of somebody else's ticket is anybody's to write, and being copied gives nothing.
        d.person(LARCH, Role::Requester);
        let copied = format!("Subject: {subject}\r\nCc: {LARCH}");
        assert_eq!(
            d.writes(CEDAR, SUPPORT, &copied, "Larch has it too.").state,
            LetterState::Filed
        );
        for from in [LARCH, "maple@elsewhere.example", "import@localhost.invalid"] {
            let entry = writes(d, from, subject);
            assert_eq!(
                (entry.state, key(&entry)),
                (LetterState::Held, "letter-reason-imported-stranger"),
                "{from}"
            );
        }
        assert_eq!(
            d.count("SELECT count(*) FROM person"),
            people_before + 1,
            "nobody was made"
        );
        assert_eq!(d.ticket(ticket).requester, d.person(CEDAR, Role::Requester));
    });
}

#[test]
fn a_requester_the_import_did_not_know_is_nobody_who_can_write() {
    each(|d| {
        brought_in(d, OTRS, "77", "import@localhost.invalid", &[]);
        let entry = writes(d, "import@localhost.invalid", "Re: [Ticket#77] Printer");
        assert_eq!(key(&entry), "letter-reason-imported-stranger");
    });
}

#[test]
fn a_merged_address_takes_part_as_the_record_it_was_merged_into() {
    each(|d| {
        let birch = d.person("birch@requester.example", Role::Requester);
        let ticket = brought_in(d, OTRS, "77", CEDAR, &["birch@requester.example"]);
        let larch = d.person(LARCH, Role::Requester);
        let subject = "Re: [Ticket#77] Printer";
        assert_eq!(
            writes(d, LARCH, subject).state,
            LetterState::Held,
            "the control: before they were one"
        );
        let admin = d.person("admin@desk.example", Role::Admin);
        let cx = d.as_person(admin);
        d.write(move |tx| people::merge(tx, &cx, birch, larch));
        for from in [LARCH, "birch@requester.example"] {
            let entry = writes(d, from, subject);
            assert_eq!(
                (entry.state, entry.ticket),
                (LetterState::Filed, Some(ticket)),
                "{from}"
            );
        }
    });
}

#[test]
fn an_answer_to_a_closed_one_opens_a_ticket_linked_to_it() {
    each(|d| {
        let ticket = brought_in(d, OTRS, "77", CEDAR, &[]);
        let cx = d.as_person(d.person(TECH, Role::Technician));
        d.write(move |tx| tickets::close(tx, &cx, ticket));
        let entry = writes(d, CEDAR, "Re: [Ticket#77] Printer");
        assert_eq!(
            (entry.state, key(&entry)),
            (LetterState::Filed, "letter-reason-follow-up")
        );
        let cx = d.cx();
        let linked = d.read(move |r| tickets::links(r, &cx, ticket));
        assert_eq!(linked.len(), 1, "{linked:?}");
    });
}

#[test]
fn the_same_number_in_two_systems_is_told_apart_by_form_then_by_who_takes_part() {
    each(|d| {
        let osticket = ("osticket", "[#{number}]");
        let (a, b) = (
            brought_in(d, OTRS, "77", CEDAR, &[]),
            brought_in(d, osticket, "77", CEDAR, &[]),
        );
        assert_eq!(writes(d, CEDAR, "Re: [Ticket#77] Printer").ticket, Some(a));
        assert_eq!(writes(d, CEDAR, "Re: [#77] Printer").ticket, Some(b));
        // A third writes its numbers as the second does.
        let third = ("helpdesk", "[#{number}]");
        let c = brought_in(d, third, "78", LARCH, &[]);
        brought_in(d, osticket, "78", CEDAR, &[]);
        assert_eq!(writes(d, LARCH, "Re: [#78] Printer").ticket, Some(c));
        brought_in(d, third, "77", CEDAR, &[]);
        let both = writes(d, CEDAR, "Re: [#77] Printer");
        assert_eq!(
            (both.state, key(&both)),
            (LetterState::Held, "letter-reason-imported-several")
        );
    });
}

#[test]
fn a_technician_needs_proof_and_to_have_written_on_it() {
    each(|d| {
        d.person(TECH, Role::Technician);
        let ticket = brought_in(d, OTRS, "77", CEDAR, &[TECH]);
        brought_in(d, OTRS, "78", CEDAR, &[]);
        let says = |head: &str| {
            let raw = letter(TECH, SUPPORT, head, "Please restart it.");
            d.receive_by(Way::Lmtp, TECH, &[SUPPORT], raw.as_bytes())
        };
        let proof = "Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example";
        let bare = says("Subject: Re: [Ticket#77] Printer");
        assert_eq!((bare.state, key(&bare)), (LetterState::Held, "letter-reason-no-proof"));
        let proven = says(&format!("{proof}\r\nSubject: Re: [Ticket#77] Printer"));
        assert_eq!((key(&proven), proven.ticket), ("letter-reason-replied", Some(ticket)));
        let other = says(&format!("{proof}\r\nSubject: Re: [Ticket#78] Printer"));
        assert_eq!(key(&other), "letter-reason-imported-stranger");
    });
}

#[test]
fn a_letter_out_of_a_file_that_came_with_its_ticket_is_not_said_twice() {
    each(|d| {
        let ticket = brought_in(d, OTRS, "77", CEDAR, &[]);
        let raw = letter(
            CEDAR,
            SUPPORT,
            "Message-ID: <old.77@otrs.example>\r\nSubject: Printer",
            "It is broken.",
        );
        let entry = from_file(d, &raw);
        assert_eq!(
            (entry.state, key(&entry), entry.ticket),
            (LetterState::Duplicate, "letter-reason-imported-already", Some(ticket))
        );
        let live = d.receive(CEDAR, &[SUPPORT], raw.replace("It is broken.", "Again.").as_bytes());
        assert_eq!(
            key(&live),
            "letter-reason-opened",
            "at the door a name alone hides nothing"
        );
    });
}

/// Brings a letter in from a file and reads it.
pub(super) fn from_file(d: &TestDesk, raw: &str) -> Entry {
    let (now, raw) = (d.desk.now(), raw.as_bytes().to_vec());
    let new = d.write(move |tx| {
        let mailbox = boxes::find_by_recipient(tx, SUPPORT)?.unwrap().id;
        intake::keep_from_file(tx, now, mailbox, &raw, intake::OPEN_DAYS, false)
    });
    assert_eq!(new, Brought::New);
    d.read_kept();
    d.entry(LetterId(d.count("SELECT max(id) FROM letter")))
}

#[test]
fn a_desk_that_brought_nothing_in_knows_no_old_number() {
    each(|d| {
        let _: PersonId = d.person(CEDAR, Role::Requester);
        assert_eq!(
            key(&writes(d, CEDAR, "Re: [Ticket#77] Printer")),
            "letter-reason-opened"
        );
        assert_eq!(d.count("SELECT count(*) FROM old_system"), 0);
    });
}
