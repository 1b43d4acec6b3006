//! What is drawn by itself in a team: said by those who lead it.

use db::{Read, Write, args};
use sha2::{Digest, Sha256};

use super::store;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId, RuleId, TeamId, TicketNumber, TopicId};
use crate::tickets::Channel;

/// Every hundredth at most, and twenty a week.
const MOST_NTH: i64 = 100;
const MOST_WEEKLY: i64 = 20;

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Rule {
        pub id: RuleId,
        pub team: TeamId,
        /// Every so many-th ticket; or so many a week for each person.
        pub nth: Option<i64>,
        pub weekly: Option<i64>,
        pub topic: Option<TopicId>,
        pub channel: Option<Channel>,
        pub seed: i64,
        pub made_by: PersonId,
        pub created_at: Time,
        pub ended_at: Option<Time>,
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewRule {
    pub team: Option<TeamId>,
    pub nth: Option<i64>,
    pub weekly: Option<i64>,
    pub topic: Option<TopicId>,
    pub channel: Option<Channel>,
}

/// A number that is the same for this ticket whoever draws, and unlike that of the next.
fn lot(seed: i64, ticket: TicketNumber) -> u64 {
    let hash = Sha256::digest(format!("{seed}:{ticket}").as_bytes());
    let first = hash.first_chunk().expect("invariant: a digest has 32 bytes");
    u64::from_be_bytes(*first)
}

impl Rule {
    /// Whether the ticket is drawn, when so many of this person were drawn in its week. Of a week every other ticket is
    /// passed over, so that it is not always Monday's.
    pub(super) fn draws(&self, ticket: TicketNumber, drawn: i64) -> bool {
        let lot = lot(self.seed, ticket);
        match (self.nth, self.weekly) {
            (Some(nth), _) => lot.is_multiple_of(u64::try_from(nth.max(1)).unwrap_or(1)),
            (None, Some(weekly)) => drawn < weekly && lot.is_multiple_of(2),
            (None, None) => false,
        }
    }
}

pub fn add_rule(tx: &mut Write, cx: &Context, new: &NewRule) -> Result<RuleId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    if cx.viewer.leads.is_empty() {
        return Err(Error::NotFound);
    }
    let leads = new.team.is_some_and(|team| cx.viewer.leads.contains(&team));
    let within = |n: Option<i64>, most| n.is_none_or(|n| (1..=most).contains(&n));
    let topic: Option<i64> = match new.topic {
        Some(topic) => tx.maybe("SELECT id FROM topic WHERE id = $1", &args![topic])?,
        None => Some(0),
    };
    Checks::default()
        .check(leads, "team", "refused-quality-team")
        .check(
            new.nth.is_some() != new.weekly.is_some(),
            "many",
            "refused-quality-many",
        )
        .check(
            within(new.nth, MOST_NTH) && within(new.weekly, MOST_WEEKLY),
            "many",
            "refused-quality-many",
        )
        .check(topic.is_some(), "topic", "refused-no-such-topic")
        .done()?;
    let team = new.team.unwrap_or(TeamId(0));
    let id: RuleId = tx.one(
        "INSERT INTO quality_rule (team, nth, weekly, topic, channel, seed, made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        &args![
            team,
            new.nth,
            new.weekly,
            new.topic,
            new.channel,
            cx.now,
            cx.viewer.person,
            cx.now
        ],
    )?;
    events::record(tx, cx, Fact::new(EventKind::QualityRuleSet).about(id.0))?;
    Ok(id)
}

/// No more is drawn by it; what was drawn stays.
pub fn end_rule(tx: &mut Write, cx: &Context, id: RuleId) -> Result<EventId> {
    led(tx, cx, id)?;
    tx.exec(
        "UPDATE quality_rule SET ended_at = COALESCE(ended_at, $2) WHERE id = $1",
        &args![id, cx.now],
    )?;
    events::record(tx, cx, Fact::new(EventKind::QualityRuleEnded).about(id.0))
}

/// It draws again, as if it had not been ended.
pub fn resume_rule(tx: &mut Write, cx: &Context, id: RuleId) -> Result<EventId> {
    led(tx, cx, id)?;
    tx.exec("UPDATE quality_rule SET ended_at = NULL WHERE id = $1", &args![id])?;
    events::record(tx, cx, Fact::new(EventKind::QualityRuleSet).about(id.0))
}

fn led(tx: &mut Write, cx: &Context, id: RuleId) -> Result<Rule> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let rule = store::rule(tx, id)?;
    if cx.viewer.leads.contains(&rule.team) {
        Ok(rule)
    } else {
        Err(Error::NotFound)
    }
}

/// Those in force of the teams the viewer leads.
pub fn rules(r: &mut Read, cx: &Context) -> Result<Vec<Rule>> {
    access::require(&cx.viewer, Place::Desk)?;
    store::rules(r, &cx.viewer.leads)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(nth: Option<i64>, weekly: Option<i64>) -> Rule {
        Rule {
            id: RuleId(1),
            team: TeamId(1),
            nth,
            weekly,
            topic: None,
            channel: None,
            seed: 7,
            made_by: PersonId(1),
            created_at: Time(0),
            ended_at: None,
        }
    }

    #[test]
    fn the_draw_is_the_same_whoever_looks_and_about_as_many_as_were_asked_for() {
        let fifth = rule(Some(5), None);
        let drawn = |rule: &Rule| {
            (1001..3001)
                .filter(|n| rule.draws(TicketNumber(*n), 0))
                .collect::<Vec<_>>()
        };
        let found = drawn(&fifth);
        assert_eq!(found, drawn(&fifth));
        assert!((340..460).contains(&found.len()), "{} of 2000", found.len());
        let other = Rule { seed: 8, ..fifth };
        assert_ne!(found, drawn(&other), "another seed draws others");
        assert_eq!(drawn(&rule(Some(1), None)).len(), 2000, "every one");
    }

    #[test]
    fn a_full_week_draws_no_more() {
        let two = rule(None, Some(2));
        let some = (1001..1100).find(|n| two.draws(TicketNumber(*n), 1)).map(TicketNumber);
        assert!(some.is_some_and(|ticket| !two.draws(ticket, 2)));
    }
}
