//! A review and its five questions. Pure.

use std::collections::BTreeMap;

use crate::access::Viewer;
use crate::clock::Time;
use crate::ids::{PersonId, QualityReviewId, RuleId, TeamId, TicketNumber};

db::text_enum! {
    pub enum Question {
        /// Did we understand the problem?
        Understood => "understood",
        /// Was the answer right?
        Right => "right",
        /// Was it plain and polite?
        Plain => "plain",
        /// Was it recorded so that the next can use it?
        Recorded => "recorded",
        /// Was the promise kept?
        Kept => "kept",
    }
}
db::text_enum! {
    pub enum Answer {
        Yes => "yes",
        Partly => "partly",
        No => "no",
        /// It does not apply.
        None => "none",
    }
}
db::text_enum! {
    pub enum State { Waiting => "waiting", Done => "done", Dropped => "dropped" }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub id: QualityReviewId,
    pub ticket: TicketNumber,
    pub person: PersonId,
    pub team: TeamId,
    pub rule: Option<RuleId>,
    pub picked_by: Option<PersonId>,
    pub state: State,
    pub words: String,
    pub reviewer: Option<PersonId>,
    pub created_at: Time,
    pub done_at: Option<Time>,
    pub answers: BTreeMap<Question, Answer>,
}

impl Review {
    /// Of a team he leads, and never about himself.
    pub fn is_led_by(&self, viewer: &Viewer) -> bool {
        viewer.is_staff() && viewer.leads.contains(&self.team) && viewer.person != self.person
    }

    /// The leads of the team, and the person once it is filled.
    pub(super) fn is_for(&self, viewer: &Viewer) -> bool {
        let own = viewer.is_staff() && viewer.person == self.person && self.state == State::Done;
        own || self.is_led_by(viewer)
    }
}
