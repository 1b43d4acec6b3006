//! The page of one person: goals, notes, what he has now, and what was said of his tickets.

use db::{Read, Sql, args};

use super::admit;
use super::goal::{self, Goal};
use super::note::{self, Note, Version};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{CoachingNoteId, GoalId, PersonId};
use crate::quality::{self, Review};

#[derive(Clone, Debug)]
pub struct Coaching {
    pub person: PersonId,
    pub name: String,
    pub goals: Vec<Goal>,
    pub notes: Vec<Note>,
    pub versions: Vec<Version>,
    /// To be worked on now, and waiting.
    pub active: i64,
    pub waiting: i64,
    /// As far as the viewer may read them.
    pub reviews: Vec<Review>,
}

db::table! {
    struct Load { stage: i64, n: i64 }
}

pub fn show(r: &mut Read, cx: &Context, person: PersonId) -> Result<Coaching> {
    admit(r, cx, person, Place::Desk)?;
    let name: String = r.one("SELECT name FROM person WHERE id = $1", &args![person])?;
    let loads: Vec<Load> = r.query(
        "SELECT stage, count(*) AS n FROM ticket WHERE assignee = $1 AND stage IN (0, 1) AND merged_into IS NULL
         GROUP BY stage",
        &args![person],
    )?;
    let of = |stage: i64| loads.iter().filter(|load| load.stage == stage).map(|load| load.n).sum();
    Ok(Coaching {
        goals: goal::of(r, person)?,
        notes: note::of(r, person)?,
        versions: note::versions(r, person)?,
        active: of(0),
        waiting: of(1),
        reviews: quality::about_person(r, cx, person)?,
        person,
        name,
    })
}

db::table! {
    struct Named { id: PersonId, name: String }
}

/// Whom the viewer leads, by name.
pub fn led(r: &mut Read, cx: &Context) -> Result<Vec<(PersonId, String)>> {
    access::require(&cx.viewer, Place::Desk)?;
    if cx.viewer.leads.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT id, name FROM person WHERE NOT suspended AND id <> ");
    sql.bind(cx.viewer.person);
    sql.push(" AND id IN (SELECT person FROM membership WHERE team IN (");
    sql.bind_list(cx.viewer.leads.iter().copied())
        .push(")) ORDER BY name, id");
    let found: Vec<Named> = r.query_sql(&sql)?;
    Ok(found.into_iter().map(|one| (one.id, one.name)).collect())
}

/// Whose page a goal or a note stands on, for whoever may see it.
pub fn person_of_goal(r: &mut Read, cx: &Context, id: GoalId) -> Result<PersonId> {
    let person = goal::person_of(r, id)?;
    admit(r, cx, person, Place::Desk)?;
    Ok(person)
}

pub fn person_of_note(r: &mut Read, cx: &Context, id: CoachingNoteId) -> Result<PersonId> {
    let person = note::person_of(r, id)?;
    admit(r, cx, person, Place::Desk)?;
    Ok(person)
}
