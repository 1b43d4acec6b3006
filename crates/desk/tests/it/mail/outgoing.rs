//! What leaves: in the transaction of the reply, in the requester's language, once; and what happens when it cannot.

use db::args;
use desk::access::{Role, Viewer};
use desk::clock::{DAY, SECOND};
use desk::jobs::Job;
use desk::mailboxes::outbox::{self, Prepared};
use desk::mailboxes::{MailboxFields, boxes};
use desk::tickets::NewMessage;
use desk::{Error, PersonId, house, tickets};

use super::desk::{SUPPORT, TestDesk, each};

const CEDAR: &str = "cedar@requester.example";

fn claim(d: &TestDesk) -> Vec<Job> {
    let now = d.desk.now();
    d.write(move |tx| outbox::claim_due(tx, now, 100))
}

fn prepare(d: &TestDesk, job: &Job) -> Prepared {
    let (now, house, job) = (d.desk.now(), d.desk.house(), job.clone());
    d.write(move |tx| outbox::prepare(tx, &house, now, &job))
}

#[test]
fn a_reply_is_one_conversation_in_the_requesters_language() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let entry = d.writes(
            CEDAR,
            SUPPORT,
            "Subject: RE : Imprimante\r\nContent-Language: fr",
            "Elle est en panne.",
        );
        let ticket = entry.ticket.unwrap();
        assert_eq!(d.ticket(ticket).subject, "Imprimante");
        let acknowledgement = d.sends().remove(0).read();
        assert_eq!(
            acknowledgement.subject.as_deref(),
            Some(format!("Nous avons reçu votre demande {ticket}").as_str())
        );
        assert_eq!(acknowledgement.in_reply_to, [entry.message_id.clone().unwrap()]);
        d.replies(technician, ticket, "**Bonjour** <script>alert(1)</script>");
        let left = d.sends().remove(0);
        let reply = left.read();
        assert_eq!(reply.subject.as_deref(), Some("Re: Imprimante"));
        assert_eq!(reply.in_reply_to, [entry.message_id.unwrap()]);
        assert_eq!(reply.auto_submitted, None, "a person wrote it");
        assert!(
            reply.loop_marks.is_empty(),
            "another desk takes it for a person's letter"
        );
        let html = reply.html.unwrap();
        assert!(
            html.contains("<strong>Bonjour</strong>") && !html.contains("<script"),
            "{html}"
        );
        assert!(reply.text.unwrap().contains("https://desk.example/fr/k/"));
        assert_eq!(mail::nature(&left.read(), Some(&left.from)), mail::Nature::Human);
    });
}

#[test]
fn a_reply_can_be_taken_back_until_its_letter_is_on_its_way() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let first = d.replies(technician, ticket, "Wrong");
        assert!(claim(d).is_empty(), "it waits while it may be taken back");
        assert!(d.write(move |tx| outbox::withdraw(tx, first)));
        assert!(d.sends().is_empty());
        let second = d.replies(technician, ticket, "Right");
        d.advance(10 * SECOND);
        let job = claim(d).pop().unwrap();
        assert!(matches!(prepare(d, &job), Prepared::Ready(_)));
        assert!(!d.write(move |tx| outbox::withdraw(tx, second)));
    });
}

#[test]
fn without_a_public_address_letters_wait_and_then_leave() {
    each(|d| {
        d.write(|tx| Ok(tx.exec("DELETE FROM setting WHERE name = 'public-url'", &[])?));
        d.wait(d.desk.reload_house()).unwrap();
        d.writes(CEDAR, SUPPORT, "Subject: Printer", "Help.");
        for _ in 0..5 {
            assert!(d.sends().is_empty());
            d.advance(60 * SECOND);
        }
        let words: String = d.read(|r| Ok(r.one("SELECT words FROM outgoing", &[])?));
        assert_eq!(words, "letter-wait-public-url");
        d.write(|tx| house::put(tx, "public-url", "https://desk.example"));
        d.wait(d.desk.reload_house()).unwrap();
        d.advance(60 * SECOND);
        assert_eq!(d.sends().len(), 1);
    });
}

