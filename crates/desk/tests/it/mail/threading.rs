//! S4: what joins a ticket. The key and a known participant, and a technician's name only with proof.

use db::args;
use desk::access::Role;
use desk::mailboxes::ledger::{self, Release};
use desk::mailboxes::{LetterState, MailboxFields, Way, boxes, intake, reply_address};
use desk::{Error, LetterId, PersonId, TeamId, TicketNumber};

use super::desk::{SUPPORT, TestDesk, each, letter};

const CEDAR: &str = "cedar@requester.example";
const LARCH: &str = "larch@requester.example";
const TECH: &str = "technician@desk.example";

fn messages(d: &TestDesk, ticket: TicketNumber) -> i64 {
    d.read(move |r| Ok(r.one("SELECT count(*) FROM message WHERE ticket = $1", &args![ticket])?))
}

fn reason(entry: &ledger::Entry) -> &str {
    entry.reason.split(' ').next().unwrap()
}

#[test]
fn an_answer_joins_by_its_address_or_by_the_letter_it_answers() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let reply = d.reply_letter(technician, ticket);
        assert_eq!(reply.to, CEDAR);
        let by_address = d.writes(
            CEDAR,
            &reply.reply_to().to_uppercase(),
            "Subject: anything",
            "It works.",
        );
        assert_eq!(
            (by_address.state, by_address.ticket, reason(&by_address)),
            (LetterState::Filed, Some(ticket), "letter-reason-answered")
        );
        let head = format!(
            "Subject: Re: Printer\r\nIn-Reply-To: <{}>",
            reply.read().message_id.unwrap()
        );
        let by_identifier = d.writes(CEDAR, SUPPORT, &head, "It works, really.");
        assert_eq!(
            (by_identifier.state, by_identifier.ticket),
            (LetterState::Filed, Some(ticket))
        );
        let head = format!(
            "Subject: Re: Printer\r\nReferences: <x@y> <{}> <z@y>",
            reply.read().message_id.unwrap()
        );
        assert_eq!(d.writes(CEDAR, SUPPORT, &head, "And again.").ticket, Some(ticket));
        assert_eq!(messages(d, ticket), 5);
    });
}

#[test]
fn a_number_or_a_subject_never_joins() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let subject = d.reply_letter(technician, ticket).read().subject.unwrap();
        for head in [
            format!("Subject: {subject}"),
            format!("Subject: Re: [#{ticket}] Printer"),
            format!("Subject: Printer\r\nIn-Reply-To: <t{ticket}.n1@elsewhere.example>"),
            format!("Subject: Printer\r\nX-Ticket: {ticket}"),
        ] {
            let entry = d.writes(CEDAR, SUPPORT, &head, "Which one?");
            assert_eq!(reason(&entry), "letter-reason-opened", "{head}");
            assert_ne!(entry.ticket, Some(ticket), "{head}");
        }
        let numbered = format!("support+t{ticket}@desk.example");
        assert_ne!(
            d.writes(CEDAR, &numbered, "Subject: Printer", "Which one?").ticket,
            Some(ticket)
        );
        assert_eq!(messages(d, ticket), 2);
    });
}

#[test]
fn a_key_opens_its_own_ticket_and_no_other() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let (a, b) = (d.ticket_by_mail(CEDAR), d.ticket_by_mail(CEDAR));
        let reply = d.reply_letter(technician, a);
        // The key of A in a letter that names B everywhere else is a letter on A.
        let entry = d.writes(
            CEDAR,
            &reply.reply_to(),
            &format!("Subject: Re: [#{b}] Printer"),
            "For B?",
        );
        assert_eq!(entry.ticket, Some(a));
        assert_eq!(messages(d, b), 1);
        // A row that was made to point elsewhere no longer fits its key.
        let token = reply_address::in_address(&reply.reply_to()).unwrap();
        let house = d.desk.house();
        let (found, moved) = d.write(move |tx| {
            let found = reply_address::find(tx, &house, &token)?;
            tx.exec(
                "UPDATE reply_address SET ticket = $2 WHERE token = $1",
                &args![token.as_str(), b],
            )?;
            Ok((found, reply_address::find(tx, &house, &token)?))
        });
        assert_eq!(
            found.map(|f| f.0),
            Some(a),
            "the control: before it was moved the key worked"
        );
        assert_eq!(moved, None);
        let entry = d.writes(CEDAR, &reply.reply_to(), "Subject: Again", "For B, then?");
        assert_eq!(reason(&entry), "letter-reason-opened");
        assert_eq!(messages(d, b), 1);
    });
}

