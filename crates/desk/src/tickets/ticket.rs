//! One ticket as it is kept, and the rules that tie its fields together.

use serde::{Deserialize, Serialize};

use super::priority::{Impact, Priority, Urgency, priority_of};
use crate::access::TicketFacts;
use crate::clock::Time;
use crate::house::House;
use crate::ids::{OrganizationId, PersonId, PolicyId, TeamId, TicketNumber, TopicId};
use crate::sla::{self, Clocks, Facts, Rule};
use crate::words::Lang;

db::text_enum! {
    pub enum Status {
        New => "new", Open => "open", Pending => "pending", OnHold => "on_hold", Solved => "solved", Closed => "closed",
    }
}
db::text_enum! {
    pub enum Channel {
        Mail => "mail", Portal => "portal", Chat => "chat", Phone => "phone", InPerson => "in_person",
        Alert => "alert", Api => "api",
    }
}

/// What a status means for lists. Kept as a number beside the status, so that one index serves every list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Somebody here must act.
    Active = 0,
    /// Waiting for the requester, for others, or for the moment a person put it away until.
    Waiting = 1,
    Done = 2,
}

impl Status {
    pub fn stage(self) -> Stage {
        match self {
            Status::New | Status::Open => Stage::Active,
            Status::Pending | Status::OnHold => Stage::Waiting,
            Status::Solved | Status::Closed => Stage::Done,
        }
    }
}

db::table! {
    /// A row of `ticket`. Private teams and other people's requests are kept back by `access`, which is why a row can
    /// only be had through `find_visible` or a list.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub struct Ticket {
        pub number: TicketNumber,
        pub subject: String,
        pub status: Status,
        pub stage: i64,
        pub impact: Impact,
        pub urgency: Urgency,
        pub priority: Priority,
        pub priority_set: bool,
        pub channel: Channel,
        pub language: Lang,
        pub topic: Option<TopicId>,
        pub team: Option<TeamId>,
        pub assignee: Option<PersonId>,
        pub requester: PersonId,
        pub organization: Option<OrganizationId>,
        pub confirmed: bool,
        pub merged_into: Option<TicketNumber>,
        pub waiting_for: String,
        pub created_at: Time,
        pub updated_at: Time,
        pub replied_at: Option<Time>,
        pub solved_at: Option<Time>,
        pub closed_at: Option<Time>,
        pub reply_due: Time,
        pub solve_due: Time,
        pub next_due: Time,
        pub paused_at: Option<Time>,
        pub paused_work: i64,
        pub requester_spoke_at: Option<Time>,
        /// Put away until then: it stands among what waits, and comes back by itself.
        #[serde(default)]
        pub snoozed_until: Option<Time>,
        /// Whose promise it has; none: the house's own.
        #[serde(default)]
        pub policy: Option<PolicyId>,
        /// Since when its requester waits for a next reply, and the working time that had been paused by then.
        #[serde(default)]
        pub asked_at: Option<Time>,
        #[serde(default)]
        pub asked_paused: i64,
        pub answer_due: Time,
        /// When its clock has something to say next.
        pub alarm_at: Time,
    }
}

impl TicketFacts for Ticket {
    fn number(&self) -> TicketNumber {
        self.number
    }
    fn requester(&self) -> PersonId {
        self.requester
    }
    fn organization(&self) -> Option<OrganizationId> {
        self.organization
    }
    fn team(&self) -> Option<TeamId> {
        self.team
    }
}

impl Ticket {
    /// Moves to another status: the clock stops when it leaves the active stage and goes on when it comes back.
    pub(super) fn become_status(&mut self, status: Status, now: Time, house: &House) {
        let was_active = self.status.stage() == Stage::Active;
        let is_active = status.stage() == Stage::Active;
        if was_active && !is_active {
            self.paused_at = Some(now);
        }
        if !was_active
            && is_active
            && let Some(from) = self.paused_at.take()
        {
            self.paused_work = self.paused_work.saturating_add(sla::work_paused(
                &house.promises.by_id(self.policy).calendar,
                from,
                now,
            ));
        }
        self.status = status;
        if status != Status::Solved && status != Status::Closed {
            self.solved_at = None;
            self.closed_at = None;
        }
        if status.stage() != Stage::Waiting {
            self.waiting_for.clear();
        }
    }

    /// Brings the derived columns in line with the others. Called before every save.
    pub(crate) fn settle(&mut self, house: &House) {
        if self.status.stage() == Stage::Done || self.merged_into.is_some() {
            self.snoozed_until = None;
        }
        let snoozed = self.snoozed_until.is_some();
        self.stage = if snoozed { Stage::Waiting } else { self.status.stage() } as i64;
        if !self.priority_set {
            self.priority = priority_of(self.impact, self.urgency);
        }
        let rule = house.promises.of_ticket(&self.facts());
        self.policy = rule.id();
        self.settle_clock(rule);
    }

    /// Due times and the next alarm by this rule.
    pub(crate) fn settle_clock(&mut self, rule: &Rule) {
        let (targets, clocks) = (rule.targets(self.priority), self.clocks());
        let dues = sla::dues(&rule.calendar, &targets, &clocks, self.status);
        (self.reply_due, self.answer_due, self.solve_due) = (dues.reply, dues.answer, dues.solve);
        (self.next_due, self.alarm_at) = (dues.next, Time::NEVER);
        if self.merged_into.is_some() {
            self.next_due = Time::NEVER;
        } else if let Some(first) = sla::moments(rule, &targets, &clocks, self.status).first() {
            // What was said already is found out when it comes up; see `ring`.
            self.alarm_at = first.at;
        }
    }

    fn facts(&self) -> Facts {
        Facts {
            topic: self.topic,
            priority: self.priority,
            team: self.team,
            organization: self.organization,
            requester: self.requester,
            channel: self.channel,
        }
    }

    pub(crate) fn clocks(&self) -> Clocks {
        Clocks {
            created_at: self.created_at,
            replied_at: self.replied_at,
            asked_at: self.asked_at,
            asked_paused: self.asked_paused,
            paused_work: self.paused_work,
        }
    }
}
