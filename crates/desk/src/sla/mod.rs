//! Promises: when a first reply and a solution are due. Pure rules over the house calendar.

mod clock;
mod targets;

pub use clock::{Clocks, recompute, work_paused};
pub use targets::{Targets, targets};
