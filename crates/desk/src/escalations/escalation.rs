//! One escalation as it is kept, and to whom it goes. Pure.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::ids::{EscalationId, EventId, PersonId, TeamId, TicketNumber, TopicId};
use crate::words::{Catalog, Lang};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../locales/en-CA/escalations.ftl")),
        (Lang::Fr, include_str!("../../locales/fr-CA/escalations.ftl")),
    ])
});

db::text_enum! {
    pub enum State {
        /// Handed over, and nobody there has answered.
        Waiting => "waiting",
        Accepted => "accepted",
        /// Sent back with a reason: it can be completed and handed over again.
        Returned => "returned",
        /// Taken back before anybody answered.
        Withdrawn => "withdrawn",
    }
}
db::text_enum! {
    pub enum Kind { Team => "team", Group => "group", Supervisor => "supervisor" }
}
db::text_enum! {
    /// Groups outside the desk, as the field names them. They have no door here: what they answer is written down by
    /// whoever keeps the ticket.
    pub enum Group {
        Network => "network",
        Developers => "developers",
        Analysts => "analysts",
        Security => "security",
        Testing => "testing",
    }
}

impl Group {
    pub fn name(self, lang: Lang) -> String {
        CATALOG.text(lang, &format!("group-{self}"), &[])
    }
}

/// To whom it is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Team(TeamId),
    Group(Group),
    Supervisor(PersonId),
}

impl To {
    /// `team:3`, `group:network`, `supervisor:7`: as forms and programs write it.
    pub fn parse(text: &str) -> Option<To> {
        let (kind, which) = text.split_once(':')?;
        match Kind::parse(kind)? {
            Kind::Team => Some(To::Team(TeamId(which.parse().ok()?))),
            Kind::Group => Some(To::Group(Group::parse(which)?)),
            Kind::Supervisor => Some(To::Supervisor(PersonId(which.parse().ok()?))),
        }
    }

    /// The other way round.
    pub fn written(self) -> String {
        match self {
            To::Team(team) => format!("team:{team}"),
            To::Group(group) => format!("group:{group}"),
            To::Supervisor(person) => format!("supervisor:{person}"),
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            To::Team(_) => Kind::Team,
            To::Group(_) => Kind::Group,
            To::Supervisor(_) => Kind::Supervisor,
        }
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub struct Escalation {
        pub id: EscalationId,
        pub ticket: TicketNumber,
        pub state: State,
        pub kind: Kind,
        pub to_team: Option<TeamId>,
        pub to_group: Option<Group>,
        pub to_person: Option<PersonId>,
        /// Where it goes back to when it is returned.
        pub from_team: Option<TeamId>,
        pub from_assignee: Option<PersonId>,
        pub topic: Option<TopicId>,
        /// Who stays the requester's contact.
        pub contact: Option<PersonId>,
        pub taken_by: Option<PersonId>,
        /// Which time it is handed over, from 1.
        pub round: i64,
        pub sent_by: PersonId,
        pub sent_at: Time,
        /// The last deed: it alone can be taken back.
        pub event: Option<EventId>,
        pub created_at: Time,
    }
}

impl Escalation {
    pub fn to(&self) -> Option<To> {
        match self.kind {
            Kind::Team => self.to_team.map(To::Team),
            Kind::Group => self.to_group.map(To::Group),
            Kind::Supervisor => self.to_person.map(To::Supervisor),
        }
    }

    pub(super) fn goes_to(&mut self, to: To) {
        (self.to_team, self.to_group, self.to_person) = (None, None, None);
        self.kind = to.kind();
        match to {
            To::Team(team) => self.to_team = Some(team),
            To::Group(group) => self.to_group = Some(group),
            To::Supervisor(person) => self.to_person = Some(person),
        }
    }

    /// Somebody there has it, or is to answer.
    pub(super) fn is_out(&self) -> bool {
        matches!(self.state, State::Waiting | State::Accepted)
    }
}

impl EscalationId {
    /// As people say and write it: `E-12`.
    pub fn shown(self) -> String {
        format!("E-{self}")
    }
}

/// What a verb answers: which escalation, and the event that can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub id: EscalationId,
    pub event: EventId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_whom_it_goes_is_read_as_it_is_written() {
        for to in [
            To::Team(TeamId(3)),
            To::Group(Group::Security),
            To::Supervisor(PersonId(7)),
        ] {
            assert_eq!(To::parse(&to.written()), Some(to));
        }
        for nonsense in ["", "team", "team:x", "group:plumbers", "person:7"] {
            assert_eq!(To::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn every_group_has_a_name_in_both_languages() {
        for group in Group::ALL {
            for lang in [Lang::En, Lang::Fr] {
                assert!(CATALOG.has(lang, &format!("group-{group}")), "{group}");
            }
        }
    }
}
