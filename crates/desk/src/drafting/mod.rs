//! Drafts of replies and summaries, written by a server of the administrator's choice that speaks as OpenAI's does
//! (`POST /v1/chat/completions`). Off unless an administrator says otherwise (decision 0025).
//!
//! What leaves the desk: the subject, what the requester and the desk said to each other, and the sources that were shown,
//! with people's names, addresses and numbers taken out. Never a note, a call, a visit or anything of a private team. What
//! comes back is text and nothing else: it is cleaned, its citations are checked, and a person reads it. No verb is called
//! by it and nothing is sent by itself.

mod answer;
mod ask;
mod check;
mod draft;
mod fault;
mod mask;
mod prompt;
mod reply;
mod settings;
mod sources;
mod summary;
mod talk;
mod try_it;
mod turns;

pub use draft::{Cited, Draft, Origin};
pub use fault::{Cause, Fault};
pub use reply::draft_reply;
pub(crate) use settings::is_on;
pub use settings::{NewSettings, Settings, find, set};
pub use summary::summary;
pub use try_it::try_it;
pub(crate) use turns::Turns;

/// What was asked for, or why there is none: the desk did its part either way.
pub type Answered<T> = std::result::Result<T, Fault>;
