//! The words of letters as a desk wants them: fields are values, the usual words come back, and a preview is the letter.

use desk::access::Role;
use desk::clock::DAY;
use desk::mailboxes::outbox::{self, Manners, Quote, Template, TemplateKind, Which};
use desk::mailboxes::{MailboxFields, boxes};
use desk::tickets::{self, Channel, NewMessage, NewTicket, Status};
use desk::words::Lang;
use desk::{Error, MailboxId, PersonId};

use super::desk::{SUPPORT, TestDesk, each};

const CEDAR: &str = "cedar@requester.example";

fn which(kind: TemplateKind, language: Lang) -> Which {
    Which {
        kind,
        language,
        mailbox: None,
    }
}

fn save(d: &TestDesk, which: Which, subject: &str, body: &str) -> Result<(), Error> {
    let (cx, template) = (
        d.cx(),
        Template {
            subject: subject.into(),
            body: body.into(),
        },
    );
    d.desk
        .write_now(move |tx| outbox::save_template(tx, &cx, which, &template))
}

fn support(d: &TestDesk) -> MailboxId {
    d.read(|r| Ok(boxes::list(r)?[0].id))
}

fn manners(d: &TestDesk, change: impl FnOnce(&mut Manners)) {
    let (cx, id) = (d.cx(), support(d));
    let mut new = d.read({
        let cx = d.cx();
        move |r| outbox::manners(r, &cx, id)
    });
    change(&mut new);
    d.write(move |tx| outbox::set_manners(tx, &cx, id, &new));
}

fn text(d: &TestDesk) -> String {
    d.sends().pop().expect("a letter leaves").read().text.unwrap()
}

#[test]
fn other_words_are_used_in_their_language_until_the_usual_ones_are_restored() {
    each(|d| {
        let french = which(TemplateKind::Acknowledgement, Lang::Fr);
        let body = "Merci {{name}}, c’est le **{{number}}** chez {{desk}}.\r\n\r\n[Voir]({{link}})";
        save(d, french, "Reçu : {{number}}", body).unwrap();
        let head = "Subject: Imprimante\r\nContent-Language: fr";
        let ticket = d
            .writes("Camille Roy <camille@requester.example>", SUPPORT, head, "En panne.")
            .ticket
            .unwrap();
        let left = d.sends().pop().unwrap().read();
        assert_eq!(left.subject.as_deref(), Some(format!("Reçu : {ticket}").as_str()));
        assert!(left.text.unwrap().contains("Merci Camille Roy, c’est le"));
        let html = left.html.unwrap();
        assert!(
            html.contains(&format!("<strong>{ticket}</strong>")) && html.contains("/fr/k/"),
            "{html}"
        );
        d.writes(
            "larch@requester.example",
            SUPPORT,
            "Subject: Printer",
            "It is the printer.",
        );
        assert!(
            text(d).contains("Your request came in."),
            "the other language has its usual words"
        );
        let cx = d.cx();
        d.write(move |tx| outbox::restore_template(tx, &cx, french));
        let head = "Subject: Imprimante\r\nContent-Language: fr";
        d.writes("sureau@requester.example", SUPPORT, head, "En panne.");
        assert!(text(d).contains("Votre demande nous est parvenue."));
        assert_eq!(
            d.count("SELECT count(*) FROM audit WHERE action LIKE 'letter words%'"),
            2
        );
        let cx = d.cx();
        let again = d.desk.write_now(move |tx| outbox::restore_template(tx, &cx, french));
        assert_eq!(again, Err(Error::NotFound));
    });
}

#[test]
fn a_mailbox_may_have_words_of_its_own() {
    each(|d| {
        d.mailbox(&MailboxFields::new("help@desk.example"));
        let of_all = which(TemplateKind::Acknowledgement, Lang::En);
        save(d, of_all, "Ours", "Of all {{link}}").unwrap();
        let one = Which {
            mailbox: Some(support(d)),
            ..of_all
        };
        save(d, one, "Of support", "Of one {{link}}").unwrap();
        save(d, one, "Of support", "Of one again {{link}}").unwrap();
        d.writes(CEDAR, SUPPORT, "Subject: Printer", "Help.");
        assert!(text(d).starts_with("Of one again https://desk.example/en/k/"));
        d.writes(
            "larch@requester.example",
            "help@desk.example",
            "Subject: Printer",
            "Help.",
        );
        assert!(text(d).starts_with("Of all https://"));
        let cx = d.cx();
        assert_eq!(d.read(move |r| outbox::changed(r, &cx)).len(), 2);
    });
}

#[test]
fn only_administrators_change_words_and_unknown_fields_are_refused() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let of = which(TemplateKind::Confirm, Lang::En);
        let refused = save(d, of, "Confirm", "{{name}} {{link}}");
        assert_eq!(refused, Err(Error::refused("body", "refused-fields-confirm")));
        let cx = d.as_person(technician);
        let usual = outbox::usual_words(Lang::En, TemplateKind::Confirm);
        let kept = d.desk.write_now(move |tx| outbox::save_template(tx, &cx, of, &usual));
        assert_eq!(kept, Err(Error::NotFound));
    });
}

