//! The live team board: what is open and late, what came in and was solved by the hour against what is usual, who has what
//! now, how old it is, who covers which topic, and what is asked most.
//!
//! The figures are sums that the follower of the reports keeps (`standing`, `sums`): they can be built anew from the
//! tickets, and a test does so and compares. What a person has is what is in his hands now; nothing here counts what he
//! did, and nobody is ranked.

mod cover;
mod day;
mod needs;
mod people;
mod scope;
mod show;
mod standing;
mod sums;
mod trend;

pub use cover::{Cover, CoverLine};
pub use day::{Day, FEW_WEEKS, Shown, Usual, WEEKS};
pub use needs::{Need, Why};
pub use people::{BEADS, Hand, Load};
pub use scope::teams_of_board;
pub use show::{Aged, Asked, Board, Figures, board};
pub use trend::{Part, Trend};

pub(crate) use standing::count;
pub(crate) use sums::clear;