#[test]
fn a_revoked_key_opens_nothing() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let reply = d.reply_letter(technician, ticket);
        let now = d.desk.now();
        d.write(move |tx| reply_address::revoke(tx, ticket, now));
        assert_ne!(
            d.writes(CEDAR, &reply.reply_to(), "Subject: Re: Printer", "Still there?")
                .ticket,
            Some(ticket)
        );
    });
}

#[test]
fn a_stranger_with_a_valid_key_is_held_until_a_technician_lets_him_in() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let reply = d.reply_letter(technician, ticket);
        let people = d.count("SELECT count(*) FROM person");
        let held = d.writes(LARCH, &reply.reply_to(), "Subject: Re: Printer", "Me too.");
        assert_eq!(
            (held.state, reason(&held), held.ticket),
            (LetterState::Held, "letter-reason-stranger", Some(ticket))
        );
        assert_eq!(messages(d, ticket), 2);
        assert_eq!(
            d.count("SELECT count(*) FROM person"),
            people,
            "a held letter makes nobody"
        );
        assert!(d.sends().is_empty(), "nothing leaves for a stranger");
        let cx = d.as_person(technician);
        d.write(move |tx| ledger::release(tx, &cx, held.id, Release::OnItsTicket));
        d.read_kept();
        let filed = d.entry(held.id);
        assert_eq!((filed.state, filed.ticket), (LetterState::Filed, Some(ticket)));
        assert_eq!(messages(d, ticket), 3);
        assert!(d.sends().is_empty());
    });
}

#[test]
fn being_copied_gives_nothing() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let larch = d.person(LARCH, Role::Requester);
        let entry = d.writes(
            CEDAR,
            SUPPORT,
            &format!("Subject: Printer\r\nCc: {LARCH}"),
            "Larch knows.",
        );
        let ticket = entry.ticket.unwrap();
        assert_eq!(d.sends().len(), 1, "one acknowledgement, to the writer alone");
        let reply = d.reply_letter(technician, ticket);
        assert_eq!(reply.to, CEDAR);
        assert!(reply.read().cc.is_empty());
        let held = d.writes(LARCH, &reply.reply_to(), "Subject: Re: Printer", "I was copied.");
        assert_eq!(reason(&held), "letter-reason-stranger");
        let cx = d.as_person(larch);
        assert_eq!(
            d.desk
                .read_now(move |r| desk::tickets::find_visible(r, &cx, ticket))
                .err(),
            Some(Error::NotFound)
        );
    });
}

#[test]
fn a_technicians_name_needs_our_own_servers_word() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let to = d.reply_letter(technician, ticket).reply_to();
        let pass = "Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example";
        let raw =
            |head: &str| letter(TECH, &to, &format!("Subject: Re: Printer\r\n{head}"), "Restart it.").into_bytes();
        let forged = [
            (Way::Lmtp, "X-Nothing: here"),
            (
                Way::Lmtp,
                "Authentication-Results: evil.example; dmarc=pass header.from=desk.example",
            ),
            (
                Way::Lmtp,
                "Authentication-Results: mx.desk.example; dmarc=fail header.from=desk.example",
            ),
            (
                Way::Lmtp,
                "Authentication-Results: mx.desk.example; dmarc=pass header.from=evil.example",
            ),
            // Our server looked at SPF alone, and left the field below as it came.
            (
                Way::Lmtp,
                "Authentication-Results: mx.desk.example; spf=fail\r\n\
                 Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example",
            ),
            (
                Way::Imap,
                "Authentication-Results: mx.desk.example; dkim=pass header.d=desk.example; spf=pass",
            ),
            (
                Way::Lmtp,
                "Authentication-Results: relay.example; spf=none\r\n\
                 Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example",
            ),
            // Anyone can write the field into what he brings to our SMTP door.
            (Way::Smtp, pass),
        ];
        for (way, head) in forged {
            let held = d.receive_by(way, TECH, &[&to], &raw(head));
            assert_eq!(
                (held.state, reason(&held)),
                (LetterState::Held, "letter-reason-no-proof"),
                "{head}"
            );
        }
        let new = letter(TECH, SUPPORT, "Subject: x", "y");
        let new = d.receive_by(Way::Smtp, TECH, &[SUPPORT], new.as_bytes());
        assert_eq!(reason(&new), "letter-reason-no-proof");
        assert_eq!(messages(d, ticket), 2);
        assert!(d.sends().is_empty());
        // The control: with the word of our server it is his reply, and it leaves.
        let filed = d.receive_by(Way::Lmtp, TECH, &[&to], &raw(pass));
        assert_eq!(
            (filed.state, reason(&filed), filed.ticket),
            (LetterState::Filed, "letter-reason-replied", Some(ticket))
        );
        let left = d.sends();
        assert_eq!((left.len(), left[0].to.as_str()), (1, CEDAR));
    });
}

