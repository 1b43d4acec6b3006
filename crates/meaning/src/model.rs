//! A model from its folder, and the point of a text.

use std::path::Path;

use ndarray::Axis;
use serde::Deserialize;

use crate::bert::{Bert, Config};
use crate::folder::{Folder, MODULES, POOLING, PROMPTS, SENTENCES, SMALL, TOKENIZER, WEIGHTS};
use crate::tokens::Tokens;
use crate::{Refusal, Result, Wrong};

/// What a text is to the model: some were taught with a word before each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    Question,
    Passage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pooling {
    /// The mean of all rows.
    Mean,
    /// The row of the first mark.
    First,
}

#[derive(Debug)]
pub struct Model {
    tokens: Tokens,
    bert: Bert,
    pooling: Pooling,
    dimension: usize,
    longest: usize,
    before: Before,
}

/// What the model wants before a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Before {
    question: String,
    passage: String,
}

#[derive(Deserialize)]
struct Module {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
#[serde(default)]
struct PoolingFile {
    pooling_mode_cls_token: bool,
    pooling_mode_mean_tokens: bool,
    pooling_mode_max_tokens: bool,
    pooling_mode_mean_sqrt_len_tokens: bool,
    pooling_mode_weightedmean_tokens: bool,
    pooling_mode_lasttoken: bool,
}

impl Default for PoolingFile {
    fn default() -> PoolingFile {
        PoolingFile {
            pooling_mode_cls_token: false,
            pooling_mode_mean_tokens: true,
            pooling_mode_max_tokens: false,
            pooling_mode_mean_sqrt_len_tokens: false,
            pooling_mode_weightedmean_tokens: false,
            pooling_mode_lasttoken: false,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Sentences {
    max_seq_length: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Prompts {
    prompts: std::collections::BTreeMap<String, String>,
}

impl Model {
    /// Reads a whole model. `name` is what the house calls it: of some families the name alone says how they are asked.
    pub fn open(folder: &Path, name: &str) -> Result<Model> {
        let folder = Folder(folder);
        let config = Config::open(folder)?;
        modules(folder)?;
        let pooling = pooling(folder)?;
        let tokens = Tokens::open(folder)?;
        if tokens.size > config.vocab_size {
            return Err(Refusal::of(TOKENIZER.as_ref(), Wrong::Shape, "vocab"));
        }
        let places = config.max_position_embeddings - config.first_place();
        let said = folder.optional::<Sentences>(SENTENCES)?.max_seq_length;
        let model = Model {
            before: before(folder, &[name, &config._name_or_path])?,
            longest: said.unwrap_or(places).clamp(8, places),
            dimension: config.hidden_size,
            bert: Bert::open(folder, &config)?,
            pooling,
            tokens,
        };
        // Numbers may each be sound and run over together.
        if model.point("test", As::Question, 8).iter().any(|n| !n.is_finite()) {
            return Err(Refusal::of(WEIGHTS.as_ref(), Wrong::NotANumber, ""));
        }
        Ok(model)
    }

    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// How many of these words (in small letters) its vocabulary has whole: few, and it was not taught their language.
    pub fn whole(&self, words: &[&str]) -> usize {
        words.iter().filter(|word| self.tokens.whole(word)).count()
    }

    /// Where a text lies, of length 1. It is read as far as `most` pieces, and no further than the model was made for.
    pub fn point(&self, text: &str, is: As, most: usize) -> Vec<f32> {
        let before = match is {
            As::Question => &self.before.question,
            As::Passage => &self.before.passage,
        };
        let pieces = self
            .tokens
            .split(&format!("{before}{text}"), most.clamp(3, self.longest));
        let rows = self.bert.rows(&pieces);
        let point = match self.pooling {
            Pooling::Mean => rows.sum_axis(Axis(0)),
            Pooling::First => rows.row(0).to_owned(),
        };
        let long = point.dot(&point).sqrt().max(f32::MIN_POSITIVE);
        (point / long).to_vec()
    }
}

/// A text goes through the model, its rows become one, and that is made one long: no other parts are known.
fn modules(folder: Folder<'_>) -> Result<()> {
    let modules: Vec<Module> = folder.json(MODULES, SMALL)?;
    let kinds: Vec<&str> = modules
        .iter()
        .map(|m| m.kind.rsplit('.').next().unwrap_or_default())
        .collect();
    match kinds.as_slice() {
        ["Transformer", "Pooling"] | ["Transformer", "Pooling", "Normalize"] => Ok(()),
        other => Err(Refusal::of(MODULES.as_ref(), Wrong::Unknown, other.join(", "))),
    }
}

fn pooling(folder: Folder<'_>) -> Result<Pooling> {
    let file: PoolingFile = folder.json(POOLING, SMALL)?;
    let others = file.pooling_mode_max_tokens
        || file.pooling_mode_mean_sqrt_len_tokens
        || file.pooling_mode_weightedmean_tokens
        || file.pooling_mode_lasttoken;
    match (file.pooling_mode_mean_tokens, file.pooling_mode_cls_token, others) {
        (true, false, false) => Ok(Pooling::Mean),
        (false, true, false) => Ok(Pooling::First),
        _ => Err(Refusal::of(POOLING.as_ref(), Wrong::Unknown, "pooling_mode")),
    }
}

/// What the files say stands before a text; or what is known of the E5 family (Wang et al. 2024), whose files do not.
fn before(folder: Folder<'_>, names: &[&str]) -> Result<Before> {
    let mut prompts = folder.optional::<Prompts>(PROMPTS)?.prompts;
    let mut said = |names: [&str; 2]| names.into_iter().find_map(|name| prompts.remove(name));
    let (question, passage) = (said(["query", "question"]), said(["passage", "document"]));
    if question.is_some() || passage.is_some() {
        return Ok(Before {
            question: question.unwrap_or_default(),
            passage: passage.unwrap_or_default(),
        });
    }
    let family = |name: &&str| {
        name.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .any(|part| part == "e5")
    };
    Ok(if names.iter().any(family) {
        Before {
            question: "query: ".to_owned(),
            passage: "passage: ".to_owned(),
        }
    } else {
        Before::default()
    })
}
