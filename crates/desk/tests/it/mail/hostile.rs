//! S14 and S16: words that mean something to a machine stay words, and one letter takes no more than its share.

use std::time::{Duration, Instant};

use desk::access::Role;
use desk::mailboxes::outbox::{self, Template, TemplateKind, Which};
use desk::mailboxes::{LetterState, ledger};
use desk::tickets::Status;
use desk::words::Lang;

use super::desk::{SUPPORT, TestDesk, each, letter};

/// Of the languages that programs fill their templates in, and of our own.
const SYNTAXES: [&str; 6] = [
    "{{link}} {{name}} {{7*7}}",
    "${7*7} ${jndi:x}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{% raw %}{{link}}{% endraw %}",
    "@all /close /assign technician@desk.example",
];

#[test]
fn words_of_a_template_stay_words() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let cx = d.cx();
        let which = Which {
            kind: TemplateKind::Acknowledgement,
            language: Lang::En,
            mailbox: None,
        };
        let template = Template {
            subject: "Received {{number}}".into(),
            body: "For {{name}}: {{link}}".into(),
        };
        d.write(move |tx| outbox::save_template(tx, &cx, which, &template));
        for (n, syntax) in SYNTAXES.into_iter().enumerate() {
            let from = format!("\"{syntax}\" <p{n}@requester.example>");
            let entry = d.writes(&from, SUPPORT, &format!("Subject: {syntax}"), syntax);
            let number = entry.ticket.unwrap();
            let ticket = d.ticket(number);
            assert_eq!(
                (ticket.subject.as_str(), ticket.status, ticket.assignee),
                (syntax, Status::New, None),
                "{entry:?}"
            );
            let said: db::Packed =
                d.read(move |r| Ok(r.one("SELECT body FROM message WHERE ticket = $1", &db::args![number])?));
            assert_eq!(said.0.trim(), syntax);
            let acknowledged = d.sends().pop().expect("an acknowledgement leaves").read();
            assert_eq!(acknowledged.subject.unwrap(), format!("Received {number}"));
            // The administrator's own field is filled in, once; what stands in a name is none.
            let text = acknowledged.text.unwrap();
            let (greeting, link) = text.split_once(": https://desk.example/").unwrap();
            assert!(greeting.starts_with("For") && !greeting.contains("49"), "{text}");
            assert!(!greeting.contains("://") && !link.contains("://"), "{text}");
            // A technician's words are his, too.
            d.replies(technician, number, syntax);
            let reply = d.sends().pop().expect("a reply leaves").read();
            let (subject, text) = (reply.subject.unwrap(), reply.text.unwrap());
            assert!(subject.contains(syntax), "{subject}");
            assert!(text.contains(syntax), "{text}");
        }
    });
}

/// Letters made to be more than a reader bears, and what the ledger says of each.
fn heavy() -> Vec<(&'static str, Vec<u8>)> {
    let with = |head: &str, body: &str| letter("cedar@requester.example", SUPPORT, head, body).into_bytes();
    let deep: String = (0..5_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(20_000);
    let identifiers: String = (0..30_000).map(|n| format!("\r\n <{n:026}.q1@desk.example>")).collect();
    let fields: String = (0..20_000).map(|n| format!("\r\nX-{n}: y")).collect();
    let page = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    vec![
        (
            "defect-too-deep",
            with(
                &format!("Subject: deep\r\nMIME-Version: 1.0\r\n{}", deep.trim_end()),
                "x",
            ),
        ),
        (
            "defect-too-many-parts",
            with(
                "Subject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b",
                &parts,
            ),
        ),
        ("defect-header-too-long", with(&format!("Subject: fields{fields}"), "x")),
        (
            "defect-header-too-long",
            with(&format!("Subject: ids\r\nReferences:{identifiers}"), "x"),
        ),
        (
            "defect-header-too-long",
            with(
                &format!(
                    "Subject: results{}",
                    "\r\nAuthentication-Results: (((((((((((".repeat(20_000)
                ),
                "x",
            ),
        ),
        (
            "defect-text-too-long",
            with("Subject: long", &"word ".repeat(2_000_000)),
        ),
        ("", with("Subject: quotes", &"> ".repeat(500_000))),
        (
            "",
            with("Subject: page\r\nMIME-Version: 1.0\r\nContent-Type: text/html", &page),
        ),
    ]
}

#[test]
fn a_letter_made_to_be_too_much_is_kept_whole_and_says_so() {
    each(|d| {
        for (defect, raw) in heavy() {
            let begun = Instant::now();
            let entry = d.receive("cedar@requester.example", &[SUPPORT], &raw);
            let took = begun.elapsed();
            assert!(
                matches!(entry.state, LetterState::Filed | LetterState::Held),
                "{defect}: {:?} {}",
                entry.state,
                entry.reason
            );
            assert!(entry.findings.contains(defect), "{defect}: {}", entry.findings);
            assert_eq!(raw_of(d, entry.id), raw);
            // Two seconds on a quiet machine; here what never ends must show.
            assert!(took < Duration::from_secs(30), "{defect}: {took:?}");
        }
        // The control: a usual one has no fault.
        let entry = d.writes("cedar@requester.example", SUPPORT, "Subject: Printer", "Help.");
        assert_eq!((entry.state, entry.defects.as_str()), (LetterState::Filed, ""));
    });
}

fn raw_of(d: &TestDesk, id: desk::LetterId) -> Vec<u8> {
    let cx = d.cx();
    d.read(move |r| ledger::raw(r, &cx, id))
}
