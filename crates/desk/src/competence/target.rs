//! What a team wants to be able to do: for each area so many people at a level. Set by whoever leads it.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};

use super::area::{Area, Level};
use crate::access;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TeamId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// 1 to 3.
    pub level: Level,
    /// How many at this level or above: 1 to 99.
    pub people: i64,
}

/// An area without one is not measured.
pub type Targets = BTreeMap<Area, Target>;

/// Given whole, for a team the viewer leads.
pub fn set_targets(tx: &mut Write, cx: &Context, team: TeamId, targets: &Targets) -> Result<EventId> {
    if !access::may_set_targets(&cx.viewer, team) {
        return Err(Error::NotFound);
    }
    let people = targets.values().all(|target| (1..=99).contains(&target.people));
    let levels = targets.values().all(|target| target.level.number() > 0);
    Checks::default()
        .check(people && levels, "people", "refused-target-people")
        .done()?;
    tx.hold_name(&format!("targets-of-{team}"))?;
    tx.exec("DELETE FROM team_target WHERE team = $1", &args![team])?;
    for (area, target) in targets {
        tx.exec(
            "INSERT INTO team_target (team, area, level, people) VALUES ($1, $2, $3, $4)",
            &args![team, *area, target.level, target.people],
        )?;
    }
    let words: Vec<String> = targets
        .iter()
        .map(|(area, target)| format!("{area} {}x{}", target.people, target.level))
        .collect();
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "competence-targets",
        &format!("team {team}"),
        &words.join(", "),
    )?;
    events::record(tx, cx, Fact::new(EventKind::CompetenceTargetSet).about(team.0))
}

/// Of these teams, each with its own.
pub(super) fn targets(r: &mut Read, teams: &[TeamId]) -> Result<BTreeMap<TeamId, Targets>> {
    let mut sql = Sql::new("SELECT team, area, level, people FROM team_target WHERE team IN (");
    sql.bind_list(teams.iter().copied());
    sql.push(") ORDER BY team, area");
    let mut found: BTreeMap<TeamId, Targets> = BTreeMap::new();
    for (team, area, level, people) in r.query_sql::<(TeamId, Area, Level, i64)>(&sql)? {
        found.entry(team).or_default().insert(area, Target { level, people });
    }
    Ok(found)
}

/// The highest level one of these teams wants, for each area: what somebody in them may aim for.
pub fn target_of(r: &mut Read, teams: &[TeamId]) -> Result<BTreeMap<Area, Level>> {
    if teams.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut highest: BTreeMap<Area, Level> = BTreeMap::new();
    for (area, target) in targets(r, teams)?.into_values().flatten() {
        let level = highest.entry(area).or_insert(target.level);
        *level = target.level.max(*level);
    }
    Ok(highest)
}
