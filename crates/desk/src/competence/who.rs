//! Whose competence somebody may read, and whom he leads.

use db::{Read, Sql, args};

use crate::access;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TeamId};

/// One of the staff, with the teams he belongs to.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: PersonId,
    pub name: String,
    pub teams: Vec<TeamId>,
}

/// The person, if the viewer is he or leads him; else as if nobody were there.
pub fn seen(r: &mut Read, cx: &Context, person: PersonId) -> Result<Member> {
    let member = load(r, person)?;
    if access::may_see_competence(&cx.viewer, member.id, &member.teams) {
        Ok(member)
    } else {
        Err(Error::NotFound)
    }
}

/// The person, if the viewer may say how far he is: he leads him, and is not he.
pub(crate) fn assessed(r: &mut Read, cx: &Context, person: PersonId) -> Result<Member> {
    let member = load(r, person)?;
    if access::may_assess(&cx.viewer, member.id, &member.teams) {
        Ok(member)
    } else {
        Err(Error::NotFound)
    }
}

/// Whether the viewer leads this person.
pub fn is_led(cx: &Context, member: &Member) -> bool {
    access::may_assess(&cx.viewer, member.id, &member.teams)
}

fn load(r: &mut Read, person: PersonId) -> Result<Member> {
    let name: String = r.one(
        "SELECT name FROM person WHERE id = $1 AND role <> 'requester' AND NOT suspended AND merged_into IS NULL",
        &args![person],
    )?;
    let teams = r.query(
        "SELECT team FROM membership WHERE person = $1 ORDER BY team",
        &args![person],
    )?;
    Ok(Member {
        id: person,
        name,
        teams,
    })
}

/// Everybody in the teams the viewer leads, himself too, by name.
pub fn led(r: &mut Read, cx: &Context) -> Result<Vec<Member>> {
    if !access::leads_somebody(&cx.viewer) {
        return Err(Error::NotFound);
    }
    let mut sql = Sql::new(
        "SELECT p.id, p.name, m.team FROM membership m JOIN person p ON p.id = m.person
         WHERE p.role <> 'requester' AND NOT p.suspended AND m.team IN (",
    );
    sql.bind_list(cx.viewer.leads.iter().copied());
    sql.push(") ORDER BY p.name, p.id, m.team");
    let mut members: Vec<Member> = Vec::new();
    for (id, name, team) in r.query_sql::<(PersonId, String, TeamId)>(&sql)? {
        match members.last_mut() {
            Some(last) if last.id == id => last.teams.push(team),
            _ => members.push(Member {
                id,
                name,
                teams: vec![team],
            }),
        }
    }
    Ok(members)
}
