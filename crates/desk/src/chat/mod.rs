//! Live chat: a visitor asks, waits for his turn, talks with a technician. The chat is a ticket of channel chat and each
//! line one of its messages, stored before anybody is told that it was sent; so the transcript is the ticket.
//!
//! Never here: typing (`web` passes it on and forgets it), and any page. What a visitor may do he may do by the secret
//! his browser was given, and it opens this one talk only.

mod end;
mod hand_over;
mod key;
mod line;
mod offer;
mod queue;
mod record;
mod reply;
mod rules;
mod say;
mod seen;
mod sentences;
mod share;
mod start;
mod store;
mod sweep;
mod take;
mod transcript;

pub use end::{end, end_own};
pub use hand_over::hand_over;
pub use key::{by_secret, fresh_key};
pub use line::{LineRow, MOST_IN_A_LINE, NewLine, lines};
pub use offer::{Offer, offer, week};
pub use queue::{QueueRow, find, open_chats, place, waiting_count};
pub use record::{Chat, ChatState, GONE_AFTER};
pub use reply::reply;
pub use rules::{Hours, NewRules, Rules, change_rules};
pub use say::say;
pub use seen::seen;
pub use share::{MOST_TAKEN, Share, set_share, share};
pub use start::{NewChat, start};
pub use sweep::{sweep, sweep_now};
pub use take::take;
