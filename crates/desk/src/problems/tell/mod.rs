//! Solved once, and everybody affected is told: each linked ticket that is still open is answered in its requester's
//! language and solved with the fix, by the same verbs as if it were done by hand. So the letters wait as long as they may
//! be taken back, the clocks stop, and nobody who is told this way is told again by the letter that says "solved".
//!
//! A few tickets are done at once, the rest by a job, a few at a time. That a ticket was done is written in the transaction
//! of its letter: a step that dies is done anew from the beginning, and no letter twice.

mod progress;
mod solve;
mod step;
mod take_back;
mod words;

pub use progress::{Progress, last_telling, progress};
pub use solve::{Solved, solve};
pub use step::tell_when_due;
pub(super) use take_back::take_back;
pub use words::{NewTelling, Preview, preview};

db::text_enum! {
    /// What became of one ticket.
    pub enum TellingState {
        Waiting => "waiting",
        Told => "told",
        /// Left as it was; the reason is the key of a sentence.
        Left => "left",
        TakenBack => "taken_back",
    }
}
