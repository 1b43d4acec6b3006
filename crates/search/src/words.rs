//! Cuts a text into words: the same cut for indexing, asking and marking.
//!
//! A word is a run of letters and digits. French elision is dropped (*l’imprimante* is
//! *imprimante*), English endings after an apostrophe are dropped or joined (*printer's*,
//! *don't*), and of a hyphenated pair the joined form is known as well (*e-mail*, *email*).

use crate::fold::{folded, is_apostrophe, is_combining};

/// Longer runs are data, not words; they are found as identifiers.
const MAX_WORD_CHARS: usize = 40;

const ELIDED: [&str; 14] = [
    "l", "d", "qu", "c", "j", "m", "n", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu",
];

const ENGLISH_ENDINGS: [&str; 6] = ["s", "re", "ve", "ll", "d", "m"];

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower-cased, without accents: how it is compared.
    pub(crate) folded: String,
    /// Lower-cased with its accents, where that differs: the French stemmer reads them.
    pub(crate) accented: Option<String>,
    /// With the word after its hyphen, when there is one: *wi-fi* as *wifi*.
    pub(crate) joined: Option<String>,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Its place among the words of the text.
    pub(crate) position: usize,
}

impl Word {
    /// Whether stemming and typing errors apply: letters only.
    pub(crate) fn is_plain(&self) -> bool {
        !self.folded.chars().any(|c| c.is_ascii_digit())
    }
}

/// Walks the words of a text.
pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
    position: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            position: 0,
        }
    }

    /// The end of the run of word characters that begins at `from`.
    fn run_end(&self, from: usize) -> usize {
        self.text[from..]
            .char_indices()
            .find(|(_, c)| !is_word_char(*c))
            .map_or(self.text.len(), |(i, _)| from + i)
    }

    /// Where the text goes on after one character that `accepts`, if a word begins there.
    fn after(&self, at: usize, accepts: impl Fn(char) -> bool) -> Option<usize> {
        let mut rest = self.text[at..].chars();
        let mark = rest.next().filter(|c| accepts(*c))?;
        rest.next().filter(|c| c.is_alphanumeric())?;
        Some(at + mark.len_utf8())
    }

    /// The word that begins at `from`, apostrophes resolved; `None` for an elided article.
    fn resolve(&self, from: usize) -> (usize, Option<Word>) {
        let mut end = self.run_end(from);
        let mut text = self.text[from..end].to_owned();
        if let Some(next) = self.after(end, is_apostrophe) {
            if ELIDED.contains(&folded(&text).as_str()) {
                return (next, None);
            }
            let tail_end = self.run_end(next);
            let tail = &self.text[next..tail_end];
            if !ENGLISH_ENDINGS.contains(&folded(tail).as_str()) {
                text.push_str(tail);
            }
            end = tail_end;
        }
        (end, Some(self.word(&text, from, end)))
    }

    fn word(&self, text: &str, from: usize, to: usize) -> Word {
        let folded = folded(text);
        let accented = (!text.is_ascii()).then(|| text.to_lowercase()).filter(|t| *t != folded);
        Word {
            folded,
            accented,
            joined: None,
            from,
            to,
            position: self.position,
        }
    }

    fn joined(&self, word: &Word) -> Option<String> {
        let next = self.after(word.to, |c| matches!(c, '-' | '‐' | '‑'))?;
        let tail = folded(&self.text[next..self.run_end(next)]);
        let letters = |text: &str| text.chars().all(char::is_alphabetic);
        let short = word.folded.len() + tail.len() <= 24;
        (short && letters(&word.folded) && letters(&tail)).then(|| format!("{}{tail}", word.folded))
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            let skip = self.text[self.at..].find(char::is_alphanumeric)?;
            let (end, word) = self.resolve(self.at + skip);
            self.at = end;
            let Some(mut word) = word else { continue };
            self.position += 1;
            if word.folded.chars().count() <= MAX_WORD_CHARS {
                word.joined = self.joined(&word);
                return Some(word);
            }
        }
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c)
}

/// Words so common that a query is not narrowed by them.
pub(crate) fn is_stop_word(folded: &str) -> bool {
    const STOP: &[&str] = &[
        "a", "about", "after", "ai", "am", "an", "and", "any", "are", "as", "at", "au", "aux", "avec", "be", "been",
        "but", "by", "can", "ce", "ces", "cette", "could", "d", "dans", "de", "des", "did", "do", "does", "dont", "du",
        "elle", "en", "est", "et", "for", "from", "get", "had", "has", "have", "how", "i", "if", "il", "ils", "in",
        "into", "is", "it", "its", "j", "je", "l", "la", "le", "les", "leur", "ma", "mais", "me", "mes", "mon", "my",
        "n", "ne", "no", "nos", "not", "notre", "nous", "of", "on", "or", "ou", "our", "par", "pas", "plus", "pour",
        "qu", "que", "qui", "sa", "se", "ses", "si", "so", "son", "sont", "sur", "than", "that", "the", "their",
        "them", "then", "there", "these", "they", "this", "to", "tu", "un", "une", "up", "vos", "votre", "vous", "was",
        "we", "were", "what", "when", "which", "who", "why", "will", "with", "would", "y", "you", "your",
    ];
    STOP.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        Words::new(text).map(|word| word.folded).collect()
    }

    #[test]
    fn apostrophes_are_resolved_in_both_languages() {
        assert_eq!(
            cut("L’imprimante n'imprime qu'une page"),
            ["imprimante", "imprime", "une", "page"]
        );
        assert_eq!(cut("jusqu’à lorsqu'il s’arrête"), ["a", "il", "arrete"]);
        assert_eq!(
            cut("The printer's tray doesn't open, it's stuck"),
            ["the", "printer", "tray", "doesnt", "open", "it", "stuck"]
        );
        assert_eq!(
            cut("aujourd'hui O'Brien 'quoted' l' '"),
            ["aujourdhui", "obrien", "quoted", "l"]
        );
    }

    #[test]
    fn both_ways_of_writing_an_accent_are_one_word() {
        assert_eq!(cut("réseau re\u{301}seau RÉSEAU"), ["reseau", "reseau", "reseau"]);
        assert_eq!(cut("cœur Ærø straße"), ["coeur", "aero", "strasse"]);
    }

    #[test]
    fn a_hyphenated_pair_is_known_joined() {
        let words: Vec<_> = Words::new("e-mail and Wi-Fi, 802-11").collect();
        assert_eq!(words[0].joined.as_deref(), Some("email"));
        assert_eq!(words[3].joined.as_deref(), Some("wifi"));
        assert!(words[5].joined.is_none(), "digits are not words");
    }

    #[test]
    fn positions_count_words_and_offsets_lead_back() {
        let text = "Le réseau, l’été";
        let words: Vec<_> = Words::new(text).collect();
        assert_eq!(words.iter().map(|w| w.position).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(&text[words[1].from..words[1].to], "réseau");
        assert_eq!(&text[words[2].from..words[2].to], "été");
    }

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(is_stop_word("a") && is_stop_word("the") && is_stop_word("your") && is_stop_word("une"));
        assert!(!is_stop_word("printer"));
    }
}
