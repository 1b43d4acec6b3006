//! Words that wait, as they are kept.

use db::Packed;

use super::rule::What;
use crate::clock::Time;
use crate::ids::{EventId, PersonId, ReviewId, TeamId, TicketNumber};
use crate::tickets::{NewMessage, Solution, Status};

db::text_enum! {
    pub enum State {
        Waiting => "waiting",
        /// Sent back to its author, with words.
        Returned => "returned",
        TakenBack => "taken_back",
        Approved => "approved",
    }
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct Review {
        pub id: ReviewId,
        /// Where it was written; merged away, it is sent on the ticket kept.
        pub ticket: TicketNumber,
        /// A reply or a solution.
        pub what: What,
        pub author: PersonId,
        /// The one named.
        pub reviewer: Option<PersonId>,
        pub state: State,
        pub then_status: Option<Status>,
        pub minutes: Option<i64>,
        /// Whom it is for, and whose the ticket was, when it was handed in.
        pub requester: PersonId,
        pub team: Option<TeamId>,
        pub assignee: Option<PersonId>,
        /// The newest message then.
        pub seen: i64,
        /// From then on it is everybody's of the team.
        pub falls_at: Time,
        pub handed_at: Time,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<Time>,
        /// The line of the log that sent it.
        pub event: Option<EventId>,
        pub revision: i64,
        pub created_at: Time,
    }
}

db::table! {
    /// What was handed in, or what the reviewer made of it.
    #[derive(Clone, Debug)]
    pub struct Version {
        pub id: i64,
        pub writer: PersonId,
        pub body: Packed,
        pub cause: Packed,
        pub steps: Packed,
        pub helped: Packed,
        /// What was said when it was sent back.
        pub words: String,
        pub at: Time,
    }
}

/// The words themselves: of a reply the body, of a solution the other three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub body: String,
    pub cause: String,
    pub steps: String,
    pub helped: String,
}

impl Version {
    pub fn text(&self) -> Words {
        Words {
            body: self.body.0.clone(),
            cause: self.cause.0.clone(),
            steps: self.steps.0.clone(),
            helped: self.helped.0.clone(),
        }
    }
}

impl Words {
    pub(super) fn of_reply(new: &NewMessage) -> Words {
        Words {
            body: new.body.trim_end().to_string(),
            ..Words::default()
        }
    }

    pub(super) fn of_solution(solution: &Solution) -> Words {
        Words {
            body: String::new(),
            cause: solution.cause.trim().to_string(),
            steps: solution.steps.trim().to_string(),
            helped: solution.helped.trim().to_string(),
        }
    }

    pub(super) fn solution(&self) -> Solution {
        Solution {
            cause: self.cause.clone(),
            steps: self.steps.clone(),
            helped: self.helped.clone(),
        }
    }

    /// As typed into a form for this kind: fields of the other kind are left out, and ends are trimmed.
    pub(super) fn tidied(&self, what: What) -> Words {
        match what {
            What::Solution => Words::of_solution(&self.solution()),
            _ => Words {
                body: self.body.trim_end().to_string(),
                ..Words::default()
            },
        }
    }
}
