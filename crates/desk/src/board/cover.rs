//! Who could take what now: the topics that are asked about, and for each person whether he has tickets of it in hand, or
//! is of the team they go to.

use std::collections::{BTreeMap, BTreeSet};

use db::{Read, args};

use super::people::Load;
use super::scope::Scope;
use super::sums::Sum;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, TeamId};
use crate::topics;

/// Topics that are shown, the most asked about first.
const TOPICS: usize = 7;

db::text_enum! {
    pub enum Cover {
        /// Has tickets of it in hand.
        Works => "works",
        /// Is of the team they go to.
        Team => "team",
        No => "no",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverLine {
    pub topic: String,
    /// For each person of the board, in its order.
    pub people: Vec<Cover>,
    /// Somebody who covers it is here now.
    pub here: bool,
}

db::table! {
    struct Member { person: PersonId, team: TeamId }
}

/// `asked` counts tickets that came in, by topic.
pub(super) fn cover(
    r: &mut Read,
    cx: &Context,
    scope: &Scope,
    loads: &[Load],
    (held, asked): (&[Sum], &[(i64, i64)]),
) -> Result<Vec<CoverLine>> {
    let mut members: BTreeMap<TeamId, BTreeSet<PersonId>> = BTreeMap::new();
    for one in r.query::<Member>("SELECT person, team FROM membership", &args![])? {
        members.entry(one.team).or_default().insert(one.person);
    }
    let known = topics::list(r, cx.viewer.language, true)?;
    let mut lines = Vec::new();
    for (topic, _) in asked {
        let Some(topic) = known.iter().find(|one| one.id.0 == *topic && !one.retired) else {
            continue;
        };
        // What is under a topic goes where it goes, unless it says otherwise.
        let above = topic
            .parent
            .and_then(|parent| known.iter().find(|one| one.id == parent));
        let team = topic.team.or(above.and_then(|above| above.team));
        let team = team.filter(|team| scope.holds(&cx.viewer, *team));
        let of = |load: &Load| {
            let works = held
                .iter()
                .any(|sum| sum.start == topic.id.0 && sum.part == load.person.0);
            let goes = team
                .and_then(|team| members.get(&team))
                .is_some_and(|team| team.contains(&load.person));
            match (works, goes) {
                (true, _) => Cover::Works,
                (false, true) => Cover::Team,
                (false, false) => Cover::No,
            }
        };
        let people: Vec<Cover> = loads.iter().map(of).collect();
        let here = loads
            .iter()
            .zip(&people)
            .any(|(load, cover)| load.here && *cover != Cover::No);
        lines.push(CoverLine {
            topic: topic.name(cx.viewer.language).to_string(),
            people,
            here,
        });
        if lines.len() == TOPICS {
            break;
        }
    }
    Ok(lines)
}
