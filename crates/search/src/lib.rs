//! Full-text search: documents in, ranked hits out, in English and French.
//!
//! An [`Index`] is a folder (or memory) that holds words and where they stand, never the texts:
//! it can always be made again from the documents. It knows nothing of what a document is for.
//!
//! # What is found
//!
//! - Words in any inflection, with or without accents, capitals and elision: `reseaux` finds
//!   *l’Réseau*. Each document's language chooses its stemmer; a query asks in both.
//! - Words with a slip of the finger, when the word as typed is unknown or rare.
//! - Identifiers (serial numbers, MAC and IP addresses, error codes, host and file names,
//!   addresses, phone numbers), whole and in part, however they are punctuated.
//!
//! # What it never does
//!
//! It never refuses a query, never reads the clock, and never shows a document whose gate the
//! query names as closed.

mod alike;
mod collect;
mod common;
mod document;
mod expand;
mod find;
mod fold;
mod idents;
mod index;
mod kinds;
mod marks;
mod phones;
mod query;
mod schema;
mod spelling;
mod stems;
mod tokenizers;
mod unwanted;
mod vocabulary;
mod words;

pub use alike::{Likeness, Near, Weights};
pub use common::{Common, Said};
pub use document::{Document, Lang, MAX_BODY_BYTES};
pub use find::{Found, Hit, Order, Query};
pub use index::Index;
pub use marks::{Marks, Piece};

/// Why the index could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// Another process, or another [`Index`] of this one, writes to the folder.
    #[error("the search index in {0} is in use: stop the other process that runs on this folder")]
    Locked(std::path::PathBuf),
    /// The folder cannot be made or read.
    #[error("the search index in {path} cannot be opened: {source}")]
    Folder {
        path: std::path::PathBuf,
        source: std::io::Error,
    },
    /// The engine failed (a full disk, most likely). What was put since the last commit is gone:
    /// begin again from [`Index::cursor`].
    #[error("the search index failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

/// What most functions here return.
pub type Result<T> = std::result::Result<T, SearchError>;
