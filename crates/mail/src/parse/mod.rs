//! Reading a letter. It never fails and never panics: it returns what could be read and the list
//! of what could not. All walking is done over flat lists with their own counters, so no letter
//! can send it round in circles or down a deep stack.

mod body;
mod fields;
mod headers;
mod report;
mod split;
mod transfer;
mod words;

use crate::letter::{Defect, Letter};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Containers inside containers.
const DEPTH: usize = 100;
/// Parts in all.
const PARTS: usize = 1_000;
/// Header fields of one part.
const FIELDS: usize = 1_000;
/// Bytes of one part's header.
const HEADER_BYTES: usize = 256 * 1024;
/// Bytes of all decoded contents together.
const DECODED: usize = 40 * 1024 * 1024;

/// Reads the letter. Whatever the bytes are, a letter comes back.
pub fn parse(raw: &[u8]) -> Letter {
    // The last resort, for a fault in a library below: the letter stays, marked unreadable.
    catch_unwind(AssertUnwindSafe(|| read(raw))).unwrap_or_else(|_| Letter {
        defects: vec![Defect::ReaderFailed],
        ..Letter::default()
    })
}

fn read(raw: &[u8]) -> Letter {
    let mut letter = Letter::default();
    let raw = with_line_feeds(raw);
    let tree = split::split(without_mbox_line(&raw), &mut letter);
    let Some(root) = tree.parts.first() else {
        letter.note(Defect::NoHeaders);
        return letter;
    };
    if root.headers.is_empty() {
        letter.note(Defect::NoHeaders);
    }
    fields::fill(&mut letter, root);
    let contents = body::decode(&tree, &mut letter);
    report::find(&mut letter, &tree, &contents);
    body::arrange(&tree, contents, &mut letter);
    letter
}

/// Letters from very old machines end their lines with a carriage return alone.
fn with_line_feeds(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|b| if *b == b'\r' { b'\n' } else { *b }).collect())
}

/// A mailbox file puts a line `From address date` before each letter.
fn without_mbox_line(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw);
    if raw.starts_with(b"From ") || raw.starts_with(b">From ") {
        match raw.iter().position(|b| *b == b'\n') {
            Some(end) => &raw[end + 1..],
            None => raw,
        }
    } else {
        raw
    }
}
