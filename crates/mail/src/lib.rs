//! Mail as an instrument: a letter and its defects on the way in, a letter made of typed values
//! on the way out, and the SMTP and LMTP conversations on both sides.
//!
//! Nothing here knows what a letter is used for, reads the clock or keeps anything on disk.
//! Whatever arrives is hostile: every function is total, bounded in time and memory, and says in
//! words what it could not do.

pub mod compose;
pub mod dkim;
pub mod fetch;
mod forward;
pub mod html;
mod imap;
mod letter;
pub mod mbox;
mod names;
mod nature;
pub mod oauth;
pub mod outbound;
mod parse;
mod pop3;
pub mod quote;
pub mod smtp;
pub mod vouch;

pub use compose::{AutoSubmitted, ComposeError, Outgoing, Picture, compose};
pub use letter::{
    Address, Attachment, Defect, Excess, Feedback, Forwarded, Invitation, Letter, Moment, Protection, Recipient,
    Report, ReportKind, Role, Scheme,
};
pub use names::safe_name;
pub use nature::{Nature, Own, must_not_answer, must_not_answer_knowing, nature, nature_knowing};
pub use outbound::{Accepted, Offered, Refusal, Relay, SendError};
pub use parse::{Spent, parse, parse_measured};
