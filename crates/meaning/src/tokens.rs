//! Which pieces a text is made of, as the model's own files say: `tokenizer.json`, or `vocab.txt` where there is no other.
//!
//! Two kinds are known, WordPiece and Unigram; a folder of another kind is refused. Marks such as `[SEP]` that somebody
//! writes into a text are words like any other.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::charsmap::CharsMap;
use crate::folder::{Folder, TOKENIZER, TOKENIZER_CONFIG, VOCABULARIES, VOCABULARY};
use crate::unigram::Unigram;
use crate::wordpiece::WordPiece;
use crate::{Refusal, Result, Wrong};

/// A text is read no further, however few pieces it has.
const MOST_BYTES: usize = 32 << 10;

#[derive(Debug)]
enum Kind {
    WordPiece(WordPiece),
    Unigram(Unigram),
}

#[derive(Debug)]
pub(crate) struct Tokens {
    kind: Kind,
    begin: u32,
    end: u32,
    /// The greatest number of a piece, and one more.
    pub(crate) size: usize,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    normalizer: Value,
    model: Value,
}

#[derive(Deserialize)]
struct WordPieceFile {
    vocab: HashMap<String, u32>,
    #[serde(default)]
    continuing_subword_prefix: Option<String>,
    #[serde(default)]
    unk_token: Option<String>,
}

#[derive(Deserialize)]
struct UnigramFile {
    vocab: Vec<(String, f64)>,
    unk_id: u32,
    #[serde(default)]
    byte_fallback: bool,
}

/// How letters are made alike before WordPiece.
#[derive(Clone, Copy, Deserialize)]
#[serde(default)]
struct Letters {
    #[serde(alias = "do_lower_case")]
    lowercase: bool,
    strip_accents: Option<bool>,
}

impl Default for Letters {
    fn default() -> Letters {
        Letters {
            lowercase: true,
            strip_accents: None,
        }
    }
}

fn refuse(wrong: Wrong, part: impl std::fmt::Display) -> Refusal {
    Refusal::of(Path::new(TOKENIZER), wrong, part)
}

fn read<T: for<'a> Deserialize<'a>>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|e| refuse(Wrong::Broken, e))
}

impl Tokens {
    pub(crate) fn open(folder: Folder<'_>) -> Result<Tokens> {
        if !folder.has(TOKENIZER) && folder.has(VOCABULARY) {
            return plain(folder);
        }
        let File { normalizer, model } = folder.json(TOKENIZER, VOCABULARIES)?;
        match model.get("type").and_then(Value::as_str) {
            // Older files do not say which kind they are.
            Some("WordPiece") => word_pieces(normalizer, read(model)?),
            None if model.get("continuing_subword_prefix").is_some() => word_pieces(normalizer, read(model)?),
            Some("Unigram") => unigram(&normalizer, read(model)?),
            other => Err(refuse(Wrong::Unknown, other.unwrap_or("model"))),
        }
    }

    /// The pieces of a text between the marks of begin and end, no more than `most` together.
    pub(crate) fn split(&self, text: &str, most: usize) -> Vec<u32> {
        let text = &text[..text.floor_char_boundary(MOST_BYTES)];
        let mut pieces = vec![self.begin];
        match &self.kind {
            Kind::WordPiece(words) => words.split(text, most, &mut pieces),
            Kind::Unigram(words) => words.split(text, most, &mut pieces),
        }
        pieces.truncate(most.saturating_sub(1));
        pieces.push(self.end);
        pieces
    }

    /// Whether the vocabulary has this word (in small letters) in one piece.
    pub(crate) fn whole(&self, word: &str) -> bool {
        match &self.kind {
            Kind::WordPiece(_) => self.split(word, 4).len() == 3 && self.split(word, 4)[1] != self.unknown(),
            Kind::Unigram(words) => words.whole(word),
        }
    }

    fn unknown(&self) -> u32 {
        match &self.kind {
            Kind::WordPiece(words) => words.unknown,
            Kind::Unigram(words) => words.unknown,
        }
    }
}

