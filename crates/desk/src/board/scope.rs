//! Whose board it is: one team, or every team the viewer may see. Teams closed to him are left out of every figure.

use db::{Read, Sql};

use crate::access::{self, Viewer};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::TeamId;
use crate::teams::{self, Team};
use crate::views::Condition;

#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// `None` for the whole desk, but for what is closed.
    pub teams: Option<Vec<TeamId>>,
    closed: Vec<TeamId>,
}

/// The teams whose board the viewer may open, by name. Not found for whoever has no board.
pub fn teams_of_board(r: &mut Read, cx: &Context) -> Result<Vec<Team>> {
    access::require_board(&cx.viewer)?;
    let lang = cx.viewer.language;
    let mut found: Vec<Team> = teams::list(r, cx)?
        .into_iter()
        .filter(|team| access::may_see_board(&cx.viewer, team.id))
        .collect();
    found.sort_by_cached_key(|team| team.name(lang).to_lowercase());
    Ok(found)
}

impl Scope {
    /// One team, or all the viewer may see: the whole desk for supervisors and administrators, for a technician his own
    /// teams.
    pub(super) fn of(r: &mut Read, cx: &Context, team: Option<TeamId>) -> Result<Scope> {
        let offered = teams_of_board(r, cx)?;
        let teams = match team {
            Some(team) if offered.iter().any(|one| one.id == team) => Some(vec![team]),
            Some(_) => return Err(Error::NotFound),
            None if access::sees_every_board(&cx.viewer) => None,
            None => Some(offered.iter().map(|one| one.id).collect()),
        };
        Ok(Scope {
            teams,
            closed: cx.viewer.closed_teams.clone(),
        })
    }

    /// No team is 0 among the sums.
    pub(super) fn narrow_sums(&self, sql: &mut Sql) {
        if let Some(teams) = &self.teams {
            sql.push(" AND team IN (").bind_list(teams.iter().copied()).push(")");
        } else if !self.closed.is_empty() {
            sql.push(" AND team NOT IN (")
                .bind_list(self.closed.iter().copied())
                .push(")");
        }
    }

    /// The same for rows of tickets, where no team is NULL.
    pub(super) fn narrow_tickets(&self, sql: &mut Sql) {
        if let Some(teams) = &self.teams {
            sql.push(" AND team IN (").bind_list(teams.iter().copied()).push(")");
        } else if !self.closed.is_empty() {
            sql.push(" AND (team IS NULL OR team NOT IN (")
                .bind_list(self.closed.iter().copied())
                .push("))");
        }
    }

    /// The same for a list; the closed teams are left out of every list.
    pub(super) fn condition(&self, what: Condition) -> Condition {
        match &self.teams {
            Some(teams) => Condition::All(vec![what, Condition::Team(teams.clone())]),
            None => what,
        }
    }

    pub(super) fn holds(&self, viewer: &Viewer, team: TeamId) -> bool {
        match &self.teams {
            Some(teams) => teams.contains(&team),
            None => !viewer.closed_teams.contains(&team),
        }
    }
}
