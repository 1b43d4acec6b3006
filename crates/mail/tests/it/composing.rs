//! Letters of ours: whatever people call themselves, their subjects and their files, every letter
//! is read as it was meant. `three_readers.rs` looks at the header with other readers too.

use mail::{Address, AutoSubmitted, ComposeError, Outgoing, Picture, compose, parse};
use proptest::prelude::*;

pub(crate) fn letter(name: &str, subject: &str, file: &str) -> Outgoing {
    Outgoing {
        message_id: "1.2@desk.example".to_owned(),
        from: Address {
            name: Some(name.to_owned()),
            address: "desk@desk.example".to_owned(),
        },
        reply_to: Some(Address::new(None, "desk+t1@desk.example")),
        to: vec![Address {
            name: Some(name.to_owned()),
            address: "cedar@there.example".to_owned(),
        }],
        cc: vec![Address::new(Some("Larch"), "larch@there.example")],
        subject: subject.to_owned(),
        date: 1_795_305_005_000_000,
        in_reply_to: Some("q@there.example".to_owned()),
        references: vec!["p@there.example".to_owned(), "q@there.example".to_owned()],
        text: "Hello\n.\n--=_m\nFrom here \u{e9}\u{1F600} end ".to_owned(),
        html: format!("<p>{}</p>", "long ".repeat(300)),
        auto_submitted: Some(AutoSubmitted::Replied),
        list_unsubscribe: Some("https://desk.example/stop?x=1".to_owned()),
        language: Some("fr-CA".to_owned()),
        attachments: vec![(file.to_owned(), "text/plain".to_owned(), b"\0\xff\r\n.\r\n".to_vec())],
        one_click: true,
        pictures: vec![Picture {
            content_id: "p1@desk.example".to_owned(),
            name: file.to_owned(),
            mime: "image/png".to_owned(),
            bytes: b"\x89PNG".to_vec(),
        }],
        extra: vec![("X-Desk", "one".to_owned())],
    }
}

pub(crate) const FIELDS: &[&str] = &[
    "date",
    "from",
    "reply-to",
    "to",
    "cc",
    "message-id",
    "in-reply-to",
    "references",
    "subject",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "content-language",
    "x-desk",
    "mime-version",
    "content-type",
];

/// The names of the fields, by the plainest rules: lines until the empty one, folds skipped; any
/// kind of line break counts as one, as careless readers have it.
pub(crate) fn field_names(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8(raw.to_vec()).expect("a letter of ours is ASCII");
    assert!(text.is_ascii() && !text.contains('\0'));
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "a lone line feed"
    );
    assert_eq!(
        text.matches('\r').count(),
        text.matches("\r\n").count(),
        "a lone carriage return"
    );
    assert!(text.split("\r\n").all(|l| l.len() <= 998), "a line is too long");
    let head = text.split("\r\n\r\n").next().unwrap();
    let names = head
        .split("\r\n")
        .filter(|l| !l.starts_with([' ', '\t']))
        .map(|l| l.split(':').next().unwrap().to_lowercase());
    names.collect()
}

