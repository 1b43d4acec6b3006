//! Mail through the desk: what joins a ticket and what does not, what is answered and what never is, what leaves.

mod automatic;
mod both;
mod connecting;
mod corpus;
pub(crate) mod desk;
mod doors;
mod fetching;
mod filing;
mod flood;
mod hostile;
mod loops;
mod moving;
mod outgoing;
mod pacing;
mod proof;
mod repeated;
mod replayed;
mod resend;
mod retiring;
mod returned;
mod signing;
mod solved;
mod sources;
mod stubborn;
mod templates;
mod threading;
