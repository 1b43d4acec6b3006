//! Letters out of a file: an mbox (RFC 4155 and its relatives mboxo, mboxrd and mboxcl2), or a
//! folder of `.eml` files or a Maildir. One letter is in memory at a time, none larger than allowed,
//! and whatever is there is named: what cannot be told apart becomes a letter all the same.

mod folder;
mod source;

pub use folder::Folder;

use source::{Piece, Source};
use std::io::BufRead;

/// What was found, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Letter {
        /// Where it was: a file's name, or the number of the letter and its first byte.
        name: String,
        raw: Vec<u8>,
    },
    /// Larger than allowed; bytes.
    TooLarge { name: String, size: u64 },
    /// A file that is not a letter's, by its name.
    Other { name: String },
    /// The reading failed; the words of the system.
    Unreadable { name: String, words: String },
}

/// The letters of an mbox.
pub struct Mbox<R> {
    source: Source<R>,
    most: usize,
    count: u64,
    /// Looked at and not yet taken, the next one last.
    waiting: Vec<Piece>,
    /// A length that was told and did not hold: none is believed any more.
    lengths_lie: bool,
    ended: bool,
}

/// A letter under way.
struct Growing {
    raw: Vec<u8>,
    size: u64,
    most: usize,
    blank_before: bool,
}

impl Growing {
    fn push(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        if self.size > self.most as u64 {
            self.raw = Vec::new();
        } else {
            self.raw.extend_from_slice(bytes);
        }
        self.blank_before = is_blank(bytes);
    }

    /// The empty line before the next letter is the file's, not the letter's.
    fn found(mut self, name: String) -> Found {
        if self.size > self.most as u64 {
            return Found::TooLarge { name, size: self.size };
        }
        if self.blank_before {
            let end = if self.raw.ends_with(b"\r\n") { 2 } else { 1 };
            self.raw.truncate(self.raw.len() - end);
        }
        Found::Letter { name, raw: self.raw }
    }
}

impl<R: BufRead> Mbox<R> {
    /// Letters up to `most` bytes.
    pub fn new(reader: R, most: usize) -> Mbox<R> {
        Mbox {
            source: Source::new(reader),
            most,
            count: 0,
            waiting: Vec::new(),
            lengths_lie: false,
            ended: false,
        }
    }

    fn piece(&mut self) -> std::io::Result<Option<Piece>> {
        match self.waiting.pop() {
            Some(piece) => Ok(Some(piece)),
            None => self.source.piece(),
        }
    }

    fn peek(&mut self) -> std::io::Result<Option<&Piece>> {
        if self.waiting.is_empty() {
            self.waiting.extend(self.source.piece()?);
        }
        Ok(self.waiting.last())
    }

    fn letter(&mut self) -> std::io::Result<Option<Found>> {
        // Empty lines before the first letter are nobody's.
        while self.count == 0 && self.peek()?.is_some_and(|piece| is_blank(&piece.bytes)) {
            self.waiting.clear();
        }
        let Some(first) = self.piece()? else {
            return Ok(None);
        };
        self.count += 1;
        let name = format!("letter {}, byte {}", self.count, first.at);
        let mut letter = Growing {
            raw: Vec::new(),
            size: 0,
            most: self.most,
            blank_before: false,
        };
        let mut rest_of_line = first.bytes.last() != Some(&b'\n');
        if !first.bytes.starts_with(b"From ") {
            // What stands before the first line of that kind is a letter too.
            rest_of_line = false;
            letter.push(&first.bytes);
        }
        let mut head = Head::default();
        while let Some(piece) = self.piece()? {
            if rest_of_line && !piece.begins {
                continue;
            }
            rest_of_line = false;
            if piece.begins && piece.bytes.starts_with(b"From ") && self.separates(&piece, letter.blank_before)? {
                self.waiting.push(piece);
                break;
            }
            letter.push(if piece.begins {
                unquoted(&piece.bytes)
            } else {
                &piece.bytes
            });
            if let Some(length) = head.ended_by(&piece)
                && !self.lengths_lie
                && length <= self.most as u64
            {
                self.body_of(length, &mut letter)?;
            }
        }
        Ok(Some(letter.found(name)))
    }

