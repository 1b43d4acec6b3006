//! The teams somebody leads: for each person what he says and what his lead says, and whether enough of them can do what
//! the team wants. By name; nobody is put before another.

use std::collections::BTreeMap;

use db::{Read, Sql};

use super::area::{Area, Level, Levels};
use super::target::{Targets, targets};
use super::who;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, TeamId};
use crate::teams::{self, Team};

#[derive(Clone, Debug)]
pub struct Line {
    pub person: PersonId,
    pub name: String,
    pub own: Levels,
    pub lead: Levels,
    /// When he finished his last one.
    pub assessed_at: Option<Time>,
}

impl Line {
    /// The lead's word; where there is none, his own.
    pub fn counts(&self, area: Area) -> Option<Level> {
        self.lead.get(&area).or_else(|| self.own.get(&area)).copied()
    }
}

#[derive(Clone, Debug)]
pub struct TeamMatrix {
    pub team: Team,
    pub lines: Vec<Line>,
    pub targets: Targets,
}

impl TeamMatrix {
    /// How many reach what the team wants in this area.
    pub fn cover(&self, area: Area) -> usize {
        let Some(target) = self.targets.get(&area) else {
            return 0;
        };
        let reach = |line: &&Line| line.counts(area).is_some_and(|level| level >= target.level);
        self.lines.iter().filter(reach).count()
    }
}

/// One for each team the viewer leads; absent for whoever leads none.
pub fn matrix(r: &mut Read, cx: &Context) -> Result<Vec<TeamMatrix>> {
    let members = who::led(r, cx)?;
    let people: Vec<PersonId> = members.iter().map(|member| member.id).collect();
    let (own, at) = own_levels(r, &people)?;
    let lead = lead_levels(r, &people)?;
    let mut wanted = targets(r, &cx.viewer.leads)?;
    let line = |member: &who::Member| Line {
        person: member.id,
        name: member.name.clone(),
        own: own.get(&member.id).cloned().unwrap_or_default(),
        lead: lead.get(&member.id).cloned().unwrap_or_default(),
        assessed_at: at.get(&member.id).copied(),
    };
    let of_team = |team: TeamId| members.iter().filter(move |member| member.teams.contains(&team));
    let mut all = Vec::new();
    for team in &cx.viewer.leads {
        all.push(TeamMatrix {
            team: teams::find(r, cx, *team)?,
            lines: of_team(*team).map(line).collect(),
            targets: wanted.remove(team).unwrap_or_default(),
        });
    }
    Ok(all)
}

type Found = BTreeMap<PersonId, Levels>;

/// What came out of the last that each finished, and when.
fn own_levels(r: &mut Read, people: &[PersonId]) -> Result<(Found, BTreeMap<PersonId, Time>)> {
    let mut sql = Sql::new(
        "SELECT a.person, a.finished_at, l.area, l.level FROM self_assessment a JOIN self_level l ON l.assessment = a.id
         WHERE a.id IN (SELECT max(id) FROM self_assessment WHERE finished_at IS NOT NULL AND person IN (",
    );
    sql.bind_list(people.iter().copied());
    sql.push(") GROUP BY person)");
    let (mut levels, mut at) = (Found::new(), BTreeMap::new());
    for (person, when, area, level) in r.query_sql::<(PersonId, Time, Area, Level)>(&sql)? {
        levels.entry(person).or_default().insert(area, level);
        at.insert(person, when);
    }
    Ok((levels, at))
}

fn lead_levels(r: &mut Read, people: &[PersonId]) -> Result<Found> {
    let mut sql = Sql::new(
        "SELECT person, area, level FROM lead_level WHERE id IN (SELECT max(id) FROM lead_level WHERE person IN (",
    );
    sql.bind_list(people.iter().copied());
    sql.push(") GROUP BY person, area)");
    let mut levels = Found::new();
    for (person, area, level) in r.query_sql::<(PersonId, Area, Level)>(&sql)? {
        levels.entry(person).or_default().insert(area, level);
    }
    Ok(levels)
}
