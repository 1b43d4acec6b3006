//! The folder of a model: which files it has, and how far each is read.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::{Refusal, Result, Wrong};

pub(crate) const CONFIG: &str = "config.json";
pub(crate) const WEIGHTS: &str = "model.safetensors";
pub(crate) const TOKENIZER: &str = "tokenizer.json";
pub(crate) const VOCABULARY: &str = "vocab.txt";
pub(crate) const TOKENIZER_CONFIG: &str = "tokenizer_config.json";
pub(crate) const MODULES: &str = "modules.json";
pub(crate) const SENTENCES: &str = "sentence_bert_config.json";
pub(crate) const PROMPTS: &str = "config_sentence_transformers.json";
pub(crate) const POOLING: &str = "1_Pooling/config.json";

/// Settings are short.
pub(crate) const SMALL: u64 = 1 << 20;
/// The vocabulary of a hundred languages is some 17 MB of JSON.
pub(crate) const VOCABULARIES: u64 = 64 << 20;
/// Six hundred million numbers of two bytes; a model larger than that is too slow for a desk.
pub(crate) const LARGEST: u64 = 1200 << 20;

/// The files a model may have and how large each may be: nothing else of its folder is read.
pub fn files() -> [(&'static str, u64); 9] {
    [
        (CONFIG, SMALL),
        (MODULES, SMALL),
        (POOLING, SMALL),
        (SENTENCES, SMALL),
        (PROMPTS, SMALL),
        (TOKENIZER_CONFIG, SMALL),
        (TOKENIZER, VOCABULARIES),
        (VOCABULARY, VOCABULARIES),
        (WEIGHTS, LARGEST),
    ]
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Folder<'a>(pub(crate) &'a Path);

impl Folder<'_> {
    pub(crate) fn path(self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn has(self, name: &str) -> bool {
        self.path(name).is_file()
    }

    /// Opens a file that is not larger than it may be, with its size.
    pub(crate) fn open(self, name: &str, most: u64) -> Result<(File, u64)> {
        let path = self.path(name);
        let refuse = |wrong| Refusal::of(Path::new(name), wrong, "");
        if !path.is_file() {
            return Err(refuse(Wrong::Missing));
        }
        let file = File::open(&path).map_err(|_| refuse(Wrong::Missing))?;
        let size = file.metadata().map_err(|_| refuse(Wrong::Missing))?.len();
        if size > most {
            return Err(refuse(Wrong::TooLarge));
        }
        Ok((file, size))
    }

    pub(crate) fn text(self, name: &str, most: u64) -> Result<String> {
        let (file, _) = self.open(name, most)?;
        let mut text = String::new();
        let read = file.take(most).read_to_string(&mut text);
        read.map_err(|_| Refusal::of(Path::new(name), Wrong::Broken, ""))?;
        Ok(text)
    }

    pub(crate) fn json<T: DeserializeOwned>(self, name: &str, most: u64) -> Result<T> {
        let text = self.text(name, most)?;
        serde_json::from_str(&text).map_err(|e| Refusal::of(Path::new(name), Wrong::Broken, e))
    }

    /// A file that may be absent.
    pub(crate) fn optional<T: DeserializeOwned + Default>(self, name: &str) -> Result<T> {
        if self.has(name) {
            self.json(name, SMALL)
        } else {
            Ok(T::default())
        }
    }
}
