//! What leaves: a row in the transaction of the fact it tells of, with its Message-ID fixed, so that sending it twice
//! is sending the same letter. Automatic letters carry no word of the person who caused them, are marked as automatic,
//! and go past brakes; nothing leaves for an address that was not confirmed, but the one letter that asks.

mod alarm;
mod brakes;
mod links;
mod parts;
mod queue;
mod render;
mod resend;
mod send;
mod solved;

pub use brakes::tripped;
pub use links::path_of;
pub use parts::{markdown, markdown_words};
pub(super) use queue::unsay;
pub use queue::{Notice, OutgoingKind, OutgoingState, acknowledge, notice, queue_reply, sign_in_link, withdraw};
pub use render::Draft;
pub(super) use resend::heard_from;
pub use resend::{Failed, Resend, call_back, failed, resend};
pub use send::{Prepared, claim_due, failed_for_good, later, list_of, prepare, sent};
pub(super) use send::{find_by_identifiers, last_sent_to};
pub use solved::tell_solved;
