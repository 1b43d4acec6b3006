//! The event log: one line for each thing that happened, in the transaction of the fact. Everything that follows (the
//! index, live pages, letters, statistics) reads it from here and can be rebuilt from it.

mod behind;
mod difference;
mod follow;
mod log;

pub use behind::{Behind, behind};
pub(crate) use difference::{difference, put_back};
pub use follow::{Cursor, cursor_of, give_lease_back, hold_lease, newest, plan as follow_plan, since, store_cursor};
pub use log::{Event, EventKind, Fact, find, history, record};
