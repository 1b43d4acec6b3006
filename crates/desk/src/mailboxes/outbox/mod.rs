//! What leaves: a row in the transaction of the fact it tells of, with its Message-ID fixed, so that sending it twice
//! is sending the same letter. Automatic letters carry no word of the person who caused them, are marked as automatic,
//! and go past brakes; nothing leaves for an address that was not confirmed, but the one letter that asks.

mod alarm;
mod brakes;
mod fill;
mod links;
mod manners;
mod parts;
mod preview;
mod queue;
mod quoted;
mod render;
mod resend;
mod send;
mod solved;
mod template;
mod templates;

pub use brakes::{Tripped, tripped};
pub use links::path_of;
pub use manners::{Manners, Quote, manners, set_manners};
pub(crate) use parts::escape;
pub use parts::{markdown, markdown_with, markdown_words};
pub use preview::{Preview, preview_reply, preview_template};
pub(super) use queue::unsay;
pub use queue::{Notice, OutgoingKind, OutgoingState, acknowledge, notice, queue_reply, sign_in_link, withdraw};
pub use render::Draft;
pub(super) use resend::heard_from;
pub use resend::{Failed, Resend, call_back, failed, resend};
pub use send::{Prepared, claim_due, failed_for_good, later, list_of, prepare, refused, sent};
pub(super) use send::{find_by_identifiers, last_sent_to, wait};
pub use solved::tell_solved;
pub use template::{Template, TemplateKind, usual as usual_words};
pub use templates::{Changed, Which, changed, restore_template, save_template, template};
