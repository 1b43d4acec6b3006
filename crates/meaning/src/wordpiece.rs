//! WordPiece: a word is the longest piece the vocabulary has, then the longest that goes on from there (Schuster and
//! Nakajima 2012). Words are made as BERT's own tokenizer makes them (Devlin et al. 2019, `tokenization.py`).

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// A longer word is no word.
const LONGEST_WORD: usize = 100;

#[derive(Debug)]
pub(crate) struct WordPiece {
    pub(crate) pieces: HashMap<String, u32>,
    /// What stands before a piece that goes on.
    pub(crate) goes_on: String,
    pub(crate) unknown: u32,
    pub(crate) lower: bool,
    pub(crate) strip_accents: bool,
}

impl WordPiece {
    /// Appends the pieces of a text, until there are at least `most`.
    pub(crate) fn split(&self, text: &str, most: usize, into: &mut Vec<u32>) {
        let text = self.normal(text);
        let mut word = String::new();
        for c in text.chars() {
            let breaks = c.is_whitespace();
            if breaks || is_alone(c) {
                self.add(&word, into);
                word.clear();
            }
            if into.len() >= most {
                return;
            }
            if !breaks {
                word.push(c);
            }
            if is_alone(c) {
                self.add(&word, into);
                word.clear();
            }
        }
        self.add(&word, into);
    }

    fn normal(&self, text: &str) -> String {
        let clean = text.chars().filter(|c| !is_control(*c));
        let plain: String = if self.strip_accents {
            clean
                .nfd()
                .filter(|c| c.general_category() != GeneralCategory::NonspacingMark)
                .collect()
        } else {
            clean.collect()
        };
        if self.lower {
            plain.chars().flat_map(char::to_lowercase).collect()
        } else {
            plain
        }
    }

    fn add(&self, word: &str, into: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = into.len();
        let ends: Vec<usize> = word.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        let (mut from, mut sought) = (0, String::new());
        while from < word.len() && ends.len() <= LONGEST_WORD {
            let longest = ends.iter().rev().take_while(|end| **end > from).find_map(|end| {
                sought.clear();
                if from > 0 {
                    sought.push_str(&self.goes_on);
                }
                sought.push_str(&word[from..*end]);
                self.pieces.get(&sought).map(|piece| (*piece, *end))
            });
            let Some((piece, end)) = longest else { break };
            into.push(piece);
            from = end;
        }
        if from < word.len() {
            into.truncate(before);
            into.push(self.unknown);
        }
    }
}

fn is_control(c: char) -> bool {
    let spaces = matches!(c, '\t' | '\n' | '\r');
    c == '\u{fffd}' || (!spaces && c.general_category_group() == GeneralCategoryGroup::Other)
}

/// Punctuation and Chinese characters are words of their own.
fn is_alone(c: char) -> bool {
    let chinese = matches!(u32::from(c),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x2_0000..=0x2_a6df | 0x2_a700..=0x2_b73f | 0x2_b740..=0x2_b81f
        | 0x2_b920..=0x2_ceaf | 0xf900..=0xfaff | 0x2_f800..=0x2_fa1f);
    chinese || c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<u32> {
        let words = [
            "[UNK]", "print", "##er", "##s", "the", ".", "ecran", "写", "é", "print##",
        ];
        let words = WordPiece {
            pieces: (0..).zip(words).map(|(id, piece)| (piece.to_owned(), id)).collect(),
            goes_on: "##".into(),
            unknown: 0,
            lower: true,
            strip_accents: true,
        };
        let mut pieces = Vec::new();
        words.split(text, 100, &mut pieces);
        pieces
    }

    #[test]
    fn a_word_is_its_longest_pieces() {
        assert_eq!(split("The printers."), [4, 1, 2, 3, 5]);
        assert_eq!(split("  PRINT\u{0}er\tthe\n"), [1, 2, 4]);
        assert_eq!(split("Écran…写the"), [6, 0, 7, 4]);
    }

    #[test]
    fn a_word_that_cannot_be_made_of_pieces_is_one_unknown() {
        assert_eq!(split("printx the"), [0, 4]);
        assert_eq!(split(&format!("{} the", "print".repeat(21))), [0, 4]);
        assert!(split("").is_empty() && split(" \n").is_empty());
    }
}
