//! What people write is words in every letter that leaves, in whatever language of templates it is written: nothing of it
//! is a field, and what stands in a field is not looked at again (S14).

use desk::access::Role;
use desk::mailboxes::MailboxFields;
use desk::mailboxes::outbox::{self, Quote, Template, TemplateKind, Which};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::words::Lang;
use desk::{house, people};

use super::desk::{Left, SUPPORT, TestDesk, each};

/// Each would give 62615533, or a secret link, where it is expanded.
const SYNTAXES: [&str; 5] = [
    "{{link}}",
    "{% print 7919*7907 %}",
    "${7919*7907}",
    "<%= 7919*7907 %>",
    "#{7919*7907}",
];

fn hostile() -> String {
    SYNTAXES.join(" ")
}

/// Every field in every place it may stand, with words around it that show where.
fn save(d: &TestDesk, kind: TemplateKind, language: Lang) {
    let fields = |without: &[&str]| {
        let all = kind.fields().iter().filter(|field| !without.contains(field));
        all.map(|field| format!("[{field}:{{{{{field}}}}}]"))
            .collect::<String>()
    };
    let template = Template {
        subject: match kind {
            TemplateKind::Reply => String::new(),
            _ => fields(&["link", "answers"]),
        },
        body: fields(&[]).replace("][", "]\n\n["),
    };
    let which = Which {
        kind,
        language,
        mailbox: None,
    };
    let cx = d.cx();
    d.write(move |tx| outbox::save_template(tx, &cx, which, &template));
}

/// As the reader sees it: the subject, the text, and the HTML without its marks.
fn seen(left: &Left) -> [String; 3] {
    let letter = left.read();
    let html = letter.html.unwrap_or_default();
    [
        letter.subject.unwrap_or_default(),
        letter.text.unwrap_or_default(),
        mail::html::to_text(&html),
    ]
}

fn nothing_expanded(left: &Left, kind: TemplateKind) {
    for part in seen(left) {
        assert!(!part.contains("62615533"), "{kind}: {part}");
        assert!(
            !part.contains("{{number}}") && !part.contains("{{name}}") && !part.contains("{{desk}}"),
            "{kind}: {part}"
        );
    }
}

fn only(mut left: Vec<Left>) -> Left {
    assert_eq!(left.len(), 1);
    left.remove(0)
}

/// The desk itself is called so too: a value is put in once.
fn named_like_a_template(d: &TestDesk, language: Lang) {
    for kind in TemplateKind::ALL {
        save(d, *kind, language);
    }
    d.write(|tx| house::put(tx, "name", &hostile()));
    d.wait(d.desk.reload_house()).unwrap();
    let cx = d.cx();
    let id = d.read(|r| Ok(desk::mailboxes::boxes::list(r)?[0].id));
    d.write(move |tx| {
        let mut manners = outbox::manners(tx, &cx, id)?;
        manners.quote = Quote::All;
        outbox::set_manners(tx, &cx, id, &manners)
    });
}

#[test]
fn no_template_language_is_spoken_in_any_letter() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        for language in [Lang::En, Lang::Fr] {
            named_like_a_template(d, language);
            let head = format!("Subject: {}\r\nContent-Language: {language}", hostile());
            let from = format!("\"{}\" <cedar.{language}@requester.example>", hostile());
            let address = format!("cedar.{language}@requester.example");
            let ticket = d.writes(&from, SUPPORT, &head, &hostile()).ticket.unwrap();
            let person = d.ticket(ticket).requester;
            d.write(move |tx| {
                Ok(tx.exec(
                    "UPDATE person SET language = $2 WHERE id = $1",
                    &db::args![person, language],
                )?)
            });

            let acknowledged = only(d.sends());
            nothing_expanded(&acknowledged, TemplateKind::Acknowledgement);
            let [subject, text, _] = seen(&acknowledged);
            // The name is none, the desk's stands as it is, and the link is there once: where it belongs.
            assert!(
                subject.contains(&format!("[number:{ticket}]")) && subject.contains("[name:]"),
                "{subject}"
            );
            assert!(text.contains(&format!("[desk:{}]", hostile())), "{text}");
            assert_eq!(text.matches("/k/").count(), 1, "{text}");

            d.replies(technician, ticket, &hostile());
            let replied = only(d.sends());
            nothing_expanded(&replied, TemplateKind::Reply);
            let [subject, text, html] = seen(&replied);
            assert_eq!(subject, format!("Re: {}", hostile()));
            for syntax in SYNTAXES {
                // In the reply, in the letter it quotes, and in the name of the desk below it.
                assert!(text.matches(syntax).count() >= 3, "{syntax} in {text}");
                assert!(syntax.starts_with("<%") || html.contains(syntax), "{syntax} in {html}");
            }
            assert_eq!(text.matches("/k/").count(), 1, "{text}");

            let cx = d.as_person(technician);
            d.write(move |tx| tickets::solve(tx, &cx, ticket, &Solution::default()));
            let solved = only(d.sends());
            nothing_expanded(&solved, TemplateKind::Solved);
            assert!(seen(&solved)[1].contains(&format!("[desk:{}]", hostile())));

            let (house, now) = (d.desk.house(), d.desk.now());
            d.write(move |tx| outbox::sign_in_link(tx, &house, now, person));
            nothing_expanded(&only(d.sends()), TemplateKind::SignIn);

            let (cx, stranger) = (d.cx(), format!("stranger.{language}@requester.example"));
            d.write(move |tx| {
                let person = people::recognise(tx, &cx, &stranger, Some(&hostile()))?;
                let new = NewTicket {
                    confirmed: false,
                    acknowledge: true,
                    ..NewTicket::new(person, Channel::Portal, &hostile(), hostile().as_str())
                };
                tickets::open(tx, &cx, &new)
            });
            let asked = only(d.sends());
            nothing_expanded(&asked, TemplateKind::Confirm);
            assert_eq!(asked.to, format!("stranger.{language}@requester.example"));
            assert!(!seen(&asked)[1].contains("[name"), "a stranger is not named");
            assert_ne!(address, asked.to);
        }
    });
}

/// The control: the same words in the template of an administrator are fields.
#[test]
fn a_field_of_the_template_is_one() {
    each(|d| {
        d.mailbox(&MailboxFields::new("sales@desk.example"));
        save(d, TemplateKind::Acknowledgement, Lang::En);
        let head = "Subject: Printer";
        let ticket = d
            .writes(
                "Camille Roy <cam@requester.example>",
                SUPPORT,
                head,
                "It is the printer.",
            )
            .ticket;
        let [subject, ..] = seen(&only(d.sends()));
        assert!(
            subject.contains(&format!("[number:{}]", ticket.unwrap())) && subject.contains("[name:Camille Roy]"),
            "{subject}"
        );
    });
}
