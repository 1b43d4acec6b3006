//! The frame around every handler: the router built from the table, headers, the defence against forged requests, who
//! is asking, and how refusals and faults are answered.

mod app;
mod before;
mod errors;
mod forged;
pub(crate) mod form;
mod headers;
mod peer;
mod throttle;
mod viewer;

pub use app::app;
pub use before::page_before;
pub use errors::{Oops, Outcome};
pub use headers::Nonce;
pub use peer::{Peer, network};
pub use throttle::Throttle;
pub use viewer::{Anyone, CHAT_COOKIE, SESSION_COOKIE, Seen, SignedIn, Staff, cookie, read_cookie, wanted};
