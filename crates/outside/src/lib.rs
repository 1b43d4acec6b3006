//! The one way out to servers of others over HTTP, and the rules for addresses. A name is resolved once, every address it has is judged, and the
//! connection goes to an address that was judged: neither an odd spelling, nor a name that answers differently the
//! second time, nor a redirect leads into the house's own network. Nothing here knows what is asked or why.

mod address;
mod client;

pub use address::{Networks, is_public, may_serve};
pub use client::{Answer, Client, OutsideError, server_of};
