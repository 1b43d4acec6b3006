//! Changes: the log of what was altered in systems, when, by whom, and with what result. A small one is one line, done
//! at once; a risky one is planned, approved by another person, carried out and, where it fails, backed out. The log
//! answers the first question of every diagnosis: what changed before it broke.
//!
//! Every member of the staff reads it; requesters see only what a change announces to them.

mod approve;
mod around;
mod calendar;
mod carry_out;
mod change;
mod edit;
mod link;
mod list;
mod open;
mod rules;
mod store;
mod undo;

pub use approve::{approve, ask, refuse};
pub use around::{After, Before, Touch, WINDOW, after, before};
pub use calendar::{Entry, calendar};
pub use carry_out::{Finish, Outcome, finish, start};
pub use change::{Change, NewChange, Risk, State};
pub use edit::{Recorded, edit};
pub use link::{link, links, of_ticket, unlink};
pub use list::{Asked, Page, find, list, may_decide_on, waiting_for_approval};
pub use open::{log, open};
pub(crate) use rules::approval_from;
pub use rules::{APPROVAL_SETTING, change_approval};
pub(crate) use store::{announced, under_way};
pub use undo::undo;
