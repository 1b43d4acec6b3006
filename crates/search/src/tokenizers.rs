//! The bridge from our analysis to the engine's tokenizers.
//!
//! The engine gives a tokenizer the text and nothing else, so the first character of each value
//! says how to read it ([`marked`]).

use crate::document::Lang;
use crate::idents::{grams, idents};
use crate::schema::{PART_TOKENIZER, PIECE_TOKENIZER, TEXT_TOKENIZER, WORD_TOKENIZER};
use crate::stems::Stems;
use crate::words::{Words, is_stop_word};
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Longer identifiers are not kept whole; their parts find them.
pub(crate) const MAX_WHOLE: usize = 40;

/// How a value is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Words of a language.
    Prose(Lang),
    /// A title, among the whole words: it is known as a whole as well.
    Title,
    /// Exact words: each piece counts as an identifier.
    Exact,
}

/// A value as the tokenizers expect it: how to read it, then the text.
pub(crate) fn marked(reading: Reading, text: &str) -> String {
    let mark = match reading {
        Reading::Prose(Lang::En) => 'e',
        Reading::Prose(Lang::Fr) => 'f',
        Reading::Prose(Lang::Unknown) => 'u',
        Reading::Title => 't',
        Reading::Exact => 'x',
    };
    format!("{mark}{text}")
}

fn unmarked(value: &str) -> (Reading, &str) {
    let mut chars = value.chars();
    let reading = match chars.next() {
        Some('e') => Reading::Prose(Lang::En),
        Some('f') => Reading::Prose(Lang::Fr),
        Some('t') => Reading::Title,
        Some('x') => Reading::Exact,
        _ => Reading::Prose(Lang::Unknown),
    };
    (reading, chars.as_str())
}

/// The tokenizers under the names the schema uses.
pub(crate) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::new();
    // The engine asks for "default" even where a field has no text.
    for name in ["raw", "default"] {
        manager.register(name, tantivy::tokenizer::RawTokenizer::default());
    }
    manager.register(TEXT_TOKENIZER, StemTokenizer(Stems::new()));
    manager.register(WORD_TOKENIZER, WordTokenizer);
    manager.register(PART_TOKENIZER, PartTokenizer);
    manager.register(PIECE_TOKENIZER, PieceTokenizer);
    manager
}

/// Stems, each at its word's place.
#[derive(Clone)]
struct StemTokenizer(Stems);

impl Tokenizer for StemTokenizer {
    type TokenStream<'a> = Queue<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Queue<'a> {
        let (reading, text) = unmarked(text);
        let lang = match reading {
            Reading::Prose(lang) => lang,
            Reading::Title | Reading::Exact => Lang::Unknown,
        };
        let stems = self.0;
        let words = Words::new(text);
        Queue::new(words.flat_map(move |word| {
            let mut tokens = Vec::with_capacity(1);
            stems.each(&word, lang, |stem| tokens.push((word.position, stem)));
            for joined in word.joined.iter().flat_map(|joined| Words::new(joined)) {
                stems.each(&joined, lang, |stem| tokens.push((word.position, stem)));
            }
            tokens
        }))
    }
}

/// Whole words and whole identifiers; their place means nothing.
#[derive(Clone)]
struct WordTokenizer;

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Queue<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Queue<'a> {
        let (reading, text) = unmarked(text);
        let words = Words::new(text)
            .flat_map(|word| [Some(word.folded), word.joined])
            .flatten();
        let whole = idents(text, reading == Reading::Exact)
            .map(|ident| ident.text)
            .filter(|text| text.len() <= MAX_WHOLE);
        let title = (reading == Reading::Title).then(|| whole_title(text)).flatten();
        Queue::new(words.chain(whole).chain(title).map(|text| (0, text)))
    }
}

/// The term that stands for a whole title, in the folded words it is made of. It begins with a
/// sign that no word has.
pub(crate) fn whole_title(text: &str) -> Option<String> {
    // FNV-1a: small, and the same on every machine and in every version.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut empty = true;
    for word in Words::new(text) {
        empty = false;
        for byte in word.folded.bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (!empty).then(|| format!("={hash:x}"))
}

/// The grams of each different identifier, apart from the next one's.
#[derive(Clone)]
struct PartTokenizer;

impl Tokenizer for PartTokenizer {
    type TokenStream<'a> = Queue<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Queue<'a> {
        let (reading, text) = unmarked(text);
        let hasher = RandomState::new();
        let mut seen = HashSet::new();
        let mut base = 0;
        Queue::new(
            idents(text, reading == Reading::Exact)
                .filter(move |ident| seen.insert(hasher.hash_one(&ident.text)))
                .flat_map(move |ident| {
                    let tokens: Vec<_> = grams(&ident.text)
                        .map(|(i, gram)| (base + i, gram.to_owned()))
                        .collect();
                    // A gap no phrase can bridge.
                    base += tokens.len() + 2;
                    tokens
                }),
        )
    }
}

/// Parts of words, their edges marked: five letters, which within a language is nearly a stem and between two that share
/// their learned words is what they share.
#[derive(Clone)]
struct PieceTokenizer;

impl Tokenizer for PieceTokenizer {
    type TokenStream<'a> = Queue<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Queue<'a> {
        let (_, text) = unmarked(text);
        let words = Words::new(text).filter(|word| !is_stop_word(&word.folded));
        Queue::new(words.flat_map(|word| pieces(&word.folded)).map(|piece| (0, piece)))
    }
}

/// The overlapping parts of a folded word.
pub(crate) fn pieces(folded: &str) -> Vec<String> {
    const LETTERS: usize = 5;
    let edged: Vec<char> = std::iter::once('_').chain(folded.chars()).chain(['_']).collect();
    if edged.len() <= LETTERS {
        return vec![edged.into_iter().collect()];
    }
    edged.windows(LETTERS).map(|part| part.iter().collect()).collect()
}

/// A stream of tokens from an iterator of places and texts.
struct Queue<'a> {
    tokens: Box<dyn Iterator<Item = (usize, String)> + 'a>,
    token: Token,
}

impl<'a> Queue<'a> {
    fn new(tokens: impl Iterator<Item = (usize, String)> + 'a) -> Self {
        Self {
            tokens: Box::new(tokens),
            token: Token::default(),
        }
    }
}

impl TokenStream for Queue<'_> {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.tokens.next() else {
            return false;
        };
        self.token.position = position;
        self.token.text = text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
