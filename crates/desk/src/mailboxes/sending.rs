//! A way out of a mailbox's own: the submission server its letters are handed to (RFC 6409) when they do not leave as the
//! desk's others do. It signs in with a password that is sealed, or with what the mailbox's provider granted when it was
//! connected for fetching. How it goes is written beside it; while it does not go the letters wait.

mod record;
mod relay;
mod state;

pub use record::{Sending, SendingFields, SignsInWith};
pub(super) use relay::{Own, Ways};
pub(super) use state::{any, connected, look, of_letter, uses_grant};
pub use state::{failed, find, in_use, remove, set, went_well};
