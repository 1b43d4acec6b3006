//! Reviews before sending: what somebody under supervision writes for a requester waits until a senior has read it. A rule
//! says whose words wait and who reads them; words that wait are sent by the ordinary verb, in their author's name, when
//! they are approved. Articles have a review of their own (see `knowledge`); a rule only keeps their authors from
//! publishing alone.
//!
//! Nothing waits unseen: it is everybody's of the team when the one named cannot read it, or has not after some hours.
//! What waits is read by its author, its reviewers and supervisors, and never by a requester: it is no message yet.

mod change;
mod decide;
mod gate;
mod hand_in;
mod list;
mod review;
mod rule;
mod rules;
mod show;
mod store;
mod undo;

pub use change::{hand_in_again, take_back};
pub use decide::{Read as SeenAs, approve, send_back};
pub(crate) use gate::{holds_article, must_not_be_planned, must_not_solve, must_not_wait};
pub use hand_in::{FALLS_AFTER, Handed, reply, solve};
pub use list::{Line, lines, mine_count};
pub use review::{Review, State, Version, Words};
pub use rule::{NewRule, Rule, What};
pub use rules::{NamedRule, add_rule, may_rule, remove_rule, rules, undo_rule};
pub use show::{Notice, Shown, find, of_ticket};
pub use undo::undo;
pub(crate) use undo::{undo_approved, undo_asked, undo_returned};