/// A8 and S14: whoever names a stranger has nothing to say to him, whatever the administrator wrote.
#[test]
fn what_a_strangers_form_causes_says_no_word_of_his() {
    each(|d| {
        save(
            d,
            which(TemplateKind::Confirm, Lang::En),
            "{{desk}}",
            "Is it you? {{link}}",
        )
        .unwrap();
        let cx = d.cx();
        d.write(move |tx| {
            let victim =
                desk::people::recognise(tx, &cx, "victim@elsewhere.example", Some("BUY https://evil.example"))?;
            let new = NewTicket {
                confirmed: false,
                acknowledge: true,
                ..NewTicket::new(victim, Channel::Portal, "BUY {{link}}", "BUY {{desk}}")
            };
            tickets::open(tx, &cx, &new)
        });
        let left = d.sends().pop().unwrap();
        assert!(!String::from_utf8_lossy(&left.raw).contains("BUY"));
        // Nor does a forged letter greet by a name that leads somewhere.
        save(
            d,
            which(TemplateKind::Acknowledgement, Lang::En),
            "Hello",
            "Hello {{name}} {{link}}",
        )
        .unwrap();
        let forged = "\"BUY https://evil.example\" <other@elsewhere.example>";
        d.writes(forged, SUPPORT, "Subject: x", "y");
        let left = text(d);
        assert!(
            left.starts_with("Hello https://desk.example/") && !left.contains("evil"),
            "{left}"
        );
    });
}

fn history_of(d: &TestDesk, how: Quote) -> String {
    manners(d, |m| m.quote = how);
    let technician = d.person("technician@desk.example", Role::Technician);
    let address = format!("cedar-{how}@requester.example");
    let entry = d.writes(
        &format!("Cedar <{address}>"),
        SUPPORT,
        "Subject: Printer",
        "First words.",
    );
    let ticket = entry.ticket.unwrap();
    let cx = d.as_person(technician);
    d.write(move |tx| {
        let note = NewMessage {
            body: "SECRET note".into(),
            ..NewMessage::default()
        };
        tickets::note(tx, &cx, ticket, &note)
    });
    let to = d.reply_letter(technician, ticket).reply_to();
    d.writes(&address, &to, "Subject: Re: Printer", "Second words.");
    d.replies(technician, ticket, "The answer.");
    text(d)
}

#[test]
fn a_reply_quotes_what_the_mailbox_says_and_never_a_note() {
    each(|d| {
        let none = history_of(d, Quote::None);
        assert!(none.contains("The answer.") && !none.contains("Second words."));
        let last = history_of(d, Quote::Last);
        assert!(
            last.contains("On Nov 16, 2026, 10:00, Cedar wrote:\n> Second words."),
            "{last}"
        );
        assert!(!last.contains("First words."));
        let all = history_of(d, Quote::All);
        let order = [
            "The answer.",
            "-- \n",
            "> Second words.",
            "> Please restart it.",
            "> First words.",
        ];
        let places: Vec<_> = order.iter().map(|part| all.find(part).expect(part)).collect();
        assert!(places.is_sorted(), "{all}");
        for letter in [none, last, all] {
            assert!(!letter.contains("SECRET"), "{letter}");
        }
    });
}

#[test]
fn a_long_history_is_cut_and_the_requester_reads_his_own_language() {
    each(|d| {
        manners(d, |m| {
            m.quote = Quote::All;
            m.signature_en = "_The desk_".into();
            m.signature_fr = "_Le centre_".into();
        });
        let technician = d.person("technician@desk.example", Role::Technician);
        let head = "Subject: Imprimante\r\nContent-Language: fr";
        let entry = d.writes(CEDAR, SUPPORT, head, &"Elle est en panne. ".repeat(20_000));
        d.sends();
        let ticket = entry.ticket.unwrap();
        for n in 0..30 {
            d.replies(technician, ticket, &format!("Essai {n}."));
        }
        let left = d.sends().pop().unwrap().read();
        let words = left.text.unwrap();
        assert!(words.contains("_Le centre_") && !words.contains("_The desk_"));
        assert!(words.contains("Le 16 nov. 2026, 10\u{a0}h\u{a0}00, "), "{words}");
        assert_eq!(words.matches("> Essai").count(), 20);
        assert!(words.len() < 80_000);
        assert!(left.html.unwrap().contains("<em>Le centre</em>"));
        d.replies(technician, ticket, "Encore");
        manners(d, |m| m.quote = Quote::None);
        assert!(text(d).len() < 1_000, "the control");
    });
}

/// What stands in a letter, without the secrets of its links.
fn shown_in(html: &str) -> String {
    let secret = html.split("/en/k/").nth(1).unwrap().split('"').next().unwrap();
    let shown = html.replace(secret, "0000");
    let inside = shown.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
    inside.trim().to_string()
}

