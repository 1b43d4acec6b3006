//! Replies that leave at their own time: written now, sent by a job, exactly once, as if their author wrote them then.
//! Whatever changed meanwhile that would make him think again (a new word, another requester, a solved ticket, a right
//! that is gone) holds the reply; nothing is ever sent blindly.

mod plan;
mod send;
mod store;

pub(super) use plan::{called_off, plan_again, withdraw};
pub use plan::{plan_reply, unplan, unplan_to_edit};
pub use send::{send_now, send_when_due};
pub use store::{Planned, PlannedState, planned};
