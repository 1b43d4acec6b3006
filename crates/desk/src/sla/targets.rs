//! The default promise until policies are set, in working time.

use crate::clock::HOUR;
use crate::tickets::Priority;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Targets {
    /// Working microseconds until the first reply.
    pub reply: i64,
    /// Working microseconds until the solution.
    pub solve: i64,
}

pub fn targets(priority: Priority) -> Targets {
    let (reply, solve) = match priority {
        Priority::Urgent => (1, 4),
        Priority::High => (2, 8),
        Priority::Normal => (4, 16),
        Priority::Low => (8, 40),
    };
    Targets {
        reply: reply * HOUR,
        solve: solve * HOUR,
    }
}
