//! Mail in and out of the desk. Every letter is kept as it came before anybody is told so, then read, then filed, held
//! or recorded with its reason in the ledger; what leaves is a row before it is a letter. Nothing is ever dropped, and
//! nothing automatic ever answers a machine.

pub mod boxes;
mod carrier;
pub mod connecting;
mod counts;
pub mod fetching;
mod findings;
pub mod flood;
mod gist;
pub mod intake;
mod language;
pub mod ledger;
pub mod outbox;
mod pacing;
mod proof;
mod receiver;
pub(crate) mod refusals;
pub mod reply_address;
pub mod rules;
mod runner;
mod screen;
mod senders;
pub mod sending;
mod sentences;
mod show;
pub mod signing;
pub mod sources;
mod tally;
mod thread;
mod traffic;
mod vouching;
pub mod watch;

pub use boxes::{Mailbox, MailboxFields};
pub use carrier::Carrier;
pub use counts::{MailCounts, counts, damaged_letters};
pub use findings::{Findings, Invited, Returned, Sealed};
pub use intake::{Brought, LetterState, Way};
pub use language::guess_language;
pub use ledger::reason_text;
pub use outbox::{OutgoingKind, OutgoingState};
pub use receiver::DeskReceiver;
pub use refusals::{Refused, door_refusal_counts, door_refusals};
pub use runner::Runner;
pub use show::{framed, markdown_html, markdown_of_page, safe_html};
pub use tally::{Account, account, astray, handed_over};
pub use traffic::{MailTimes, Traffic, mail_times, traffic};
