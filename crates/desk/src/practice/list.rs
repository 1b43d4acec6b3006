//! Reading practice tickets: one's own, and those of whom one leads.

use db::Read;

use super::store::{self, Done, Practice};
use crate::access::{self, Place};
use crate::competence;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, PracticeId};

/// Those of the viewer and of everybody he leads, the newest first.
pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<Practice>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut people: Vec<PersonId> = match competence::led(r, cx) {
        Ok(members) => members.into_iter().map(|member| member.id).collect(),
        Err(Error::NotFound) => Vec::new(),
        Err(other) => return Err(other),
    };
    people.push(cx.viewer.person);
    let all = store::of(r, &people)?;
    Ok(all.into_iter().map(|one| covered(cx, one)).collect())
}

pub fn find(r: &mut Read, cx: &Context, id: PracticeId) -> Result<Practice> {
    let one = store::load(r, id)?;
    competence::seen(r, cx, one.person)?;
    if one.removed {
        return Err(Error::NotFound);
    }
    Ok(covered(cx, one))
}

/// Whoever works it sees what was done once he has handed in what he would do.
fn covered(cx: &Context, mut one: Practice) -> Practice {
    if one.handed_at.is_none() && one.person == cx.viewer.person {
        one.done = Done::default();
    }
    one
}