#[test]
fn a_server_that_stays_away_is_tried_for_days_and_then_told_on_the_ticket() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        d.replies(technician, ticket, "Hello");
        let mut identifiers = Vec::new();
        for _ in 0..500 {
            d.advance(DAY / 48);
            for job in claim(d) {
                let Prepared::Ready(draft) = prepare(d, &job) else {
                    panic!("it is still wanted")
                };
                identifiers.push(mail::parse(&draft.compose(d.desk.files()).unwrap()).message_id);
                let cx = d.desk.context(Viewer::desk(PersonId(0)), None);
                d.write(move |tx| outbox::later(tx, &cx, &job, "451 try later"));
            }
        }
        identifiers.dedup();
        assert_eq!(identifiers.len(), 1, "every try is the same letter");
        let (state, words): (String, String) =
            d.read(|r| Ok(r.one("SELECT state, words FROM outgoing WHERE kind = 'reply'", &[])?));
        assert_eq!((state.as_str(), words.as_str()), ("failed", "451 try later"));
        assert_eq!(d.count("SELECT count(*) FROM event WHERE kind = 'reply_failed'"), 1);
        assert_eq!(d.count("SELECT count(*) FROM job WHERE kind = 'send_letter'"), 0);
    });
}

#[test]
fn nothing_typed_by_anybody_becomes_a_header() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        d.write(move |tx| {
            Ok(tx.exec(
                "UPDATE person SET name = $2 WHERE id = $1",
                &args![technician, "Larch\r\nBcc: x@evil.example"],
            )?)
        });
        let entry = d.writes(
            CEDAR,
            SUPPORT,
            "Subject: =?utf-8?Q?a=0D=0ABcc:_x@evil.example?=",
            "Help.",
        );
        let ticket = entry.ticket.unwrap();
        d.sends();
        d.write(move |tx| {
            Ok(tx.exec(
                "UPDATE ticket SET subject = $2 WHERE number = $1",
                &args![ticket, "x\r\nBcc: y@evil.example"],
            )?)
        });
        let left = d.reply_letter(technician, ticket);
        let text = String::from_utf8(left.raw.clone()).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(
            !head.lines().any(|l| l.to_ascii_lowercase().starts_with("bcc")),
            "{head}"
        );
        assert_eq!(left.to, CEDAR);
    });
}

#[test]
fn a_sign_in_letter_holds_its_link_and_no_row_does() {
    each(|d| {
        let cedar = d.person(CEDAR, Role::Requester);
        for _ in 0..10 {
            let (house, now) = (d.desk.house(), d.desk.now());
            d.write(move |tx| outbox::sign_in_link(tx, &house, now, cedar));
        }
        let rows: Vec<String> = d.read(|r| Ok(r.query("SELECT data || words || message_id FROM outgoing", &[])?));
        let left = d.sends();
        assert_eq!(left.len(), 3, "the brake");
        for l in left {
            let text = l.read().text.unwrap();
            let secret = text
                .split("/en/sign-in/")
                .nth(1)
                .unwrap()
                .split_whitespace()
                .next()
                .unwrap()
                .to_string();
            assert!(secret.len() > 30 && !rows.iter().any(|row| row.contains(&secret)));
        }
    });
}

#[test]
fn a_mailbox_is_checked_and_found_by_every_spelling_of_its_address() {
    each(|d| {
        for bad in ["", "no address", "a+b@x.example", "x@\r\ny.example", SUPPORT] {
            let (cx, fields) = (d.cx(), MailboxFields::new(bad));
            let refused = d.desk.write_now(move |tx| boxes::add(tx, &cx, &fields));
            assert!(matches!(refused, Err(Error::Refused(_))), "{bad:?}");
        }
        let found = d.read(|r| {
            [
                "Support@Desk.Example",
                "<support@desk.example>",
                "support+tabc@desk.example",
                "support@desk.example.evil.example",
                "other@desk.example",
            ]
            .iter()
            .map(|a| Ok(boxes::find_by_recipient(r, a)?.is_some()))
            .collect::<Result<Vec<_>, Error>>()
        });
        assert_eq!(found, [true, true, true, false, false]);
        let technician = d.person("technician@desk.example", Role::Technician);
        let (cx, fields) = (d.as_person(technician), MailboxFields::new("new@desk.example"));
        assert_eq!(
            d.desk.write_now(move |tx| boxes::add(tx, &cx, &fields)).err(),
            Some(Error::NotFound)
        );
    });
}

