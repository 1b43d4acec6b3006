//! Any file may be taken for an mbox: each byte of it stands in a letter, or is one of the few between letters; no letter
//! is larger than allowed.

use std::io::BufReader;

use mail::mbox::{Found, Mbox};
use proptest::prelude::*;

use crate::{bytes, run};

const SAMPLES: &[&str] = &[
    "From a@b.example Mon Nov 16 10:00:00 2026\nFrom: a@b.example\nSubject: x\n\nHello\n\nFrom c@d.example Mon Nov 16 10:01:00 2026\nFrom: c@d.example\n\n>From here\n\n",
    "From - Mon Nov 16 10:00:00 2026\r\nX-Mozilla-Status: 0001\r\nFrom: a@b.example\r\n\r\nx\r\n\r\n",
    "From x Mon Nov 16 10:00:00 2026\nFrom: a@b.example\nContent-Length: 6\n\nFrom y\n\nFrom z Mon Nov 16 10:00:00 2026\nSubject: y\n\nz\n",
];

const WORDS: &[&str] = &[
    "\n",
    "\r\n",
    "\n\n",
    "From ",
    ">From ",
    ">>From ",
    "From a@b.example Mon Nov 16 10:00:00 2026\n",
    "From: a@b.example\n",
    "Content-Length: ",
    "Content-Length: 99999999999999999999\n",
    "Content-Length: 3\n",
    "Content-Length: -1\n",
    "Subject: x\n",
    "\0",
    "é",
];

const MOST: usize = 256;

#[test]
fn a_heap_of_letters_is_read_to_its_end() {
    run("heaps", &bytes(SAMPLES, WORDS), |raw| {
        let (mut held, mut too_large) = (0, false);
        // A small buffer, so that lines and letters stand across its ends.
        for (n, found) in Mbox::new(BufReader::with_capacity(16, raw.as_slice()), MOST).enumerate() {
            prop_assert!(n <= raw.len(), "it never ends");
            match found {
                Found::Letter { name, raw: letter } => {
                    prop_assert!(letter.len() <= MOST && !name.is_empty());
                    held += letter.len();
                }
                Found::TooLarge { size, .. } => {
                    too_large = true;
                    prop_assert!(size > MOST as u64);
                }
                Found::Other { .. } => {}
                Found::Unreadable { words, .. } => prop_assert!(false, "memory can be read: {words}"),
            }
        }
        prop_assert!(held <= raw.len());
        // Nothing is found only where there is nothing but the line before a letter.
        let begins = raw.trim_ascii_start();
        prop_assert!(held > 0 || too_large || begins.is_empty() || begins.starts_with(b"From "));
        Ok(())
    });
}
