//! Any list of people gives people with addresses, on one line each, and not too many.

use proptest::prelude::*;

use crate::{bytes, run};

const SAMPLES: &[&str] = &[
    "Payroll office <payroll@cedar.example>, \"Cedar, A.\" <a@cedar.example>, b@cedar.example",
    "Group: one@cedar.example, Two <two@cedar.example>;, =?utf-8?q?=C3=89rable?= <erable@la.example>",
    "(comment (in a comment)) <@route.example:x@y.example>, \"quoted\\\"local\"@z.example",
];

const WORDS: &[&str] = &[
    "<",
    ">",
    "(",
    ")",
    "\"",
    "\\",
    ",",
    ";",
    ":",
    "@",
    "a@b.example",
    "=?utf-8?B?",
    "=?iso-2022-jp?Q?",
    "?=",
    " ",
    "\r\n ",
    "\0",
    "\u{e9}",
    "\u{202e}",
    "xn--",
    "[192.0.2.1]",
    "undisclosed-recipients:;",
];

#[test]
fn people_have_addresses() {
    run("addresses", &bytes(SAMPLES, WORDS), |list| {
        let raw = [
            b"From: ",
            &list[..],
            b"\r\nTo: ",
            &list,
            b"\r\nCc: ",
            &list,
            b"\r\nSubject: x\r\n\r\nhello\r\n",
        ]
        .concat();
        let letter = mail::parse(&raw);
        prop_assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
        let people = letter
            .from
            .iter()
            .chain(&letter.to)
            .chain(&letter.cc)
            .chain(&letter.sender);
        for person in people {
            prop_assert!(
                !person.address.is_empty() && !person.address.contains(char::is_control),
                "{person:?}"
            );
            prop_assert!(
                !person.name.as_deref().unwrap_or_default().contains(char::is_control),
                "{person:?}"
            );
        }
        prop_assert!(letter.to.len() <= 1_000 && letter.cc.len() <= 1_000);
        Ok(())
    });
}
