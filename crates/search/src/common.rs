//! What two texts have in common, in words a person can read: the evidence beside a hit.

use crate::fold::folded;
use crate::idents::chunks;
use crate::schema::Fields;
use crate::stems::Stems;
use crate::words::{Word, Words, is_stop_word};
use crate::{Index, Lang};
use std::collections::HashSet;
use tantivy::{Searcher, Term};

/// A text is read this far.
const MOST_BYTES: usize = 16 << 10;
/// A shorter run with a digit in it is a number, not a code.
const LEAST_CODE: usize = 5;
/// Longer runs are data.
const MOST_CODE: usize = 60;

/// Words of one text that stand in another as well.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Common {
    /// The rarest first, as the first text writes them.
    pub words: Vec<String>,
    /// Error codes, models and serial numbers among them.
    pub codes: Vec<String>,
    /// From 0 to 1: how much of what the first text says stands in the other, a rare word counting more.
    pub share: f32,
}

/// What somebody said, ready to be held against many texts of one language.
#[derive(Debug)]
pub struct Said {
    text: String,
    lang: Lang,
    /// Each word once, with its stems and how rare it is.
    words: Vec<(f32, Word, Vec<String>)>,
    /// How much all of it says.
    all: f32,
}

impl Index {
    /// What `asked` has in common with `text`; at most so many words and codes each.
    pub fn in_common(&self, asked: &str, text: &str, lang: Lang, most: usize) -> Common {
        self.said(asked, lang).in_common(text, most)
    }

    /// What was said, to be held against texts of a language.
    pub fn said(&self, asked: &str, lang: Lang) -> Said {
        let searcher = self.reader.searcher();
        let stems = Stems::new();
        let text = crate::document::capped(asked, MOST_BYTES).to_owned();
        let mut seen = HashSet::new();
        let (mut all, mut words) = (0.0, Vec::new());
        for word in Words::new(&text).filter(says_something) {
            let mut own = Vec::new();
            stems.each(&word, lang, |stem| own.push(stem));
            if !own.iter().any(|stem| seen.insert(stem.clone())) {
                continue;
            }
            let rarity = rarity(&searcher, self.fields, &own);
            all += rarity;
            words.push((rarity, word, own));
        }
        // By the word as well, so that the same texts always say the same.
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.folded.cmp(&b.1.folded)));
        Said { text, lang, words, all }
    }
}

impl Said {
    /// What it has in common with `text`; at most so many words and codes each.
    pub fn in_common(&self, text: &str, most: usize) -> Common {
        let text = crate::document::capped(text, MOST_BYTES);
        let there = stems_of(text, self.lang, &Stems::new());
        let joined = codes_in_common(&self.text, text);
        let (mut shared, mut found) = (0.0, Vec::new());
        for (rarity, word, stems) in &self.words {
            if stems.iter().any(|stem| there.contains(stem)) {
                shared += rarity;
                found.push(word);
            }
        }
        found.retain(|word| {
            !joined
                .iter()
                .any(|(from, code)| (*from..from + code.len()).contains(&word.from))
        });
        let (codes, words): (Vec<&Word>, Vec<&Word>) = found.into_iter().partition(|word| is_code(word));
        let as_written = |word: &Word| self.text[word.from..word.to].to_owned();
        let joined = joined.iter().map(|(_, code)| (*code).to_owned());
        Common {
            words: words.into_iter().map(as_written).take(most).collect(),
            codes: joined.chain(codes.into_iter().map(as_written)).take(most).collect(),
            share: if self.all > 0.0 { shared / self.all } else { 0.0 },
        }
    }
}

/// Codes of several parts that stand in both: `ERR_CONNECTION_RESET`, `E-104`. Each once, with where it stands.
fn codes_in_common<'a>(asked: &'a str, text: &str) -> Vec<(usize, &'a str)> {
    let mut there: HashSet<String> = joined_codes(text).map(|(_, code)| folded(code)).collect();
    let both = joined_codes(asked).filter(|(_, code)| there.remove(&folded(code)));
    both.collect()
}

fn joined_codes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    chunks(text).filter(|(_, chunk)| is_joined_code(chunk))
}

/// Capitals and digits with a mark between them; a date has no letter, a name no digit.
fn is_joined_code(chunk: &str) -> bool {
    let plain = chunk
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'));
    let has = |of: fn(&u8) -> bool| chunk.as_bytes().iter().any(of);
    let marked = chunk.contains('_') || (chunk.contains('-') && has(u8::is_ascii_digit));
    (LEAST_CODE..=MOST_CODE).contains(&chunk.len()) && plain && marked && has(u8::is_ascii_uppercase)
}

fn stems_of(text: &str, lang: Lang, stems: &Stems) -> HashSet<String> {
    let mut all = HashSet::new();
    for word in Words::new(text) {
        stems.each(&word, lang, |stem| {
            all.insert(stem);
        });
    }
    all
}

fn is_code(word: &Word) -> bool {
    word.folded.len() >= LEAST_CODE && !word.is_plain()
}

/// Words of every letter, folded and in order.
const LITTLE: &[&str] = &[
    "again", "all", "alors", "also", "always", "apres", "aussi", "autre", "avant", "before", "bien", "bonjour", "came",
    "come", "comes", "comme", "depuis", "deux", "donc", "each", "encore", "entre", "etait", "etre", "even", "every",
    "faire", "fait", "first", "hello", "here", "ici", "just", "like", "merci", "moins", "more", "much", "now", "off",
    "one", "only", "other", "out", "over", "please", "quand", "quelque", "rien", "said", "sans", "says", "since",
    "some", "sous", "still", "thank", "thanks", "three", "today", "too", "toujours", "tous", "tout", "toute", "tres",
    "trois", "two", "va", "very", "vient", "want", "where", "while", "without",
];

/// In a small log a number of a list or a word like "where" is as rare as what a problem is about.
fn says_something(word: &Word) -> bool {
    // In order, folded.
    word.folded.chars().count() > 1
        && !is_stop_word(&word.folded)
        && LITTLE.binary_search(&word.folded.as_str()).is_err()
        && !(word.folded.len() < 3 && word.folded.bytes().all(|b| b.is_ascii_digit()))
}

/// How few documents hold it.
fn rarity(searcher: &Searcher, fields: Fields, stems: &[String]) -> f32 {
    let holds = |stem: &String| {
        let of = |field| searcher.doc_freq(&Term::from_field_text(field, stem)).unwrap_or(0);
        of(fields.body).max(of(fields.title))
    };
    let found = stems.iter().map(holds).max().unwrap_or(0) as f32;
    let documents = searcher.num_docs() as f32;
    ((documents + 1.0) / (found + 0.5)).ln().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::LITTLE;

    #[test]
    fn words_that_say_little_are_in_order() {
        assert!(LITTLE.is_sorted(), "they are looked up by halves");
    }
}
