//! The house's own targets, in working time: what is promised where no policy says otherwise.

use crate::clock::HOUR;
use crate::tickets::Priority;

db::text_enum! {
    /// What is promised: a first reply, a next reply whenever the requester writes again, a solution.
    pub enum Target { Reply => "reply", Answer => "answer", Solve => "solve" }
}

/// Working microseconds for each target; `None` where nothing is promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    pub reply: Option<i64>,
    pub answer: Option<i64>,
    pub solve: Option<i64>,
}

impl Targets {
    pub fn of(&self, target: Target) -> Option<i64> {
        match target {
            Target::Reply => self.reply,
            Target::Answer => self.answer,
            Target::Solve => self.solve,
        }
    }
}

pub fn targets(priority: Priority) -> Targets {
    let (reply, solve) = match priority {
        Priority::Urgent => (1, 4),
        Priority::High => (2, 8),
        Priority::Normal => (4, 16),
        Priority::Low => (8, 40),
    };
    Targets {
        reply: Some(reply * HOUR),
        answer: None,
        solve: Some(solve * HOUR),
    }
}