/// A reply at once, one that solves, and one that leaves tomorrow: each letter is the one that was shown before.
#[test]
fn the_preview_is_the_letter_however_it_is_sent() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        for (then, later) in [
            (None, false),
            (Some(Status::Pending), false),
            (Some(Status::Solved), false),
            (Some(Status::Pending), true),
            (Some(Status::Solved), true),
        ] {
            let from = format!("c{later}{}@requester.example", then.map_or("", |s| s.as_str()));
            let ticket = d.ticket_by_mail(&from);
            let (cx, solves) = (d.as_person(technician), then == Some(Status::Solved));
            let look = |solves| {
                let cx = d.as_person(technician);
                d.read(move |r| outbox::preview_reply(r, &cx, ticket, "It is **mended**.", solves))
            };
            let preview = look(solves);
            assert_eq!(preview.contains("?answer=good"), solves);
            let new = NewMessage {
                body: "It is **mended**.".to_string(),
                then,
                ..NewMessage::default()
            };
            let at = d.desk.now().plus(DAY);
            d.write(move |tx| match later {
                true => tickets::plan_reply(tx, &cx, ticket, &new, at).map(drop),
                false => tickets::reply(tx, &cx, ticket, &new).map(drop),
            });
            if later {
                assert!(d.sends().is_empty());
                d.advance(DAY);
                d.wait(desk::jobs::run_due(&d.desk)).unwrap();
            }
            let left = d.sends();
            assert_eq!(left.len(), 1, "{then:?} {later}");
            assert_eq!(
                shown_in(&left[0].read().html.unwrap()),
                preview.trim(),
                "{then:?} {later}"
            );
            // The control: the other letter is another one.
            assert_ne!(look(!solves).trim(), preview.trim());
        }
    });
}

#[test]
fn the_preview_is_the_letter() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        manners(d, |m| {
            m.quote = Quote::All;
            m.signature_en = "_The desk_ <script>x</script>".into();
            m.signature_fr = "x".into();
        });
        let body = "[See {{number}}]({{link}}), {{name}}.\n\n{{link}}";
        save(d, which(TemplateKind::Reply, Lang::En), "", body).unwrap();
        let ticket = d.ticket_by_mail("Cedar & Larch <cedar@requester.example>");
        let words = "**Please** restart:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<img src=x onerror=alert(1)>";
        let cx = d.as_person(technician);
        let preview = d.read(move |r| outbox::preview_reply(r, &cx, ticket, words, false));
        d.replies(technician, ticket, words);
        assert_eq!(shown_in(&d.sends().pop().unwrap().read().html.unwrap()), preview.trim());
        assert!(
            preview.contains("<table>") && preview.contains("<blockquote>") && preview.contains("<em>The desk</em>")
        );
        assert!(!preview.contains("<script") && !preview.contains("onerror"));
    });
}

#[test]
fn a_preview_of_words_is_the_letter_that_leaves() {
    each(|d| {
        let of = which(TemplateKind::Acknowledgement, Lang::En);
        let template = outbox::usual_words(Lang::En, TemplateKind::Acknowledgement);
        let cx = d.cx();
        let preview = d.read(move |r| outbox::preview_template(r, &cx, of, &template));
        let ticket = d.writes(CEDAR, SUPPORT, "Subject: Printer", "Help.").ticket.unwrap();
        let left = d.sends().pop().unwrap().read();
        let text = left.text.unwrap();
        let secret = text.split("/en/k/").nth(1).unwrap().split_whitespace().next().unwrap();
        let same = |sent: &str| sent.replace(secret, "0000").replace(&ticket.to_string(), "1042");
        assert_eq!(same(&text).trim(), preview.text.trim());
        assert_eq!(same(&left.subject.unwrap()), preview.subject);
        assert!(same(&left.html.unwrap()).contains(preview.html.trim()));
    });
}

#[test]
fn a_mailbox_need_not_acknowledge_but_still_asks_strangers() {
    each(|d| {
        manners(d, |m| m.acknowledge = false);
        d.writes(CEDAR, SUPPORT, "Subject: Printer", "Help.");
        assert!(d.sends().is_empty());
        let (cx, stranger): (_, PersonId) = (d.cx(), d.person("stranger@elsewhere.example", Role::Requester));
        d.write(move |tx| {
            let new = NewTicket {
                confirmed: false,
                acknowledge: true,
                ..NewTicket::new(stranger, Channel::Portal, "x", "y")
            };
            tickets::open(tx, &cx, &new)
        });
        assert_eq!(d.sends().len(), 1);
        d.advance(DAY);
        manners(d, |m| m.acknowledge = true);
        d.writes(CEDAR, SUPPORT, "Subject: Printer", "Help again.");
        assert_eq!(d.sends().len(), 1, "the control");
    });
}
