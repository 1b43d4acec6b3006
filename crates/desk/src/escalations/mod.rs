//! Escalations: work handed over with a packet that says everything the next one needs, so that he asks the requester
//! nothing twice: to another team, to a group outside the desk, or to a supervisor. Whoever gets it takes it, or sends it
//! back with a reason; completed it goes again, as the next round.
//!
//! A packet is read by whoever may read all of its ticket, and never by a requester. Counts are of teams and topics, never
//! of a person.

mod answer;
mod assemble;
mod contact;
mod counts;
mod draft;
mod escalation;
mod hand_over;
mod list;
mod packet;
mod rounds;
mod store;
mod undo;

pub use answer::{accept, may_answer, send_back};
pub use assemble::{Assembled, assemble};
pub use contact::contact_of;
pub use counts::{Counted, Sums, counted};
pub use draft::keep;
pub use escalation::{Escalation, Group, Kind, Recorded, State, To};
pub use hand_over::hand_over;
pub use list::{Line, Tally, Which, count, find, list, of_ticket, tally};
pub use packet::{MOST_TRIED, Packet, Tried};
pub use rounds::{Difference, Part, Round, differences, rounds};
pub(crate) use undo::taken_back;
pub use undo::undo;