#[test]
fn a_follow_up_of_a_closed_ticket_is_linked_and_acknowledged_once() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        let to = d.reply_letter(technician, ticket).reply_to();
        let cx = d.as_person(technician);
        d.write(move |tx| tickets::close(tx, &cx, ticket));
        d.advance(2 * DAY);
        let entry = d.writes(CEDAR, &to, "Subject: Re: Printer", "It is back.");
        assert!(
            entry.reason.starts_with("letter-reason-follow-up") && entry.ticket != Some(ticket),
            "{entry:?}"
        );
        assert_eq!(d.sends().len(), 1);
        d.advance(2 * DAY);
        let listed = d.writes(
            CEDAR,
            &to,
            "Subject: Re: Printer\r\nList-Id: <all.example>",
            "Through a list.",
        );
        assert!(listed.ticket != Some(ticket));
        assert!(
            d.sends().is_empty(),
            "nothing automatic to a list, however it came about"
        );
    });
}

/// The links of a letter are made when it is written and stand in no row, so that a second try has others.
fn without_secrets(raw: &[u8]) -> String {
    let read = mail::parse(raw);
    let thread = (read.message_id, read.in_reply_to, read.references, read.reply_to);
    let words = format!("{:?}", (read.subject, read.date, read.text, read.html, thread));
    let mut parts = words.split("/en/k/");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |all, part| {
        let end = part.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
        all + "/en/k/0" + &part[end.unwrap_or(part.len())..]
    })
}

#[test]
fn a_crash_between_the_servers_word_and_ours_sends_the_same_letter_again() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let ticket = d.ticket_by_mail(CEDAR);
        d.replies(technician, ticket, "Hello");
        d.advance(10 * SECOND);
        let mut tries = Vec::new();
        for _ in 0..3 {
            let job = claim(d).pop().expect("its lease has run out");
            let Prepared::Ready(draft) = prepare(d, &job) else {
                panic!("nobody has said that it left")
            };
            let (from, to) = (draft.from.clone(), draft.to.clone());
            tries.push((from, to, without_secrets(&draft.compose(d.desk.files()).unwrap())));
            // Somebody writes meanwhile: a letter under its identifier must not change.
            d.writes(CEDAR, &tries[0].0, "Subject: Re: Printer", "One more thing.");
            d.advance(DAY / 24);
        }
        assert!(tries[0].2.contains("Hello") && tries[0].2.contains("/en/k/0"));
        assert_eq!(tries[0], tries[1]);
        assert_eq!(tries[0], tries[2]);
    });
}

#[test]
fn a_planned_reply_does_not_leave_when_the_requester_wrote_first() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let plan = |ticket| {
            let (cx, at) = (d.as_person(technician), d.desk.now().plus(DAY));
            d.write(move |tx| {
                let new = NewMessage {
                    body: "Is it still broken?".into(),
                    ..NewMessage::default()
                };
                Ok(tickets::plan_reply(tx, &cx, ticket, &new, at)?.1)
            })
        };
        let [answered, silent] = [CEDAR, "larch@requester.example"].map(|from| d.ticket_by_mail(from));
        let to = d.reply_letter(technician, answered).reply_to();
        let planned = [plan(answered), plan(silent)];
        d.advance(DAY / 2);
        d.writes(CEDAR, &to, "Subject: Re: Printer", "It works again.");
        d.advance(DAY / 2);
        for id in planned {
            let cx = d.cx();
            d.write(move |tx| tickets::send_when_due(tx, &cx, id));
        }
        let left = d.sends();
        let to: Vec<&str> = left.iter().map(|l| l.to.as_str()).collect();
        assert_eq!(to, ["larch@requester.example"], "the one who said nothing: the control");
    });
}

#[test]
fn letters_one_can_do_without_say_where() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        for switch_off in [Some("/me".to_string()), None] {
            let notice = outbox::Notice {
                subject: "Figures".into(),
                text: "12".into(),
                footer: "More".into(),
                path: "/reports".into(),
                switch_off: switch_off.clone(),
            };
            let (house, now) = (d.desk.house(), d.desk.now());
            d.write(move |tx| outbox::notice(tx, &house, now, technician, &notice));
            let left = d.sends().pop().unwrap();
            let head = String::from_utf8(left.raw).unwrap();
            let field = "List-Unsubscribe: <https://desk.example/me>\r\n";
            assert_eq!(head.contains(field), switch_off.is_some(), "{head}");
            assert!(head.contains("Auto-Submitted: auto-generated") && left.from.is_empty());
        }
    });
}