#[test]
fn a_closed_team_stays_closed_by_mail_and_in_the_ledger() {
    each(|d| {
        let outsider = d.person(TECH, Role::Technician);
        let insider = d.person("insider@desk.example", Role::Technician);
        let cedar = d.person(CEDAR, Role::Requester);
        let team = d.write(move |tx| {
            let team: desk::TeamId = tx.one(
                "INSERT INTO team (name_en, name_fr, private, created_at) VALUES ('Payroll', 'Paie', TRUE, 0) RETURNING id",
                &[],
            )?;
            tx.exec("INSERT INTO membership (person, team) VALUES ($1, $2)", &args![insider, team])?;
            Ok(team)
        });
        let ticket = d.ticket_by_phone(cedar, Some(team));
        let to = d.reply_letter(insider, ticket).reply_to();
        let head =
            "Subject: Re: Printer\r\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=desk.example";
        let held = d.receive_by(
            Way::Lmtp,
            TECH,
            &[&to],
            letter(TECH, &to, head, "Let me see.").as_bytes(),
        );
        assert_eq!(
            (held.state, reason(&held)),
            (LetterState::Held, "letter-reason-not-allowed")
        );
        let filed = d.writes(CEDAR, &to, "Subject: Re: Printer", "Secret words.");
        assert_eq!(filed.ticket, Some(ticket));
        for (person, sees) in [(insider, true), (outsider, false)] {
            let cx = d.as_person(person);
            let (all, found, raw) = d.read(move |r| {
                let all = ledger::list(r, &cx, &ledger::Asked::default(), 50)?.items.len();
                let total: i64 = ledger::totals(r, &cx, None)?.iter().map(|(_, n)| n).sum();
                assert_eq!(total, i64::try_from(all).unwrap());
                Ok((
                    all,
                    ledger::find(r, &cx, filed.id).is_ok(),
                    ledger::raw(r, &cx, filed.id).is_ok(),
                ))
            });
            assert_eq!((all, found, raw), (if sees { 2 } else { 0 }, sees, sees));
        }
        let cx = d.as_person(cedar);
        assert_eq!(
            d.desk
                .read_now(move |r| ledger::list(r, &cx, &ledger::Asked::default(), 50))
                .err(),
            Some(Error::NotFound)
        );
    });
}

/// A letter to this mailbox, kept and not yet read.
fn unread(d: &TestDesk, to: &str) -> LetterId {
    let raw = letter(CEDAR, to, "Subject: Payslip", "Secret words.");
    let (now, to) = (d.desk.now(), to.to_string());
    d.write(move |tx| {
        let mailbox = boxes::find_by_recipient(tx, &to)?.map(|m| m.id);
        intake::keep(tx, now, Way::Smtp, mailbox, CEDAR, &[to], raw.as_bytes())
    })
}

/// Whether the letter is there for this person: the list, the count, the line and the bytes say the same.
fn sees(d: &TestDesk, person: PersonId, id: LetterId) -> bool {
    let cx = d.as_person(person);
    d.read(move |r| {
        let list = ledger::list(r, &cx, &ledger::Asked::default(), 50)?.items;
        let total: i64 = ledger::totals(r, &cx, None)?.iter().map(|(_, n)| n).sum();
        assert_eq!(total, i64::try_from(list.len()).unwrap());
        let listed = list.iter().any(|l| l.id == id);
        assert_eq!(listed, ledger::find(r, &cx, id).is_ok());
        assert_eq!(listed, ledger::raw(r, &cx, id).is_ok());
        Ok(listed)
    })
}

fn set_all(d: &TestDesk, state: &'static str, reason: &'static str) {
    d.write(move |tx| Ok(tx.exec("UPDATE letter SET state = $1, reason = $2", &args![state, reason])?));
}

