//! The policies in force with their calendars, read once with the house; the first that fits a ticket decides.

use db::Read;
use worktime::{Calendar, Week};

use super::policy::{Facts, Hours, NewPolicy, Policy, Step, Warning};
use super::store;
use super::targets::{Targets, targets};
use crate::calendars;
use crate::error::{Error, Result};
use crate::ids::PolicyId;
use crate::tickets::Priority;

/// One policy with its calendar; without one, the house's own targets.
#[derive(Clone, Debug)]
pub struct Rule {
    pub policy: Option<Policy>,
    pub calendar: Calendar,
}

impl Rule {
    pub fn id(&self) -> Option<PolicyId> {
        self.policy.as_ref().map(|policy| policy.id)
    }

    /// What it promises a ticket of this priority.
    pub fn targets(&self, priority: Priority) -> Targets {
        self.policy
            .as_ref()
            .map_or_else(|| targets(priority), |policy| policy.says.targets)
    }

    pub fn warning(&self) -> Option<Warning> {
        self.policy.as_ref().and_then(|policy| policy.says.warning)
    }

    pub fn steps(&self) -> &[Step] {
        self.policy.as_ref().map_or(&[], |policy| &policy.says.steps)
    }
}

#[derive(Clone, Debug)]
pub struct Rules {
    /// In their order, without what is retired.
    rules: Vec<Rule>,
    house: Rule,
}

impl Rules {
    /// The policies of the database over the house's calendar.
    pub fn load(r: &mut Read, house: &Calendar) -> Result<Rules> {
        let policies = store::all(r)?;
        Rules::of(r, policies, house)
    }

    /// These policies, in their order.
    pub(super) fn of(r: &mut Read, policies: Vec<Policy>, house: &Calendar) -> Result<Rules> {
        let mut rules = Vec::with_capacity(policies.len());
        for policy in policies.into_iter().filter(|policy| !policy.retired) {
            let calendar = calendar_of(r, policy.says.hours, house)?;
            rules.push(Rule {
                calendar,
                policy: Some(policy),
            });
        }
        rules.sort_by_key(|rule| rule.policy.as_ref().map(|policy| (policy.place, policy.id)));
        let house = Rule {
            policy: None,
            calendar: house.clone(),
        };
        Ok(Rules { rules, house })
    }

    /// The rule for a ticket: the first that fits, at last the house's.
    pub fn of_ticket(&self, facts: &Facts) -> &Rule {
        let fits = |rule: &&Rule| {
            rule.policy
                .as_ref()
                .is_some_and(|policy| policy.says.conditions.hold(facts))
        };
        self.rules.iter().find(fits).unwrap_or(&self.house)
    }

    /// The rule a ticket has been given; the house's where it is in force no more.
    pub fn by_id(&self, id: Option<PolicyId>) -> &Rule {
        let found = self.rules.iter().find(|rule| id.is_some() && rule.id() == id);
        found.unwrap_or(&self.house)
    }
}

/// The clock a policy counts by.
pub(super) fn calendar_of(r: &mut Read, hours: Hours, house: &Calendar) -> Result<Calendar> {
    match hours {
        Hours::House => Ok(house.clone()),
        Hours::Always => around_the_clock(house),
        Hours::Calendar(id) => calendars::load(r, id),
    }
}

fn around_the_clock(house: &Calendar) -> Result<Calendar> {
    let zone = house.zone().iana_name().unwrap_or("UTC");
    Calendar::new(zone, Week::always(), std::collections::BTreeSet::new()).map_err(Error::fault)
}

/// For a policy that is only being written.
pub(super) fn rule_of(r: &mut Read, new: &NewPolicy, house: &Calendar) -> Result<Rule> {
    Ok(Rule {
        calendar: calendar_of(r, new.hours, house)?,
        policy: Some(Policy {
            id: PolicyId(0),
            place: i64::MAX,
            retired: false,
            says: new.clone(),
        }),
    })
}