/// A list of pieces, one a line, as BERT first had it.
fn plain(folder: Folder<'_>) -> Result<Tokens> {
    let text = folder.text(VOCABULARY, VOCABULARIES)?;
    let letters: Letters = folder
        .optional::<Option<Letters>>(TOKENIZER_CONFIG)?
        .unwrap_or_default();
    let pieces = (0..)
        .zip(text.lines())
        .map(|(id, piece)| (piece.trim_end().to_owned(), id));
    let file = WordPieceFile {
        vocab: pieces.collect(),
        continuing_subword_prefix: None,
        unk_token: None,
    };
    made(letters, file)
}

fn word_pieces(normalizer: Value, file: WordPieceFile) -> Result<Tokens> {
    let letters = match normalizer.get("type").and_then(Value::as_str) {
        Some("BertNormalizer") => read(normalizer)?,
        other => return Err(refuse(Wrong::Unknown, other.unwrap_or("normalizer"))),
    };
    made(letters, file)
}

fn made(letters: Letters, file: WordPieceFile) -> Result<Tokens> {
    let id = |piece: &str| {
        file.vocab
            .get(piece)
            .copied()
            .ok_or_else(|| refuse(Wrong::Lacks, piece))
    };
    let (begin, end) = (id("[CLS]")?, id("[SEP]")?);
    let unknown = id(file.unk_token.as_deref().unwrap_or("[UNK]"))?;
    let size = file.vocab.values().max().map_or(0, |id| *id as usize + 1);
    let words = WordPiece {
        goes_on: file.continuing_subword_prefix.unwrap_or_else(|| "##".to_owned()),
        unknown,
        lower: letters.lowercase,
        strip_accents: letters.strip_accents.unwrap_or(letters.lowercase),
        pieces: file.vocab,
    };
    Ok(Tokens {
        kind: Kind::WordPiece(words),
        begin,
        end,
        size,
    })
}

fn unigram(normalizer: &Value, file: UnigramFile) -> Result<Tokens> {
    if file.byte_fallback {
        return Err(refuse(Wrong::Unknown, "byte_fallback"));
    }
    let charsmap = charsmap(normalizer)?.unwrap_or_default();
    let size = file.vocab.len();
    if file.unk_id as usize >= size || file.vocab.iter().any(|(_, score)| !score.is_finite()) {
        return Err(refuse(Wrong::Broken, "vocab"));
    }
    let numbered = (0..).zip(file.vocab).map(|(id, (piece, score))| (piece, (id, score)));
    let pieces: HashMap<String, (u32, f64)> = numbered.collect();
    let id = |piece: &str| {
        let found = pieces.get(piece).map(|(id, _)| *id);
        found.ok_or_else(|| refuse(Wrong::Lacks, piece))
    };
    let (begin, end) = (id("<s>")?, id("</s>")?);
    Ok(Tokens {
        kind: Kind::Unigram(Unigram::new(pieces, file.unk_id, charsmap)),
        begin,
        end,
        size,
    })
}

/// The table of letters among the steps of a normalizer. What only deals with spaces is what we do anyhow.
fn charsmap(step: &Value) -> Result<Option<CharsMap>> {
    let broken = || refuse(Wrong::Broken, "normalizer");
    match step.get("type").and_then(Value::as_str) {
        None | Some("Strip" | "Replace") => Ok(None),
        Some("Precompiled") => {
            let text = step
                .get("precompiled_charsmap")
                .and_then(Value::as_str)
                .unwrap_or_default();
            CharsMap::parse(text).map(Some).ok_or_else(broken)
        }
        Some("Sequence") => {
            let steps = step.get("normalizers").and_then(Value::as_array).ok_or_else(broken)?;
            let found: Vec<Option<CharsMap>> = steps.iter().map(charsmap).collect::<Result<_>>()?;
            Ok(found.into_iter().flatten().next())
        }
        Some(other) => Err(refuse(Wrong::Unknown, other)),
    }
}
