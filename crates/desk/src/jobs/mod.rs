//! Work to be done later: rows written with the fact they follow. "Try again" and "give up" are different answers, and
//! every kind of job is safe to run twice.

mod again;
mod queue;
mod run;

pub use again::{GivenUp, given_up, try_again};
pub use queue::{Job, JobKind, claim, counts, done, enqueue, give_up, postpone, retry, take_back};
pub use run::{run, run_due};
