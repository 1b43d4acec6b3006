//! A letter on its way in: kept as it came, in the transaction after which the sender is told 250; read by a job;
//! filed, held or recorded in one more transaction, with the reason in the ledger. Reading a letter twice files it
//! once, and a letter that cannot be read stays, held, for a technician.

mod came;
mod decide;
mod deliver;
mod imported;
mod keep;
mod logged;
mod outcome;
mod passed_on;
mod read;
mod refresh;
mod returned;
mod room;

pub use came::OPEN_DAYS;
pub use keep::{Brought, LetterState, Way, brought_by, keep, keep_from_file};
pub use outcome::reason_keys;
pub(super) use outcome::{DISMISSED, MAILBOX_STORM, RELEASED_NEW, RELEASED_TICKET, STORM, split_reason};
pub use read::{give_up, read};
pub(crate) use room::Room;
