//! A goal: agreed, reached, taken up again.

use db::{Read, Write, args};

use super::{WORDS, admit};
use crate::access::Place;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, GoalId, PersonId};

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Goal {
        pub id: GoalId,
        pub person: PersonId,
        pub made_by: PersonId,
        pub words: String,
        pub created_at: Time,
        pub reached_at: Option<Time>,
        pub removed: bool,
    }
}

/// By the person or a lead of his.
pub fn add_goal(tx: &mut Write, cx: &Context, person: PersonId, words: &str) -> Result<GoalId> {
    admit(tx, cx, person, Place::DeskWrite)?;
    Checks::default().text(words, WORDS, "goal").done()?;
    let id: GoalId = tx.one(
        "INSERT INTO coaching_goal (person, made_by, words, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
        &args![person, cx.viewer.person, words.trim(), cx.now],
    )?;
    events::record(tx, cx, Fact::new(EventKind::CoachingGoal).about(id.0))?;
    Ok(id)
}

pub fn reach_goal(tx: &mut Write, cx: &Context, id: GoalId) -> Result<EventId> {
    let goal = admitted(tx, cx, id)?;
    put(tx, cx, id, goal.reached_at.or(Some(cx.now)), goal.removed)
}

pub fn reopen_goal(tx: &mut Write, cx: &Context, id: GoalId) -> Result<EventId> {
    let goal = admitted(tx, cx, id)?;
    put(tx, cx, id, None, goal.removed)
}

pub fn remove_goal(tx: &mut Write, cx: &Context, id: GoalId) -> Result<EventId> {
    let goal = admitted(tx, cx, id)?;
    put(tx, cx, id, goal.reached_at, true)
}

pub fn restore_goal(tx: &mut Write, cx: &Context, id: GoalId) -> Result<EventId> {
    let goal = admitted(tx, cx, id)?;
    put(tx, cx, id, goal.reached_at, false)
}

fn put(tx: &mut Write, cx: &Context, id: GoalId, reached_at: Option<Time>, removed: bool) -> Result<EventId> {
    tx.exec(
        "UPDATE coaching_goal SET reached_at = $2, removed = $3 WHERE id = $1",
        &args![id, reached_at, removed],
    )?;
    events::record(tx, cx, Fact::new(EventKind::CoachingGoal).about(id.0))
}

fn admitted(tx: &mut Write, cx: &Context, id: GoalId) -> Result<Goal> {
    tx.hold_rows(
        "SELECT id FROM coaching_goal WHERE id = $1 FOR NO KEY UPDATE",
        &args![id],
    )?;
    let goal: Goal = tx.one(
        "SELECT id, person, made_by, words, created_at, reached_at, removed FROM coaching_goal WHERE id = $1",
        &args![id],
    )?;
    admit(tx, cx, goal.person, Place::DeskWrite)?;
    Ok(goal)
}

/// Those that stand, what is open first.
pub(super) fn of(r: &mut Read, person: PersonId) -> Result<Vec<Goal>> {
    Ok(r.query(
        "SELECT id, person, made_by, words, created_at, reached_at, removed FROM coaching_goal
         WHERE person = $1 AND NOT removed ORDER BY CASE WHEN reached_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 100",
        &args![person],
    )?)
}

/// Whose goal it is, for whoever may see it.
pub(super) fn person_of(r: &mut Read, id: GoalId) -> Result<PersonId> {
    Ok(r.one("SELECT person FROM coaching_goal WHERE id = $1", &args![id])?)
}
