//! Likely solutions: known errors, articles and earlier tickets that may help with a problem, each with its reason.
//!
//! What is near is found by the words (`finding`, BM25 of each kind by its own measure). What helped before is learnt from
//! the desk's own work: what was linked or used on the tickets most like this one, and what has helped lately. Nothing of
//! it leaves the machine, and nothing is learnt from what came later.

mod learnt;
mod likely;
mod meant;
mod near;
mod rank;
mod reason;
mod requester;
mod round;
mod said;
mod target;
mod used;

pub use learnt::{How, Lesson, forget, teach};
pub use likely::{Question, Suggestion, likely, likely_to};
pub use near::{Asked, Near, ranked};
pub use reason::Reason;
pub use requester::{KnownToAll, for_requester, known_to_all};
pub(crate) use said::{said, unsaid};
pub use target::{Target, TargetKind};
pub(crate) use used::undo;
pub use used::{dismiss, may_use, of_event, use_on, words_for};
