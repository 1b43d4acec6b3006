//! The views every technician has.

use super::condition::{Condition, Who};

db::text_enum! {
    pub enum Standard { Mine => "mine", Unassigned => "unassigned", Waiting => "waiting", Watching => "watching", Everyone => "everyone" }
}

impl Standard {
    pub fn condition(self) -> Condition {
        match self {
            Standard::Mine => Condition::All(vec![Condition::Assignee(vec![Who::Me]), Condition::Active]),
            Standard::Unassigned => Condition::All(vec![Condition::Assignee(vec![Who::Nobody]), Condition::Active]),
            Standard::Waiting => Condition::Waiting,
            Standard::Watching => Condition::All(vec![Condition::Watched, Condition::Unsolved]),
            Standard::Everyone => Condition::Unsolved,
        }
    }
}
