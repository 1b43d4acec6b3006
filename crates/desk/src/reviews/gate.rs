//! What keeps words from being sent past a review: every verb that speaks to a requester asks here.

use db::{Read, Write};

use super::rule::{Rule, What, holding};
use super::store;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber, TopicId};
use crate::people;
use crate::tickets::{self, NewMessage, Status};

/// The rule that holds what this person writes about this topic.
fn rule_for(r: &mut Read, person: PersonId, what: What, topic: Option<TopicId>) -> Result<Option<Rule>> {
    let rules = store::rules(r)?;
    if !rules.iter().any(|rule| rule.what == what) {
        return Ok(None);
    }
    let (level, topics) = (people::level_now(r, person)?, store::line_of(r, topic)?);
    Ok(holding(&rules, (person, level), what, &topics).cloned())
}

/// The rule that holds this reply of the viewer's; one that solves is held as a solution too.
pub(super) fn of_reply(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    then: Option<Status>,
) -> Result<Option<Rule>> {
    let topic = tickets::may_work(tx, cx, number)?.topic;
    let rule = rule_for(tx, cx.viewer.person, What::Reply, topic)?;
    if rule.is_none() && then == Some(Status::Solved) {
        return rule_for(tx, cx.viewer.person, What::Solution, topic);
    }
    Ok(rule)
}

pub(super) fn of_solution(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Option<Rule>> {
    let topic = tickets::may_work(tx, cx, number)?.topic;
    rule_for(tx, cx.viewer.person, What::Solution, topic)
}

fn pass(rule: Option<Rule>, key: &'static str) -> Result<()> {
    rule.map_or(Ok(()), |_| Err(Error::Conflict(key)))
}

/// Refuses a reply that a senior reads first: whoever wants it to wait hands it in (see [`super::reply`]).
pub(crate) fn must_not_wait(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewMessage) -> Result<()> {
    pass(of_reply(tx, cx, number, new.then)?, "conflict-needs-review")
}

/// The same of solving.
pub(crate) fn must_not_solve(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    pass(of_solution(tx, cx, number)?, "conflict-solution-needs-review")
}

/// A reply that leaves at its own time would leave before anybody has read it.
pub(crate) fn must_not_be_planned(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewMessage) -> Result<()> {
    pass(of_reply(tx, cx, number, new.then)?, "conflict-review-no-time")
}

/// Whether a rule keeps this person from publishing articles about this topic alone.
pub(crate) fn holds_article(r: &mut Read, person: PersonId, topic: Option<TopicId>) -> Result<bool> {
    Ok(rule_for(r, person, What::Article, topic)?.is_some())
}
