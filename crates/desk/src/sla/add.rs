//! A new policy: it stands before the house's own targets and after all others, until it is moved.

use db::{Read, Write};

use super::policy::{MOST_POLICIES, NewPolicy, check};
use super::{changed, rules, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::PolicyId;
use crate::people;

pub fn add(tx: &mut Write, cx: &Context, new: &NewPolicy) -> Result<PolicyId> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name("policies")?;
    let all = store::all(tx)?;
    if i64::try_from(all.len()).is_ok_and(|count| count >= MOST_POLICIES) {
        return Err(Error::refused_at("name_en", "refused-too-many-policies", MOST_POLICIES));
    }
    checked(tx, cx, new)?;
    let place = all.iter().map(|policy| policy.place).max().unwrap_or(0) + 1;
    let id = store::insert(tx, place, new, cx.now)?;
    changed(tx, cx, "policy-add", id, &new.name.en)?;
    Ok(id)
}

/// Refuses what can never be kept.
pub(super) fn checked(r: &mut Read, cx: &Context, new: &NewPolicy) -> Result<()> {
    let rule = rules::rule_of(r, new, &cx.house.calendar).map_err(|e| match e {
        Error::NotFound => Error::refused("hours", "refused-no-such-calendar"),
        other => other,
    })?;
    let staff: Vec<_> = people::technicians(r)?.iter().map(|one| one.id).collect();
    check(new, &rule.calendar, cx.now, &staff)
}
