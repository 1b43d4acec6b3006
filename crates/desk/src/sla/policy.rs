//! A policy: whom it is for, by which clock it counts, what it promises, when it warns and what happens then. Pure.

use serde::{Deserialize, Serialize};
use worktime::Calendar;

use super::targets::{Target, Targets};
use crate::clock::{DAY, MINUTE, Time};
use crate::error::{Checks, Result};
use crate::ids::{CalendarId, OrganizationId, PersonId, PolicyId, TeamId, TopicId};
use crate::tickets::{Channel, Priority};
use crate::words::Both;

/// Of a ticket, what policies ask for.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub topic: Option<TopicId>,
    pub priority: Priority,
    pub team: Option<TeamId>,
    pub organization: Option<OrganizationId>,
    pub requester: PersonId,
    pub channel: Channel,
}

/// Whom a policy is for: each list that has something in it must hold what the ticket has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    pub topics: Vec<TopicId>,
    pub priorities: Vec<Priority>,
    pub teams: Vec<TeamId>,
    pub organizations: Vec<OrganizationId>,
    pub requesters: Vec<PersonId>,
    pub channels: Vec<Channel>,
}

impl Conditions {
    pub fn hold(&self, facts: &Facts) -> bool {
        within(&self.topics, facts.topic)
            && within(&self.priorities, Some(facts.priority))
            && within(&self.teams, facts.team)
            && within(&self.organizations, facts.organization)
            && within(&self.requesters, Some(facts.requester))
            && within(&self.channels, Some(facts.channel))
    }
}

fn within<T: PartialEq>(wanted: &[T], has: Option<T>) -> bool {
    wanted.is_empty() || has.is_some_and(|has| wanted.contains(&has))
}

/// By which clock it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hours {
    /// The house calendar.
    #[default]
    House,
    /// Around the clock.
    Always,
    /// A calendar of its own.
    Calendar(CalendarId),
}

/// When it warns before a target is missed: at so many per cent of it, or so many working microseconds before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    Share(i64),
    Before(i64),
}

db::text_enum! {
    /// What a step does.
    pub enum Deed {
        TellAssignee => "tell_assignee",
        TellLeads => "tell_leads",
        TellPerson => "tell_person",
        RaisePriority => "raise_priority",
        BackToTeam => "back_to_team",
    }
}

/// What happens at so many per cent of a target, or so many working minutes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub target: Target,
    #[serde(default)]
    pub share: Option<i64>,
    #[serde(default)]
    pub after: Option<i64>,
    pub deed: Deed,
    #[serde(default)]
    pub person: Option<PersonId>,
}

impl Step {
    /// Working time from the beginning of a target of that length until the step.
    pub fn work(&self, target: i64) -> i64 {
        match (self.share, self.after) {
            (Some(share), _) => share_of(target, share),
            (None, minutes) => target.saturating_add(minutes.unwrap_or(0).saturating_mul(MINUTE)),
        }
    }
}

/// So many per cent of a length.
pub(super) fn share_of(length: i64, share: i64) -> i64 {
    length.saturating_mul(share) / 100
}

impl Warning {
    /// Working time from the beginning of a target of that length until the warning.
    pub fn work(self, target: i64) -> i64 {
        match self {
            Warning::Share(share) => share_of(target, share),
            Warning::Before(before) => target.saturating_sub(before),
        }
    }
}

/// What is written of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPolicy {
    pub name: Both,
    pub conditions: Conditions,
    pub hours: Hours,
    pub targets: Targets,
    pub warning: Option<Warning>,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub id: PolicyId,
    /// Where it stands in the order, the lowest first.
    pub place: i64,
    pub retired: bool,
    pub says: NewPolicy,
}

/// More steps than anybody would read, and more policies than a house can mean.
pub const MOST_STEPS: usize = 10;
pub(super) const MOST_POLICIES: i64 = 200;
/// Working time of the longest promise.
const LONGEST: i64 = 366 * DAY;
const MOST_MINUTES: i64 = 60 * 24 * 60;

