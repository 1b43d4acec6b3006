//! Problems and known errors: one cause behind several tickets, what is known of it in English and in French, and everybody
//! affected told once it is mended. Groups of similar recent tickets are found in the background and offered as a possible
//! problem.
//!
//! For staff alone: a requester never sees a problem, not by search and not by count. What a problem knows of tickets goes
//! past the policy, ticket by ticket; those of closed teams are neither shown nor counted. So nothing of a ticket is copied
//! into a problem here, only what a person writes into it.

mod affected;
mod change;
mod check;
mod close;
mod edit;
mod groups;
mod known;
mod link;
mod list;
mod open;
mod problem;
mod store;
mod tell;
mod undo;

pub use affected::{Affected, Counts, Days, affected, counts, per_day};
pub use change::Changed;
pub use close::{close, reopen};
pub use edit::{edit, written};
pub use groups::{
    Group, GroupTicket, dismiss_group, groups, look_for_groups, look_now, offer_group_again, open_group, recent_plan,
};
pub use known::{become_known, find_fix};
pub(crate) use link::undo_link;
pub use link::{link, of_shown, of_ticket, unlink};
pub use list::{ON_A_PAGE, Page, Row, find, history, history_plan, list, own_event};
pub use open::open;
pub use problem::{NewProblem, Part, Problem, ProblemState, name_of, parse_name};
pub use store::any_public;
pub(crate) use store::{matched, numbers_after};
pub use tell::{
    NewTelling, Preview, Progress, Solved, TellingState, last_telling, preview, progress, solve, tell_when_due,
};
pub use undo::undo;
