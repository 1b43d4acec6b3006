//! Groups of similar recent tickets, each perhaps a problem nobody has named yet; and among them those of which many came
//! suddenly, perhaps an outage.
//!
//! Only tickets of the last fortnight are asked for their like, each once; so a look takes the same time however many
//! tickets there are. Tickets of private teams are not asked: the words a group has in common are shown to everybody.

mod cluster;
mod look;
mod offer;
mod settle;
mod store;
mod words;

pub use look::{look_for_groups, look_now};
pub use offer::{Group, GroupTicket, dismiss_group, groups, offer_group_again, open_group};
pub use store::recent_plan;

use crate::clock::{DAY, Time};

/// How long a ticket is recent.
const RECENT: i64 = 14 * DAY;

fn recent_since(now: Time) -> Time {
    now.plus(-RECENT)
}
