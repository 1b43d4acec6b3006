//! Any text is cut into what was said now and what was said before, and no word of it is lost.

use proptest::prelude::*;

use crate::{run, texts};

const SAMPLES: &[&str] = &[
    "It works again, thank you.\n\nOn Mon, 16 Nov 2026 at 10:00, Support <support@desk.example> wrote:\n> Please try\n>> again",
    "Merci !\n\nLe lun. 16 nov. 2026 à 10:00, Support <support@desk.example> a écrit :\n> Bonjour\n>\n> Essayez",
    "Done.\n-- \nPayroll office\nCedar\n\n-----Original Message-----\nFrom: Support\nSent: Monday\nTo: Payroll\nSubject: Re: x\n\nold",
    "see below\n> question\nanswer\n> second question\nsecond answer\n```\n> code\n```",
];

const WORDS: &[&str] = &[
    "\n",
    "\r\n",
    "\n> ",
    "\n>> ",
    "\n\n",
    "On 1 Jan 2026",
    " wrote:",
    " a écrit :",
    "Le ",
    "From: x\n",
    "Sent: y\n",
    "De : x\n",
    "Subject: z\n",
    "-- \n",
    "--\n",
    "__________\n",
    "-----Original Message-----\n",
    "Sent from my x\n",
    "```\n",
    " ",
    "hello",
    "\u{a0}",
    "\u{200b}",
    "<a@b.example>",
    ">",
    "|",
];

#[test]
fn no_word_is_lost() {
    run("quotes", &texts(SAMPLES, WORDS), |text| {
        let trimmed = mail::quote::trim(&text);
        let words = |text: &str| {
            let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        prop_assert_eq!(words(&text), words(&format!("{}\n{}", trimmed.visible, trimmed.rest)));
        prop_assert!(!trimmed.visible.is_empty() || text.trim().is_empty());
        Ok(())
    });
}
