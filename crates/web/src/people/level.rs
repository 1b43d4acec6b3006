//! How far a member of the staff works without supervision: on his page, for those who may know it.

use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::people::{self, Level, Person};
use desk::{Context, Error, EventId, PersonId, Read};
use serde::Deserialize;

use crate::http::{Oops, Outcome, Staff};
use crate::state::State;

/// What the page shows of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) level: Option<Level>,
    pub(super) may_set: bool,
}

impl Known {
    /// The key of the level's word.
    pub(super) fn key(&self) -> String {
        key_of(self.level)
    }

    /// Each step with its key, and whether it is the one that holds.
    pub(super) fn choices(&self) -> Vec<(i64, String, bool)> {
        let steps = std::iter::once(None).chain(Level::ALL.into_iter().map(Some));
        let one = |level: Option<Level>| (level.map_or(0, Level::number), key_of(level), level == self.level);
        steps.map(one).collect()
    }
}

fn key_of(level: Option<Level>) -> String {
    format!("level-{}", level.map_or(0, Level::number))
}

/// Nothing where the viewer may not know it, or where there is none to be known: a requester has no level.
pub(super) fn known(r: &mut Read, cx: &Context, person: &Person) -> desk::Result<Option<Known>> {
    if person.role < desk::access::Role::Technician {
        return Ok(None);
    }
    match people::level_of(r, cx, person.id) {
        Ok(level) => Ok(Some(Known {
            level,
            may_set: people::may_set_level(cx, person.id, person.role),
        })),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    level: String,
}

pub async fn set(
    Extract(state): Extract<State>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(chosen): Form<Chosen>,
) -> Outcome {
    let cx = staff.cx.clone();
    let set = state.desk().write(move |tx| {
        let level = match chosen.level.as_str() {
            "0" => None,
            other => {
                let level = other.parse().ok().and_then(Level::of);
                Some(level.ok_or(Error::refused("level", "refused-choice"))?)
            }
        };
        people::set_level(tx, &cx, PersonId(id), level)
    });
    let event = set
        .await
        .map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/people/{id}?level={event}")).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    event: i64,
}

pub async fn undo(
    Extract(state): Extract<State>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(done): Form<Done>,
) -> Outcome {
    let cx = staff.cx.clone();
    let undone = state.desk().write(move |tx| {
        let person = people::undo_level(tx, &cx, EventId(done.event))?;
        // The address names the person: an event of another is not there.
        if person == PersonId(id) {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    });
    undone
        .await
        .map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/people/{id}")).into_response())
}
