//! Mail through the desk: what joins a ticket and what does not, what is answered and what never is, what leaves.

mod automatic;
mod connecting;
mod corpus;
pub(crate) mod desk;
mod fetching;
mod filing;
mod ledger_undo;
mod loops;
mod moving;
mod outgoing;
mod pacing;
mod proof;
mod resend;
mod returned;
mod signing;
mod solved;
mod sources;
mod templates;
mod threading;
