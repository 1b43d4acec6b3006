//! Any text may look as if it passed a letter on; who is named then always has an address, and no
//! reply ever names anybody.

use proptest::prelude::*;

use crate::{run, texts};

const SAMPLES: &[&str] = &[
    "Please look.\n\n---------- Forwarded message ---------\nFrom: Cedar <cedar@there.example>\nDate: Mon, Nov 16, 2026\nSubject: Printer\nTo: a@b.example\n\n\nIt is on fire.\n",
    "Voir.\n\nDe : Cèdre [mailto:cedre@la.example]\nEnvoyé : lundi\nÀ : a@b.example\nObjet : x\n\nElle brûle.\n",
    "Begin forwarded message:\n\n> From: Cedar <cedar@there.example>\n> Subject: x\n> Date: y\n> To: z\n>\n> It is on fire.\n",
    "-------- Weitergeleitete Nachricht --------\nBetreff: \tx\nDatum: \tMon, 16 Nov 2026 09:15:00 +0000\nVon: \tZeder <zeder@dort.example>\nAn: \ta@b.example\n\nEs brennt.\n",
];

const WORDS: &[&str] = &[
    "\n",
    "\n\n",
    "> ",
    "From: ",
    "De : ",
    "Von: ",
    "To: ",
    "Cc: x@y.example, ",
    "Subject: ",
    "Objet : ",
    "Date: ",
    "a@b.example",
    "<a@b.example>",
    "<",
    ">",
    "[mailto:",
    "]",
    "\"",
    "----------",
    " Forwarded message ",
    "Message transféré",
    "-----Original Message-----\n",
    "On Mon, 16 Nov 2026 at 10:00, x <x@y.example> wrote:\n",
    "：",
    "件名：",
    "\u{a0}",
    "\t",
];

#[test]
fn who_is_named_has_an_address() {
    run("forwards", &texts(SAMPLES, WORDS), |text| {
        let letter = |subject: &str, mime: &str| {
            mail::parse(
                format!(
                    "From: t@desk.example\r\nSubject: {subject}\r\nContent-Type: {mime}; charset=utf-8\r\n\r\n{text}"
                )
                .as_bytes(),
            )
        };
        prop_assert_eq!(letter("Re: x", "text/plain").forwarded, None);
        for (subject, mime) in [("Fwd: x", "text/plain"), ("x", "text/plain"), ("TR: x", "text/html")] {
            let letter = letter(subject, mime);
            prop_assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
            if let Some(found) = letter.forwarded {
                prop_assert!(found.from.address.contains('@') && !found.from.domain().is_empty());
                prop_assert!(found.text.len() + found.text_above.len() <= 2 * text.len() + 16);
            }
        }
        Ok(())
    });
}
