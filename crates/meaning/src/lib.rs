//! Meaning: a text as a point, near to texts that say the same in other words.
//!
//! The points come from a model of the BERT kind that somebody trained and the house has on its own disk: a folder as
//! sentence-transformers keeps it (Reimers and Gurevych 2019). Everything is reckoned on this machine's processor; the
//! same text gives the same point. What comes in is judged before it is used ([`Refusal`]), for a model is a file from
//! elsewhere.

mod bert;
mod charsmap;
mod folder;
mod model;
mod packed;
mod refusal;
mod tensors;
mod tokens;
mod unigram;
mod wordpiece;

pub use folder::files;
pub use model::{As, Model};
pub use packed::{Packed, Space};
pub use refusal::{Refusal, Wrong};

pub(crate) type Result<T> = std::result::Result<T, Refusal>;