    /// Does this line begin the next letter? It does with a date in it; without one only after an
    /// empty line and before a header.
    fn separates(&mut self, piece: &Piece, blank_before: bool) -> std::io::Result<bool> {
        if is_dated(&piece.bytes) {
            return Ok(true);
        }
        Ok(blank_before && self.peek()?.is_some_and(|next| next.begins && is_header(&next.bytes)))
    }

    /// A body whose length the head tells (mboxcl2), in which nothing is quoted. If no letter begins
    /// behind it, the length was wrong, and the body is read line by line instead.
    fn body_of(&mut self, length: u64, letter: &mut Growing) -> std::io::Result<()> {
        let mut read: Vec<u8> = Vec::new();
        while (read.len() as u64) < length {
            let Some(piece) = self.piece()? else { break };
            read.extend_from_slice(&piece.bytes);
        }
        let mut behind = Vec::new();
        let mut is_right = read.len() as u64 == length;
        if is_right {
            while self.peek()?.is_some_and(|next| is_blank(&next.bytes)) && behind.len() < 4 {
                behind.extend(self.piece()?.into_iter().flat_map(|piece| piece.bytes));
            }
            is_right = self
                .peek()?
                .is_none_or(|next| next.begins && next.bytes.starts_with(b"From "));
        }
        if !is_right {
            self.lengths_lie = true;
            let next = self.waiting.drain(..).rev().flat_map(|piece| piece.bytes).collect();
            self.source.put_back([read, behind, next].concat());
            return Ok(());
        }
        letter.push(&read);
        letter.blank_before = false;
        if !behind.is_empty() {
            letter.push(&behind);
            letter.blank_before = true;
        }
        Ok(())
    }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if self.ended {
            return None;
        }
        let found = self.letter().unwrap_or_else(|error| {
            self.ended = true;
            Some(Found::Unreadable {
                name: format!("letter {}, byte {}", self.count.max(1), self.source.at),
                words: error.to_string(),
            })
        });
        self.ended |= found.is_none();
        found
    }
}

/// The head of a letter, as far as its length goes.
#[derive(Default)]
struct Head {
    ended: bool,
    length: Option<u64>,
}

impl Head {
    /// The length of the body, at the empty line before it.
    fn ended_by(&mut self, piece: &Piece) -> Option<u64> {
        if self.ended || !piece.begins {
            return None;
        }
        if is_blank(&piece.bytes) {
            self.ended = true;
            return self.length;
        }
        let name = b"content-length:";
        if piece.bytes.len() > name.len() && piece.bytes[..name.len()].eq_ignore_ascii_case(name) {
            let value = String::from_utf8_lossy(&piece.bytes[name.len()..]);
            self.length = value.trim().parse().ok();
        }
        None
    }
}

fn is_blank(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n")
}

fn is_header(line: &[u8]) -> bool {
    let name = line.iter().position(|b| *b == b':').map(|at| &line[..at]);
    name.is_some_and(|name| !name.is_empty() && name.iter().all(|b| (b'!'..=b'~').contains(b)))
}

/// A time of day and a year among the words, as asctime writes them.
fn is_dated(line: &[u8]) -> bool {
    let line = &line[..line.len().min(1_000)];
    let words = || line.split(|b| b.is_ascii_whitespace());
    let digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let time = |word: &[u8]| word.len() >= 4 && word.contains(&b':') && word.split(|b| *b == b':').all(digits);
    let year = |word: &[u8]| word.len() == 4 && digits(word);
    words().any(time) && words().any(year)
}

/// `>From ` is `From `, and `>>From ` is `>From ` (mboxrd). Mboxo does not quote the second, and
/// nothing in a file says which it is; a mark of quotation too few is the smaller harm.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|b| **b == b'>').count();
    if marks > 0 && line[marks..].starts_with(b"From ") {
        &line[1..]
    } else {
        line
    }
}
