//! Who asks: the person behind a session, a token or a link, with his role and teams. Read on every request, so it is
//! one statement for the person and one for the teams.

use db::{Read, args};

use crate::access::{Role, Scopes, Via, Viewer};
use crate::error::Result;
use crate::ids::{OrganizationId, PersonId, TeamId};
use crate::words::Lang;

db::table! {
    pub(super) struct Known {
        pub person: PersonId,
        pub name: String,
        pub role: Role,
        pub language: Lang,
        pub organization: Option<OrganizationId>,
        pub reads_colleagues: bool,
    }
}

/// `NotFound` for somebody suspended or merged into another.
pub fn load_viewer(r: &mut Read, person: PersonId, via: Via) -> Result<Viewer> {
    let known: Known = r.one(
        "SELECT p.id AS person, p.name, p.role, p.language, p.organization,
           COALESCE(o.shares_requests, FALSE) AS reads_colleagues
         FROM person p LEFT JOIN organization o ON o.id = p.organization
         WHERE p.id = $1 AND NOT p.suspended AND p.merged_into IS NULL",
        &args![person],
    )?;
    with_teams(r, known, via)
}

/// Requesters belong to no team: what they see does not depend on teams, so nothing more is read for them.
pub(super) fn with_teams(r: &mut Read, known: Known, via: Via) -> Result<Viewer> {
    let mut viewer = Viewer {
        person: known.person,
        name: known.name,
        role: known.role,
        language: known.language,
        organization: known.organization,
        reads_colleagues: known.reads_colleagues,
        teams: Vec::new(),
        leads: Vec::new(),
        closed_teams: Vec::new(),
        audited_teams: Vec::new(),
        via: narrowed(via, known.role),
    };
    if viewer.role == Role::Requester {
        return Ok(viewer);
    }
    let teams: Vec<(TeamId, bool, bool)> = r.query(
        "SELECT t.id, m.person IS NOT NULL, COALESCE(m.leads, FALSE)
         FROM team t LEFT JOIN membership m ON m.team = t.id AND m.person = $1
         WHERE t.private OR m.person IS NOT NULL ORDER BY t.id",
        &args![viewer.person],
    )?;
    for (team, member, leads) in teams {
        if leads {
            viewer.leads.push(team);
        }
        match (member, viewer.role) {
            (true, _) => viewer.teams.push(team),
            (false, Role::Admin) => viewer.audited_teams.push(team),
            (false, _) => viewer.closed_teams.push(team),
        }
    }
    Ok(viewer)
}

/// A token never reaches above the role its owner has now.
fn narrowed(via: Via, role: Role) -> Via {
    match via {
        Via::Token(scopes) => Via::Token(Scopes {
            admin: scopes.admin && role == Role::Admin,
            ..scopes
        }),
        other => other,
    }
}
