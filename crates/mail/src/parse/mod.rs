//! Reading a letter. It never fails and never panics: it returns what could be read and the list
//! of what could not. All walking is done over flat lists with their own counters, so no letter
//! can send it round in circles or down a deep stack, and `budget` bounds what it may hold and do.

mod body;
mod budget;
mod calendar;
mod der;
mod fields;
mod headers;
mod pieces;
mod protection;
mod report;
mod split;
mod tnef;
mod transfer;
mod words;
mod zones;

use crate::letter::{Defect, Letter};
use budget::Reading;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use budget::Spent;

/// Containers inside containers.
const DEPTH: usize = 100;
/// Parts in all.
const PARTS: usize = 1_000;
/// Header fields of one part.
const FIELDS: usize = 1_000;
/// Bytes of one part's header.
const HEADER_BYTES: usize = 256 * 1024;

/// Reads the letter. Whatever the bytes are, a letter comes back.
pub fn parse(raw: &[u8]) -> Letter {
    parse_measured(raw).0
}

/// The same, and what it cost.
pub fn parse_measured(raw: &[u8]) -> (Letter, Spent) {
    // The last resort, for a fault in a library below: the letter stays, marked unreadable.
    let failed = |_| {
        let letter = Letter {
            defects: vec![Defect::ReaderFailed],
            ..Letter::default()
        };
        (letter, Spent::default())
    };
    catch_unwind(AssertUnwindSafe(|| read(raw))).unwrap_or_else(failed)
}

fn read(raw: &[u8]) -> (Letter, Spent) {
    let mut reading = Reading::default();
    let raw = with_line_feeds(raw, &mut reading);
    let tree = split::split(without_mbox_line(&raw), &mut reading);
    if let Some(root) = tree.parts.first() {
        if root.headers.is_empty() {
            reading.note(Defect::NoHeaders);
        }
        fields::fill(&mut reading.letter, root);
        let contents = body::decode(&tree, &mut reading);
        report::find(&mut reading.letter, &tree, &contents);
        reading.letter.protection = protection::of_parts(&tree, &contents);
        calendar::find(&mut reading.letter, &tree, &contents);
        body::arrange(&tree, contents, &mut reading);
        protection::of_text(&mut reading.letter);
        if reading.walk(reading.letter.html.as_deref().map_or(0, str::len)) {
            pictures(&mut reading.letter);
        }
        pass_on(&mut reading);
    } else {
        reading.note(Defect::NoHeaders);
    }
    reading.finish()
}

/// Which files the HTML shows as pictures; those are inside the letter, whatever their part says.
fn pictures(letter: &mut Letter) {
    letter.shown_inside = crate::html::shown_inside(letter.html.as_deref().unwrap_or_default());
    for file in &mut letter.attachments {
        let shown = |id: &String| letter.shown_inside.contains(id);
        file.inline |= file.content_id.as_ref().is_some_and(shown);
    }
}

/// Whether the letter passes another one on: the one it came with, or one inside its text.
fn pass_on(reading: &mut Reading) {
    let file = crate::forward::lone_original(&reading.letter).filter(|f| f.bytes.len() < reading.room());
    let Some(file) = file else {
        reading.letter.forwarded = crate::forward::inline(&reading.letter);
        return;
    };
    let mut inner = reading.beside();
    read_words(&file.bytes, &mut inner);
    let (original, spent) = inner.finish();
    reading.account(spent);
    reading.letter.forwarded = crate::forward::of_file(&reading.letter, original);
    if reading.letter.forwarded.is_some() {
        crate::forward::mark_original(&mut reading.letter);
    }
}

/// A letter inside a letter, its files left alone: who wrote it and what it says.
fn read_words(raw: &[u8], reading: &mut Reading) {
    let tree = split::split(without_mbox_line(raw), reading);
    if let Some(root) = tree.parts.first() {
        fields::fill(&mut reading.letter, root);
        body::words_alone(&tree, reading);
    }
}

/// People as a header names them.
pub(crate) fn people(value: &str) -> Vec<crate::letter::Address> {
    headers::addresses(value.as_bytes())
}

/// A date as a header writes it, in microseconds since 1970 in UTC.
pub(crate) fn moment(value: &str) -> Option<i64> {
    headers::date(value.as_bytes())
}

/// Letters from very old machines end their lines with a carriage return alone.
fn with_line_feeds<'a>(raw: &'a [u8], reading: &mut Reading) -> Cow<'a, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') || !reading.take_or_note(raw.len()) {
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
