//! Finding: the index follows the event log on every node, and answers are filtered by the access policy before
//! anybody sees a word of them. A requester finds only what is his to read, by the words he may read.

mod alike;
mod answers;
mod find;
mod follow;

pub use alike::{Alike, alike, alike_plans};
pub use answers::{Earlier, answers};
pub use find::{Found, FoundPerson, FoundTicket, Wanted, find, suggest};
pub use follow::{catch_up, rebuild, run};
pub use search::Piece;

pub(crate) const TICKET: &str = "ticket";
pub(crate) const PERSON: &str = "person";
