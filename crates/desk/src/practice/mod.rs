//! Practice: a solved ticket is given to somebody to work once more, without what names anybody. He writes what he would
//! ask, what he thinks it is and what he would answer; then he sees what was done, and notes what he learnt. Only he and
//! whoever leads him read it.

mod give;
mod list;
mod store;
mod work;

pub use give::{give, offered, remove, restore};
pub use list::{find, list};
pub use store::{Done, Practice};
pub use work::{Work, comment, hand_in, learnt, save};
