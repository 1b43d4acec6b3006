//! From the texts of parts to what a person reads: one text and one HTML, each telling everything.

use super::budget::Reading;
use super::transfer;
use crate::letter::{Defect, Excess};

/// Bytes of text that are read, and as many of HTML; the part they were cut from is kept as a file.
const LONGEST: usize = 4 * 1024 * 1024;
/// What decoding a byte of text holds at most while it lasts, and the copy with plain line ends.
const WEIGHT: usize = 8;

/// One piece of what is read: plain, HTML, or both as alternatives.
#[derive(Default)]
struct Piece {
    alternative: Option<usize>,
    plain: Vec<String>,
    html: Vec<String>,
}

#[derive(Default)]
pub(super) struct Pieces {
    list: Vec<Piece>,
    plain_bytes: usize,
    html_bytes: usize,
}

impl Pieces {
    /// Reads a text into the pieces; `false` when only its beginning could be.
    pub(super) fn add(&mut self, text: &Words<'_>, reading: &mut Reading) -> bool {
        let so_far = if text.is_html {
            &mut self.html_bytes
        } else {
            &mut self.plain_bytes
        };
        let fits = (LONGEST - *so_far).min(reading.room() / WEIGHT).min(text.bytes.len());
        let whole = fits == text.bytes.len();
        if !whole {
            reading.note(Defect::TooComplex(Excess::Text));
        }
        if !reading.walk(WEIGHT * fits) {
            return false;
        }
        *so_far += fits;
        let decoded = read_text(&text.bytes[..fits], text.charset, reading);
        self.push(text.alternative, text.is_html, decoded);
        whole
    }

    /// A text that was read already.
    pub(super) fn push(&mut self, alternative: Option<usize>, is_html: bool, text: String) {
        let same = alternative.is_some() && self.list.last().is_some_and(|p| p.alternative == alternative);
        if !same {
            self.list.push(Piece {
                alternative,
                ..Piece::default()
            });
        }
        let Some(piece) = self.list.last_mut() else { return };
        let texts = if is_html { &mut piece.html } else { &mut piece.plain };
        texts.push(text);
    }

    pub(super) fn is_empty(&self) -> bool {
        let blank = |t: &String| t.trim().is_empty();
        self.list
            .iter()
            .all(|p| p.plain.iter().all(blank) && p.html.iter().all(blank))
    }

    /// Joins the pieces so that both the text and the HTML, where there is one, tell everything.
    pub(super) fn join(self, reading: &mut Reading) {
        let any_html = self.list.iter().any(|p| !p.html.is_empty());
        let any_plain = self.list.iter().any(|p| !p.plain.is_empty());
        let text = any_plain.then(|| self.joined(reading, Piece::words));
        let html = any_html.then(|| self.joined(reading, Piece::markup));
        (reading.letter.text, reading.letter.html) = (text, html);
    }

    fn joined(&self, reading: &mut Reading, tell: impl Fn(&Piece, &mut String, usize)) -> String {
        let mut all = String::new();
        for (index, piece) in self.list.iter().enumerate() {
            let before = all.capacity();
            if index > 0 {
                all.push('\n');
            }
            // A text that grows is held twice for a moment.
            let room = reading.room().saturating_sub(2 * before);
            let length = all.len();
            tell(piece, &mut all, room);
            reading.walk(4 * (all.len() - length));
            reading.take_or_note((all.capacity() - before).min(reading.room()));
        }
        all
    }
}

impl Piece {
    fn words(&self, out: &mut String, room: usize) {
        let html = || {
            self.html
                .iter()
                .map(|h| crate::html::to_text_within(h, room / 6))
                .collect()
        };
        let derived: Vec<String> = if self.plain.is_empty() { html() } else { Vec::new() };
        append(out, if self.plain.is_empty() { &derived } else { &self.plain }, room);
    }

    fn markup(&self, out: &mut String, room: usize) {
        let plain = || {
            self.plain
                .iter()
                .map(|t| crate::html::from_text_within(t, room / 6))
                .collect()
        };
        let derived: Vec<String> = if self.html.is_empty() { plain() } else { Vec::new() };
        append(out, if self.html.is_empty() { &derived } else { &self.html }, room);
    }
}

fn append(out: &mut String, texts: &[String], room: usize) {
    let needed = texts.iter().map(|t| t.len() + 1).sum::<usize>();
    if needed > room / 2 {
        return;
    }
    out.reserve_exact(needed);
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(text);
    }
}

/// The bytes of a part somebody reads.
pub(super) struct Words<'a> {
    pub bytes: &'a [u8],
    pub charset: Option<&'a str>,
    pub is_html: bool,
    pub alternative: Option<usize>,
}

fn read_text(bytes: &[u8], charset: Option<&str>, reading: &mut Reading) -> String {
    let held = WEIGHT * bytes.len();
    reading.take_or_note(held.min(reading.room()));
    let (text, unknown) = transfer::decode_text(bytes, charset);
    if let Some(name) = unknown {
        reading.note(Defect::UnknownCharset(name));
    }
    if text.contains('\0') {
        reading.note(Defect::ZeroBytes);
    }
    let plain = with_plain_lines(text);
    reading.give_back(held.saturating_sub(plain.capacity()));
    plain
}

/// Line ends as `\n` alone, and no zero bytes.
fn with_plain_lines(text: String) -> String {
    if !text.contains(['\r', '\0']) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (words, end) = line.strip_suffix("\r\n").map_or((line, ""), |words| (words, "\n"));
        // Nearly every line is plain and goes over whole.
        if words.contains(['\r', '\0']) {
            let kept = words.chars().filter(|c| *c != '\0');
            out.extend(kept.map(|c| if c == '\r' { '\n' } else { c }));
        } else {
            out.push_str(words);
        }
        out.push_str(end);
    }
    out
}