#[test]
fn a_letter_nobody_has_read_is_for_the_team_of_its_mailbox() {
    each(|d| {
        let [insider, outsider, bench] =
            ["insider", "outsider", "bench"].map(|name| d.person(&format!("{name}@desk.example"), Role::Technician));
        let admin = d.person("admin@desk.example", Role::Admin);
        let lead = d.person("lead@desk.example", Role::Supervisor);
        let team = d.write(move |tx| {
            let of = "INSERT INTO team (name_en, name_fr, private, created_at) VALUES ($1, $1, $2, 0) RETURNING id";
            let payroll: TeamId = tx.one(of, &args!["Payroll", true])?;
            let counter: TeamId = tx.one(of, &args!["Counter", false])?;
            let join = "INSERT INTO membership (person, team) VALUES ($1, $2)";
            tx.exec(join, &args![insider, payroll])?;
            tx.exec(join, &args![bench, counter])?;
            Ok(counter)
        });
        let counter = "counter@desk.example";
        d.mailbox(&MailboxFields {
            team: Some(team),
            ..MailboxFields::new(counter)
        });
        let (for_all, for_counter) = (unread(d, SUPPORT), unread(d, counter));
        for (state, reason) in [("kept", ""), ("held", "letter-reason-fault it stopped")] {
            set_all(d, state, reason);
            for (person, all, of_counter) in [
                (outsider, false, false),
                (lead, false, false),
                (bench, false, true),
                (insider, true, true),
                (admin, true, true),
            ] {
                let seen = (sees(d, person, for_all), sees(d, person, for_counter));
                assert_eq!(seen, (all, of_counter), "{state}: {person}");
            }
        }
        let cx = d.as_person(outsider);
        assert_eq!(d.read(move |r| ledger::held_count(r, &cx)), 0);
        // Read at last, and found to be nobody's secret: everybody's, as before.
        set_all(d, "kept", "");
        d.read_kept();
        assert!(sees(d, outsider, for_all) && sees(d, outsider, for_counter));
    });
}

#[test]
fn random_keys_are_never_accepted() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let tickets: Vec<_> = (0..5)
            .map(|_| d.ticket_by_phone(d.person(CEDAR, Role::Requester), None))
            .collect();
        let real: Vec<String> = tickets
            .iter()
            .map(|t| d.reply_letter(technician, *t).reply_to())
            .collect();
        let tries = if d.engine == "SQLite" { 100_000 } else { 10_000 };
        let house = d.desk.house();
        let (random, own) = d.read(move |r| {
            let (mut random, mut state) = (0, 0x9E37_79B9_7F4A_7C15_u64);
            for _ in 0..tries {
                let token: String = (0..26).map(|_| letter_of(&mut state)).collect();
                random += i32::from(reply_address::find(r, &house, &token)?.is_some());
            }
            let own = real.iter().filter_map(|a| reply_address::in_address(a));
            let own: Vec<_> = own
                .map(|t| reply_address::find(r, &house, &t))
                .collect::<Result<_, _>>()?;
            Ok((random, own.iter().flatten().count()))
        });
        assert_eq!((random, own), (0, 5));
    });
}

fn letter_of(state: &mut u64) -> char {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    char::from(b"abcdefghijklmnopqrstuvwxyz234567"[usize::try_from(*state >> 59).unwrap()])
}

#[test]
fn an_answer_to_words_that_were_split_off_finds_them_and_any_other_stays() {
    each(|d| {
        let technician = d.person(TECH, Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let stays = d.reply_letter(technician, ticket);
        let goes = d.reply_letter(technician, ticket);
        let moved = d.read(|r| Ok(r.one("SELECT MAX(id) FROM message WHERE kind = 'reply'", &[])?));
        let cx = d.as_person(technician);
        let new = d.write(move |tx| {
            let asked = desk::tickets::Split {
                messages: vec![desk::MessageId(moved)],
                subject: "Another matter".into(),
                requester: None,
            };
            Ok(desk::tickets::split(tx, &cx, ticket, &asked)?.0)
        });
        let answers = |to: &str, id: &str| {
            let head = format!("Subject: Re: Printer\r\nIn-Reply-To: <{id}>");
            d.writes(CEDAR, to, &head, "Thank you.").ticket
        };
        let (old_id, moved_id) = (stays.read().message_id.unwrap(), goes.read().message_id.unwrap());
        assert_eq!(
            answers(&goes.reply_to(), &moved_id),
            Some(new),
            "by the old key and what it answers"
        );
        assert_eq!(answers(SUPPORT, &moved_id), Some(new));
        assert_eq!(answers(&stays.reply_to(), &old_id), Some(ticket));
        assert_eq!(
            d.writes(CEDAR, &goes.reply_to(), "Subject: Re: Printer", "Hello.")
                .ticket,
            Some(ticket)
        );
    });
}