/// Refuses what can never be kept, field by field. `calendar` is the one it counts by; `staff` who can be told.
pub(super) fn check(new: &NewPolicy, calendar: &Calendar, now: Time, staff: &[PersonId]) -> Result<()> {
    let mut checks = Checks::default();
    checks
        .text(&new.name.en, 100, "name_en")
        .text(&new.name.fr, 100, "name_fr");
    let lengths = [
        ("reply", new.targets.reply),
        ("answer", new.targets.answer),
        ("solve", new.targets.solve),
    ];
    let given: Vec<i64> = lengths.iter().filter_map(|(_, length)| *length).collect();
    checks.check(!given.is_empty(), "solve", "refused-no-target");
    for (field, length) in lengths {
        let fits = length.is_none_or(|length| (MINUTE..=LONGEST).contains(&length));
        checks.check(fits, field, "refused-target");
    }
    let in_order = |part: Option<i64>| part.zip(new.targets.solve).is_none_or(|(part, whole)| part <= whole);
    checks
        .check(in_order(new.targets.reply), "reply", "refused-reply-after-solve")
        .check(in_order(new.targets.answer), "answer", "refused-reply-after-solve");
    let longest = given.iter().max().copied().unwrap_or(MINUTE).clamp(MINUTE, LONGEST);
    checks.check(calendar.add(now.0, longest).is_some(), "hours", "refused-never-open");
    let shortest = given.iter().min().copied().unwrap_or(LONGEST);
    let warns = new.warning.is_none_or(|warning| match warning {
        Warning::Share(share) => (1..=99).contains(&share),
        Warning::Before(before) => before >= MINUTE && before < shortest,
    });
    checks.check(warns, "warning", "refused-warning");
    check_steps(&mut checks, new, staff);
    checks.done()
}

fn check_steps(checks: &mut Checks, new: &NewPolicy, staff: &[PersonId]) {
    checks.check(new.steps.len() <= MOST_STEPS, "steps", "refused-step");
    for step in &new.steps {
        let when = match (step.share, step.after) {
            (Some(share), None) => (1..=1000).contains(&share),
            (None, Some(minutes)) => (0..=MOST_MINUTES).contains(&minutes),
            _ => false,
        };
        checks.check(when, "steps", "refused-step").check(
            new.targets.of(step.target).is_some(),
            "steps",
            "refused-step-target",
        );
        let named = step.person.is_some_and(|person| staff.contains(&person));
        checks.check(step.deed != Deed::TellPerson || named, "steps", "refused-step-person");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HOUR;

    fn calendar() -> Calendar {
        Calendar::standard("America/Toronto").expect("a calendar")
    }

    fn good() -> NewPolicy {
        NewPolicy {
            name: Both::new("Cedar", "Cedar"),
            targets: Targets {
                reply: Some(HOUR),
                answer: None,
                solve: Some(4 * HOUR),
            },
            ..NewPolicy::default()
        }
    }

    fn refused(new: &NewPolicy) -> Vec<(&'static str, &'static str)> {
        match check(new, &calendar(), Time(0), &[PersonId(7)]) {
            Err(crate::error::Error::Refused(all)) => all.iter().map(|one| (one.field, one.key)).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_cannot_be_kept_is_refused_by_its_field() {
        assert!(refused(&good()).is_empty());
        let mut zero = good();
        zero.targets.reply = Some(0);
        assert_eq!(refused(&zero), [("reply", "refused-target")]);
        let mut late = good();
        late.targets.reply = Some(5 * HOUR);
        assert_eq!(refused(&late), [("reply", "refused-reply-after-solve")]);
        let mut nothing = good();
        nothing.targets = Targets::default();
        assert_eq!(refused(&nothing), [("solve", "refused-no-target")]);
        let mut warned = good();
        warned.warning = Some(Warning::Before(HOUR));
        assert_eq!(refused(&warned), [("warning", "refused-warning")]);
    }

    #[test]
    fn a_calendar_that_never_opens_keeps_no_promise() {
        let shut = worktime::Week::new(std::array::from_fn(|_| Vec::new())).expect("a week");
        let shut = Calendar::new("America/Toronto", shut, std::collections::BTreeSet::default()).expect("a calendar");
        let answer = check(&good(), &shut, Time(0), &[]);
        assert_eq!(answer, Err(crate::error::Error::refused("hours", "refused-never-open")));
    }

    #[test]
    fn a_step_tells_somebody_who_is_there_about_something_that_is_promised() {
        let step = |target, person| Step {
            target,
            share: Some(150),
            after: None,
            deed: Deed::TellPerson,
            person,
        };
        let mut new = good();
        new.steps = vec![step(Target::Solve, Some(PersonId(7)))];
        assert!(refused(&new).is_empty());
        new.steps = vec![step(Target::Solve, Some(PersonId(8)))];
        assert_eq!(refused(&new), [("steps", "refused-step-person")]);
        new.steps = vec![step(Target::Answer, Some(PersonId(7)))];
        assert_eq!(refused(&new), [("steps", "refused-step-target")]);
    }

    #[test]
    fn conditions_hold_when_every_list_with_something_in_it_does() {
        let facts = Facts {
            topic: Some(TopicId(1)),
            priority: Priority::High,
            team: None,
            organization: Some(OrganizationId(3)),
            requester: PersonId(4),
            channel: Channel::Mail,
        };
        let all = Conditions::default();
        assert!(all.hold(&facts));
        let some = Conditions {
            topics: vec![TopicId(1), TopicId(2)],
            priorities: vec![Priority::High],
            ..Conditions::default()
        };
        assert!(some.hold(&facts));
        let other = Conditions {
            teams: vec![TeamId(1)],
            ..some
        };
        assert!(!other.hold(&facts), "it has no team");
    }
}
