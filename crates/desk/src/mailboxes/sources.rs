//! Mailboxes of other people's servers that the desk fetches its letters from. What signs it in there is sealed; a new
//! server never gets the password of the old one.

mod grant;
mod left;
mod record;
mod seen;
mod state;
mod try_now;

pub(super) use grant::renewed;
pub use grant::{Grant, application, connected};
pub use left::{LeftThere, WhyLeft, left_there, seen_to};
pub(super) use left::{any_left, leave};
pub use record::{Afterwards, Fault, Protection, Protocol, SignIn, Source, SourceFields, secret_of};
pub(super) use record::{is_here, is_host};
pub(super) use seen::{gone, gone_before, known, missed, remembered, saw, words_of};
pub(super) use state::{active, of, renumbered, unsettled};
pub use state::{failed, find, list, reached, remove, set, went_well};
pub use try_now::try_now;
