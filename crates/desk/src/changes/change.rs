//! A change as it is kept, and the rules that tie its fields together. Pure.

use serde::{Deserialize, Serialize};

use crate::clock::{DAY, Time};
use crate::error::Checks;
use crate::ids::{ChangeNumber, PersonId, ServiceId};
use crate::words::Both;

db::text_enum! {
    pub enum Risk { Low => "low", Medium => "medium", High => "high" }
}
db::text_enum! {
    pub enum State {
        Draft => "draft",
        /// Somebody is asked to approve it.
        Asked => "asked",
        Approved => "approved",
        Refused => "refused",
        InProgress => "in_progress",
        Done => "done",
        Failed => "failed",
        BackedOut => "backed_out",
    }
}

impl State {
    /// Nothing more is to be done.
    pub fn is_over(self) -> bool {
        matches!(self, State::Done | State::Failed | State::BackedOut)
    }

    /// Somebody was asked, or has decided: an edit of the plan makes it a draft again.
    pub(super) fn is_decided(self) -> bool {
        matches!(self, State::Asked | State::Approved | State::Refused)
    }
}

impl ChangeNumber {
    /// As people say and write it: `C-88`.
    pub fn shown(self) -> String {
        format!("C-{self}")
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub number: ChangeNumber,
    pub title: String,
    /// What is done, in Markdown.
    pub words: String,
    pub state: State,
    pub risk: Risk,
    /// As planned.
    pub begins_at: Option<Time>,
    pub ends_at: Option<Time>,
    /// As it was.
    pub started_at: Option<Time>,
    pub ended_at: Option<Time>,
    pub site: String,
    pub back_out: String,
    /// How it went.
    pub result: String,
    /// What requesters are told of it on the status page; nothing, where it is empty.
    pub notice: Both,
    /// Who makes it.
    pub owner: PersonId,
    pub opened_by: PersonId,
    pub asked_by: Option<PersonId>,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Time>,
    /// The words of whoever decided.
    pub decision: String,
    pub services: Vec<ServiceId>,
    /// By their names, as people write them.
    pub devices: Vec<String>,
    pub removed: bool,
    pub revision: i64,
    pub created_at: Time,
}

impl Change {
    /// From when on it counts for lists and the calendar: as it was, else as planned.
    pub fn from_at(&self) -> Time {
        self.started_at.or(self.begins_at).unwrap_or(self.created_at)
    }

    pub fn to_at(&self) -> Time {
        let planned = self.ends_at.or(self.begins_at);
        let until = self.ended_at.or(planned).unwrap_or(self.from_at());
        until.max(self.from_at())
    }

    /// It was made, or is being made, without the approval the house asks for at this risk.
    pub fn lacks_approval(&self, from: Option<Risk>) -> bool {
        let approved = self.decided_by.is_some() && self.state != State::Refused;
        self.started_at.is_some() && needs_approval(self.risk, from) && !approved
    }

    /// It is going to be made, or is being made: what it announces may be told.
    pub(crate) fn is_settled(&self, from: Option<Risk>) -> bool {
        let drafted = self.state == State::Draft && !needs_approval(self.risk, from);
        drafted || matches!(self.state, State::Approved | State::InProgress)
    }

    /// Whoever has a part in it approves nothing.
    pub(super) fn is_party(&self, person: PersonId) -> bool {
        self.owner == person || self.opened_by == person || self.asked_by == Some(person)
    }
}

/// Whether a change of this risk is approved by another person first; `from` is the rule of the house.
pub(super) fn needs_approval(risk: Risk, from: Option<Risk>) -> bool {
    from.is_some_and(|from| risk >= from)
}

/// What is said of a change when it is written down, and when it is edited: it is given whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewChange {
    pub title: String,
    pub words: String,
    pub risk: Option<Risk>,
    pub begins_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub site: String,
    pub back_out: String,
    pub notice: Both,
    /// Whoever writes it down, when nobody is named.
    pub owner: Option<PersonId>,
    pub services: Vec<ServiceId>,
    pub devices: Vec<String>,
}

const MOST_SERVICES: usize = 50;
const MOST_DEVICES: usize = 50;
/// Nobody plans further.
const FURTHEST: i64 = 10 * 366 * DAY;

impl NewChange {
    /// Tidied: one name once, nothing empty.
    pub(super) fn device_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.devices.iter().map(|name| name.trim()) {
            let known = names.iter().any(|kept| kept.to_lowercase() == name.to_lowercase());
            if !name.is_empty() && !known {
                names.push(name.to_string());
            }
        }
        names
    }

    pub(super) fn service_ids(&self) -> Vec<ServiceId> {
        let mut ids = self.services.clone();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// All that can be said without looking anything up.
    pub(super) fn check(&self, checks: &mut Checks) {
        let one_line = |text: &str| !text.trim().chars().any(char::is_control);
        let devices = self.device_names();
        let fits = devices.iter().all(|name| name.chars().count() <= 100 && one_line(name));
        checks
            .text(&self.title, 250, "title")
            .check(one_line(&self.title), "title", "refused-one-line")
            .at_most(&self.words, 50_000, "words")
            .at_most(&self.back_out, 20_000, "back_out")
            .at_most(&self.site, 200, "site")
            .check(one_line(&self.site), "site", "refused-one-line")
            .at_most(&self.notice.en, 2000, "notice_en")
            .at_most(&self.notice.fr, 2000, "notice_fr")
            .check(fits && devices.len() <= MOST_DEVICES, "devices", "refused-devices")
            .check(self.services.len() <= MOST_SERVICES, "services", "refused-choice");
        self.check_times(checks);
    }

    fn check_times(&self, checks: &mut Checks) {
        let ordered = match (self.begins_at, self.ends_at) {
            (Some(begins), Some(ends)) => begins <= ends,
            (None, Some(_)) => false,
            _ => true,
        };
        checks.check(ordered, "ends_at", "refused-change-ends");
    }

    pub(super) fn check_near(&self, now: Time, checks: &mut Checks) {
        let near = |at: Option<Time>| at.is_none_or(|at| at.since(now).abs() <= FURTHEST);
        checks.check(near(self.begins_at), "begins_at", "refused-moment").check(
            near(self.ends_at),
            "ends_at",
            "refused-moment",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approval_is_needed_from_the_risk_the_house_names() {
        for (risk, from, needed) in [
            (Risk::Low, Some(Risk::Medium), false),
            (Risk::Medium, Some(Risk::Medium), true),
            (Risk::High, Some(Risk::Medium), true),
            (Risk::Medium, Some(Risk::High), false),
            (Risk::High, None, false),
            (Risk::Low, Some(Risk::Low), true),
        ] {
            assert_eq!(needs_approval(risk, from), needed, "{risk} from {from:?}");
        }
    }

    #[test]
    fn a_device_is_named_once_however_it_is_written() {
        let new = NewChange {
            devices: vec![" LT-04 ".into(), "lt-04".into(), String::new(), "PRN-2".into()],
            ..NewChange::default()
        };
        assert_eq!(new.device_names(), ["LT-04", "PRN-2"]);
    }

    #[test]
    fn it_ends_after_it_begins() {
        let refused = |begins, ends| {
            let new = NewChange {
                title: "x".into(),
                begins_at: begins,
                ends_at: ends,
                ..NewChange::default()
            };
            let mut checks = Checks::default();
            new.check(&mut checks);
            checks.done().is_err()
        };
        assert!(refused(Some(Time(2)), Some(Time(1))));
        assert!(refused(None, Some(Time(1))));
        assert!(!refused(Some(Time(1)), Some(Time(1))));
        assert!(!refused(Some(Time(1)), None));
    }
}
