//! The rules of the house about whose words wait: read and changed by supervisors and administrators. A rule that changes
//! touches nothing that waits already.

use db::{Read, Write, args};
use serde_json::json;

use super::rule::{NewRule, Rule, means};
use super::store;
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId, ReviewRuleId};
use crate::people::{self, Level};
use crate::topics;

/// A rule with the names it speaks of.
#[derive(Clone, Debug)]
pub struct NamedRule {
    pub rule: Rule,
    pub person: Option<String>,
    pub reviewer: Option<String>,
    /// In the viewer's language.
    pub topic: Option<String>,
}

/// Supervisors and administrators.
pub fn may_rule(cx: &Context) -> bool {
    access::require(&cx.viewer, Place::Desk).is_ok() && cx.viewer.role >= Role::Supervisor
}

fn must_rule(cx: &Context, place: Place) -> Result<()> {
    access::require(&cx.viewer, place)?;
    if may_rule(cx) { Ok(()) } else { Err(Error::NotFound) }
}

pub fn rules(r: &mut Read, cx: &Context) -> Result<Vec<NamedRule>> {
    must_rule(cx, Place::Desk)?;
    let rules = store::rules(r)?;
    let ids = rules.iter().flat_map(|rule| [rule.person, rule.reviewer]).flatten();
    let names = store::names(r, ids.collect())?;
    let topics = topics::list(r, cx.viewer.language, true)?;
    let named = |rule: Rule| {
        let name = |id: Option<PersonId>| id.map(|id| names.get(&id).cloned().unwrap_or_default());
        let topic = topics.iter().find(|topic| Some(topic.id) == rule.topic);
        NamedRule {
            person: name(rule.person),
            reviewer: name(rule.reviewer),
            topic: topic.map(|topic| topic.name(cx.viewer.language).to_string()),
            rule,
        }
    };
    Ok(rules.into_iter().map(named).collect())
}

db::table! {
    struct Senior { id: PersonId, role: Role, level: Option<Level> }
}

fn staff(r: &mut Read) -> Result<Vec<Senior>> {
    Ok(r.query(
        "SELECT id, role, level FROM person
         WHERE role IN ('technician', 'supervisor', 'admin') AND NOT suspended AND merged_into IS NULL",
        &args![],
    )?)
}

/// # Errors
/// `Refused` with the field "who", "topic" or "reviewer": for nobody, twice the same, a reviewer who would read his own
/// words, or nobody left to read them.
pub fn add_rule(tx: &mut Write, cx: &Context, new: &NewRule) -> Result<EventId> {
    must_rule(cx, Place::DeskWrite)?;
    // The audit line is a queue of one: two who make the same rule at once do not both find that it is new.
    people::audit(tx, cx, "review-rule", cx.viewer.person, &written(new, "added"))?;
    let (all, kept) = (staff(tx)?, store::rules(tx)?);
    let topics = topics::list(tx, cx.viewer.language, false)?;
    let meant = |one: &Senior| means((new.level, new.person), one.id, one.level);
    let reviewer = new.reviewer.map(|id| all.iter().find(|one| one.id == id));
    let known =
        |rule: &Rule| (rule.level, rule.person, rule.what, rule.topic) == (new.level, new.person, new.what, new.topic);
    let senior = |one: &Senior| one.role >= Role::Supervisor || one.level == Some(Level::Advanced);
    let left = all.iter().any(|one| senior(one) && !meant(one));
    let person = new.person.is_none_or(|id| all.iter().any(|one| one.id == id));
    Checks::default()
        .check(new.level.is_some() != new.person.is_some(), "who", "refused-choice")
        .check(person, "who", "refused-not-a-technician")
        .check(!kept.iter().any(known), "who", "refused-rule-known")
        .check(
            new.topic.is_none_or(|id| topics.iter().any(|topic| topic.id == id)),
            "topic",
            "refused-choice",
        )
        .check(
            reviewer.is_none_or(|found| found.is_some()),
            "reviewer",
            "refused-not-a-technician",
        )
        .check(
            !reviewer.flatten().is_some_and(meant),
            "reviewer",
            "refused-reviews-himself",
        )
        .check(new.reviewer.is_some() || left, "reviewer", "refused-nobody-reviews")
        .done()?;
    let id = store::insert_rule(tx, new, cx.viewer.person, cx.now)?;
    told(tx, cx, id, "added")
}

fn written(new: &NewRule, verb: &str) -> String {
    json!({
        "verb": verb, "level": new.level.map(Level::number), "person": new.person, "what": new.what, "topic": new.topic,
        "reviewer": new.reviewer,
    })
    .to_string()
}

fn told(tx: &mut Write, cx: &Context, id: ReviewRuleId, verb: &str) -> Result<EventId> {
    let fact = Fact::new(EventKind::ReviewRuleChanged).about(id.0);
    events::record(tx, cx, fact.with(Some(json!({ "verb": verb }).to_string())))
}

/// Takes it away; an undo has it back.
pub fn remove_rule(tx: &mut Write, cx: &Context, id: ReviewRuleId) -> Result<EventId> {
    must_rule(cx, Place::DeskWrite)?;
    turn(tx, cx, id, true)?;
    told(tx, cx, id, "removed")
}

fn turn(tx: &mut Write, cx: &Context, id: ReviewRuleId, removed: bool) -> Result<()> {
    if !store::set_removed(tx, id, removed)? {
        return Err(Error::NotFound);
    }
    let verb = if removed { "removed" } else { "restored" };
    let data = json!({ "verb": verb, "rule": id }).to_string();
    people::audit(tx, cx, "review-rule", cx.viewer.person, &data)
}

/// A rule that was just made or taken away is as it was before.
pub fn undo_rule(tx: &mut Write, cx: &Context, event: EventId) -> Result<EventId> {
    must_rule(cx, Place::DeskWrite)?;
    let line = events::find(tx, event)?;
    let id = line.subject.map(ReviewRuleId).ok_or(Error::NotFound)?;
    if line.kind != EventKind::ReviewRuleChanged {
        return Err(Error::NotFound);
    }
    let data: serde_json::Value = serde_json::from_str(line.changes()).map_err(Error::fault)?;
    let added = data["verb"] != "removed";
    if !added {
        let rule = store::rule(tx, id)?;
        let again = |kept: &Rule| {
            (kept.level, kept.person, kept.what, kept.topic) == (rule.level, rule.person, rule.what, rule.topic)
        };
        if store::rules(tx)?.iter().any(again) {
            return Err(Error::Conflict("conflict-changed-since"));
        }
    }
    turn(tx, cx, id, added)?;
    told(tx, cx, id, if added { "removed" } else { "restored" })
}
