//! Outage mode: something many rely on does not work. One banner and one status page say so in both languages,
//! requesters say "me too" with one press instead of opening a ticket, and one answer goes to all tickets it explains,
//! at any time and at the all-clear. What was said stays as its history.
//!
//! Only its title and its updates are for everybody, and only where it is to be shown; the note, the tickets and the
//! people are the desk's.

mod answer;
mod banner;
mod draft;
mod edit;
mod find;
mod link;
mod me_too;
mod open;
mod outage;
mod status;
mod store;
mod tell;
mod undo;
mod uptime;

pub use answer::{AnswerAll, Answered, answer_all, answered};
pub use banner::{Banner, current};
pub use draft::draft_of;
pub use edit::{Recorded, edit};
pub use find::{Detail, Line, Page, find, list, of_ticket};
pub use link::{link, unlink};
pub use me_too::{me_too, take_back};
pub use open::open;
pub use outage::{Effect, Hit, NewOutage, Outage, Phase};
pub use status::{PublicChange, PublicOutage, PublicUpdate, ServiceStatus, Status, status};
pub use store::Update;
pub(crate) use store::{effects_now, services_of_ticket, tickets_of_services};
pub use tell::{Told, tell};
pub use undo::undo;
pub use uptime::DAYS;
