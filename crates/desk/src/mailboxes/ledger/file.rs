//! The files of a letter, out of its original: also of one that is held, so that it can be judged.

use serde::Deserialize;

use super::Entry;
use crate::mailboxes::gist;

/// A file as the ledger lists it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Attached {
    pub name: String,
    pub bytes: i64,
    pub sha256: String,
}

impl Entry {
    /// Its files in their order, as far as they were read.
    pub fn files(&self) -> Vec<Attached> {
        serde_json::from_str(&self.attachments).unwrap_or_default()
    }
}

/// The bytes of one file of this letter. Reads the whole letter, so it takes as long as the letter is big.
pub fn file(raw: &[u8], wanted: &Attached) -> Option<Vec<u8>> {
    gist::file_of(raw, &wanted.sha256)
}
