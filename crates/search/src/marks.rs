//! Marks what a query found in a text that the caller supplies: the index holds no texts.
//!
//! The pieces are plain text; whoever shows them escapes them.

use crate::idents::{Ident, every_ident};
use crate::stems::Stems;
use crate::words::{Word, Words};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A stretch of text, found or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}

/// What a query looked for, to be marked in the texts of its hits.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    pub(crate) stems: HashSet<String>,
    pub(crate) prefix: Option<String>,
    /// Parts of identifiers.
    pub(crate) parts: Vec<String>,
}

/// How much of a snippet may stand before its first mark, in characters.
const LEAD: usize = 30;

impl Marks {
    /// The whole text in pieces.
    pub fn highlight(&self, text: &str) -> Vec<Piece> {
        pieces(text, 0..text.len(), &self.ranges(text))
    }

    /// The stretch of at most `max_chars` characters that holds the most of what was looked for,
    /// on one line, with `…` where the text goes on.
    pub fn snippet(&self, text: &str, max_chars: usize) -> Vec<Piece> {
        let ranges = self.ranges(text);
        let window = window(text, &ranges, max_chars);
        let mut out: Vec<Piece> = pieces(text, window.clone(), &ranges)
            .into_iter()
            .map(|piece| Piece {
                text: one_line(&piece.text),
                ..piece
            })
            .collect();
        if !text[..window.start].trim().is_empty() {
            out.insert(
                0,
                Piece {
                    text: "…".to_owned(),
                    hit: false,
                },
            );
        }
        if !text[window.end..].trim().is_empty() {
            out.push(Piece {
                text: "…".to_owned(),
                hit: false,
            });
        }
        out
    }

    /// Where the marks stand: in order, apart, at character boundaries.
    fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let stems = Stems::new();
        let mut ranges: Vec<_> = Words::new(text)
            .filter(|word| self.is_marked(&stems, word))
            .map(|word| word.from..word.to)
            .collect();
        if !self.parts.is_empty() {
            ranges.extend(every_ident(text).flat_map(|ident| self.parts_of(text, &ident)));
        }
        ranges.sort_by_key(|range| (range.start, range.end));
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }

    fn is_marked(&self, stems: &Stems, word: &Word) -> bool {
        if self
            .prefix
            .as_ref()
            .is_some_and(|prefix| word.folded.starts_with(prefix))
        {
            return true;
        }
        // Stemming is dear; no stem begins with another letter than its word.
        let initial = word.folded.chars().next();
        self.stems.iter().any(|stem| stem.chars().next() == initial)
            && (stems.all(word).iter().any(|stem| self.stems.contains(stem))
                || word
                    .joined
                    .iter()
                    .flat_map(|joined| Words::new(joined))
                    .any(|joined| stems.all(&joined).iter().any(|stem| self.stems.contains(stem))))
    }

    /// The first place of each part in an identifier of the text.
    fn parts_of(&self, text: &str, ident: &Ident) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        for part in &self.parts {
            let Some(at) = ident.text.find(part.as_str()) else {
                continue;
            };
            let first = ident.text[..at].chars().count();
            let last = first + part.chars().count() - 1;
            let start = ident.spots.get(first).copied().unwrap_or(ident.from);
            let end = ident
                .spots
                .get(last)
                .map_or(ident.to, |&spot| spot + char_len(text, spot));
            ranges.push(start..end);
        }
        ranges
    }
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The text of `window`, cut where `ranges` begin and end.
fn pieces(text: &str, window: Range<usize>, ranges: &[Range<usize>]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut add = |range: Range<usize>, hit| {
        if !range.is_empty() {
            out.push(Piece {
                text: text[range].to_owned(),
                hit,
            });
        }
    };
    let mut at = window.start;
    for range in ranges {
        let (start, end) = (range.start.max(at), range.end.min(window.end));
        if start < end {
            add(at..start, false);
            add(start..end, true);
            at = end;
        }
    }
    add(at..window.end, false);
    out
}

/// The best window of `max_chars` characters: the one with the most different marks in it.
fn window(text: &str, ranges: &[Range<usize>], max_chars: usize) -> Range<usize> {
    let lead = LEAD.min(max_chars / 4);
    let mut best = (0, 0);
    let mut inside: HashMap<String, usize> = HashMap::new();
    let mut next = 0;
    for (first, range) in ranges.iter().enumerate() {
        let end = chars_after(text, range.start, max_chars - lead);
        while next < ranges.len() && ranges[next].end <= end {
            *inside.entry(text[ranges[next].clone()].to_lowercase()).or_default() += 1;
            next += 1;
        }
        if inside.len() > best.1 {
            best = (first, inside.len());
        }
        let word = text[range.clone()].to_lowercase();
        if let Some(count) = inside.get_mut(&word) {
            *count -= 1;
            if *count == 0 {
                inside.remove(&word);
            }
        }
        next = next.max(first + 1);
    }
    let anchor = ranges.get(best.0).map_or(0, |range| range.start);
    let start = word_start(text, anchor, lead);
    start..word_end(text, start, chars_after(text, start, max_chars))
}

fn chars_after(text: &str, from: usize, chars: usize) -> usize {
    text[from..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(i, _)| from + i)
}

/// The beginning of a word at most `lead` characters before `anchor`.
fn word_start(text: &str, anchor: usize, lead: usize) -> usize {
    let before = &text[..anchor];
    let from = before.char_indices().rev().nth(lead).map_or(0, |(i, _)| i);
    if from == 0 {
        return 0;
    }
    before[from..].find(char::is_whitespace).map_or(anchor, |space| {
        let at = from + space;
        at + char_len(text, at)
    })
}

/// The end of a word near `end`, unless that leaves too little.
fn word_end(text: &str, start: usize, end: usize) -> usize {
    if end == text.len() {
        return end;
    }
    match text[start..end].rfind(char::is_whitespace) {
        Some(space) if space * 2 > end - start => start + space,
        _ => end,
    }
}

fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}
