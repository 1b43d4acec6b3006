//! Stems: the part of a word that its inflections share, after the Snowball rules.
//!
//! One rule keeps accents optional both ways: a document always holds the stem of the *folded*
//! word, and a query always asks for it. The stem of the accented word is added in French, where
//! the rules read accents.

use crate::document::Lang;
use crate::fold::folded;
use crate::words::Word;
use frostem::{Algorithm, Stemmer};

/// The stemmers of both languages.
#[derive(Clone, Copy)]
pub(crate) struct Stems {
    english: Stemmer,
    french: Stemmer,
}

impl Stems {
    pub(crate) fn new() -> Self {
        Self {
            english: Stemmer::new(Algorithm::English),
            french: Stemmer::new(Algorithm::French),
        }
    }

    /// Hands each different stem of a word to `sink`: at most three, none twice.
    pub(crate) fn each(&self, word: &Word, lang: Lang, mut sink: impl FnMut(String)) {
        if !word.is_plain() {
            return sink(word.folded.clone());
        }
        let mut seen: Vec<String> = Vec::with_capacity(3);
        let mut add = |stem: String| {
            if !seen.contains(&stem) {
                seen.push(stem.clone());
                sink(stem);
            }
        };
        if lang != Lang::Fr {
            add(self.english(&word.folded));
        }
        if lang != Lang::En {
            add(self.french(&word.folded));
            if let Some(accented) = &word.accented {
                add(folded(&self.french(accented)));
            }
        }
    }

    /// All stems of a word, as a query asks for them.
    pub(crate) fn all(&self, word: &Word) -> Vec<String> {
        let mut stems = Vec::with_capacity(3);
        self.each(word, Lang::Unknown, |stem| stems.push(stem));
        stems
    }

    pub(crate) fn english(&self, folded: &str) -> String {
        self.english.stem(folded).into_owned()
    }

    pub(crate) fn french(&self, text: &str) -> String {
        self.french.stem(text).into_owned()
    }
}