pub(crate) fn visible(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if c.is_control() || "\u{2028}\u{2029}\u{feff}".contains(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(name: &str, subject: &str, file: &str) {
    let outgoing = letter(name, subject, file);
    let raw = compose(&outgoing).unwrap();
    assert_eq!(raw, compose(&outgoing).unwrap(), "the same letter twice");
    assert_eq!(field_names(&raw), FIELDS);
    let read = parse(&raw);
    assert_eq!(read.defects, []);
    assert_eq!(visible(read.subject.as_deref().unwrap_or_default()), visible(subject));
    assert_eq!(
        read.from.as_ref().map(|a| a.address.as_str()),
        Some("desk@desk.example")
    );
    assert_eq!((read.to.len(), read.cc.len(), read.reply_to.len()), (1, 1, 1));
    assert_eq!(read.to[0].address, "cedar@there.example");
    assert_eq!(visible(read.to[0].name.as_deref().unwrap_or_default()), visible(name));
    assert_eq!(read.attachments.len(), 2);
    let (shown, attached) = match read.attachments[0].inline {
        true => (&read.attachments[0], &read.attachments[1]),
        false => (&read.attachments[1], &read.attachments[0]),
    };
    assert_eq!((shown.inline, shown.bytes.as_slice()), (true, &b"\x89PNG"[..]));
    assert_eq!(shown.content_id.as_deref(), Some("p1@desk.example"));
    assert_eq!(
        (attached.inline, attached.bytes.as_slice()),
        (false, &b"\0\xff\r\n.\r\n"[..])
    );
    for part in [shown, attached] {
        assert_eq!(
            visible(part.name.as_deref().unwrap_or_default()),
            visible(&mail::safe_name(file))
        );
    }
    assert_eq!(read.text.as_deref().map(str::trim_end), Some(outgoing.text.trim_end()));
    assert_eq!(read.html.as_deref().map(str::trim_end), Some(outgoing.html.as_str()));
    assert_eq!(read.date, Some(outgoing.date));
    assert_eq!(read.references, outgoing.references);
    assert_eq!(read.message_id.as_deref(), Some("1.2@desk.example"));
    assert_eq!(read.auto_submitted.as_deref(), Some("auto-replied"));
}

pub(crate) const NASTY: &[&str] = &[
    "",
    " ",
    "Cedar",
    "Cedar, Payroll",
    "a\r\nBcc: evil@x.example",
    "a\nBcc: e@x",
    "a\rBcc: e@x",
    "\r\n\r\n<script>",
    "a\0b",
    "=?utf-8?q?=0d=0aBcc:_e@x?=",
    "\"quoted\" \\ back",
    "<evil@x.example>",
    "a, b <c@d>",
    "\u{e9}t\u{e9} \u{1F600}",
    "a\u{2028}Bcc: x",
    "a\u{85}Bcc: x",
    "\u{202e}gpj.exe",
    "x@y.example",
    "(comment)",
    "undisclosed:;",
    "a\u{b}b\u{c}c",
    "../../etc/passwd",
    "a.b.c",
    "#!$%",
    "\u{feff}bom",
    "=?",
    "?=",
    "%0d%0aBcc: x",
    "name\"; filename=\"x.exe",
    "CON",
    "...",
    "\t tab \t",
];

#[test]
fn odd_strings_stay_in_their_place() {
    for odd in NASTY {
        check(odd, odd, odd);
        check(&odd.repeat(40), &odd.repeat(40), &odd.repeat(40));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_string_stays_in_its_place(name in any::<String>(), subject in any::<String>(), file in "\\PC{0,80}|[\\x00-\\x7f]{0,200}") {
        check(&name, &subject, &file);
    }
}

#[test]
fn what_programs_choose_is_refused_when_broken() {
    let bad = |change: fn(&mut Outgoing)| {
        let mut outgoing = letter("a", "b", "c");
        change(&mut outgoing);
        compose(&outgoing).unwrap_err()
    };
    assert_eq!(
        bad(|l| l.message_id = "a@b>\r\nBcc: x".to_owned()),
        ComposeError::BadCharacter("message identifier")
    );
    assert!(matches!(
        bad(|l| l.in_reply_to = Some("a b".to_owned())),
        ComposeError::BadCharacter(_)
    ));
    assert!(matches!(
        bad(|l| l.references.push("a\nb".to_owned())),
        ComposeError::BadCharacter(_)
    ));
    assert!(matches!(
        bad(|l| l.to[0].address = "a@b.example, c@d.example".to_owned()),
        ComposeError::BadAddress(_)
    ));
    assert!(matches!(
        bad(|l| l.from.address = "a@b\r\nBcc: x@y".to_owned()),
        ComposeError::BadAddress(_)
    ));
    assert!(matches!(
        bad(|l| l.list_unsubscribe = Some("x>\r\nBcc: y".to_owned())),
        ComposeError::BadCharacter(_)
    ));
    for address in [None, Some("mailto:stop@desk.example".to_owned())] {
        let mut outgoing = letter("a", "b", "c");
        outgoing.list_unsubscribe = address;
        assert!(compose(&outgoing).is_err(), "one click needs https");
    }
    for id in ["", "a b", "a>\r\nBcc: x", "<a@b>"] {
        let mut outgoing = letter("a", "b", "c");
        outgoing.pictures[0].content_id = id.to_owned();
        assert!(matches!(compose(&outgoing), Err(ComposeError::BadCharacter(_))), "{id}");
    }
    assert!(matches!(
        bad(|l| l.language = Some("en\r\nBcc: y".to_owned())),
        ComposeError::BadCharacter(_)
    ));
    assert!(matches!(
        bad(|l| l.extra.push(("Bcc", "x@y".to_owned()))),
        ComposeError::FieldTaken(_)
    ));
    assert!(matches!(
        bad(|l| l.extra.push(("X\r\nBcc", "x@y".to_owned()))),
        ComposeError::FieldTaken(_)
    ));
    assert!(matches!(
        bad(|l| l.extra.push(("X-Y", "a\r\nBcc: x@y".to_owned()))),
        ComposeError::BadCharacter(_)
    ));
    assert_eq!(
        bad(|l| (l.to, l.cc) = (Vec::new(), Vec::new())),
        ComposeError::NoRecipient
    );
    assert_eq!(bad(|l| l.date = -1), ComposeError::BadDate);
}

#[test]
fn dates_are_written_right() {
    for (micros, wanted) in [
        (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
        (951_782_400_000_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_795_305_005_999_999, "Sat, 21 Nov 2026 23:50:05 +0000"),
        (253_402_300_799_000_000, "Fri, 31 Dec 9999 23:59:59 +0000"),
    ] {
        let raw = compose(&Outgoing {
            date: micros,
            ..letter("a", "b", "c")
        })
        .unwrap();
        let text = String::from_utf8(raw).unwrap();
        assert!(text.starts_with(&format!("Date: {wanted}\r\n")), "{text:.60}");
    }
}

#[test]
fn pictures_stand_beside_the_html_or_are_files() {
    let mut outgoing = letter("a", "b", "c.png");
    outgoing.attachments.clear();
    let related = String::from_utf8(compose(&outgoing).unwrap()).unwrap();
    let order = [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "Content-ID: <p1@",
    ];
    let places: Vec<usize> = order.iter().map(|what| related.find(what).unwrap()).collect();
    assert!(places.is_sorted(), "{related}");
    assert!(!related.contains("multipart/mixed"));
    outgoing.html.clear();
    let plain = compose(&outgoing).unwrap();
    let read = parse(&plain);
    assert_eq!((read.attachments.len(), read.attachments[0].inline), (1, false));
    assert!(!String::from_utf8(plain).unwrap().contains("Content-ID"));
}
