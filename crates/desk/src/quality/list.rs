//! Reviews for whoever may read them.

use db::{Read, Sql};

use super::review::{Review, State};
use super::store::{self, SELECT};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, QualityReviewId};

/// Lines of a list.
const MOST: i64 = 100;

/// What waits for the viewer: of the teams he leads, never about himself; the oldest first.
pub fn queue(r: &mut Read, cx: &Context) -> Result<Vec<Review>> {
    led(r, cx, State::Waiting, " ORDER BY id LIMIT ")
}

/// What was filled in the teams he leads, the newest first.
pub fn done_of_team(r: &mut Read, cx: &Context) -> Result<Vec<Review>> {
    led(r, cx, State::Done, " ORDER BY done_at DESC, id DESC LIMIT ")
}

fn led(r: &mut Read, cx: &Context, state: State, order: &'static str) -> Result<Vec<Review>> {
    access::require(&cx.viewer, Place::Desk)?;
    if cx.viewer.leads.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(SELECT);
    sql.push("team IN (").bind_list(cx.viewer.leads.iter().copied());
    sql.push(") AND state = ").bind(state);
    sql.push(" AND person <> ").bind(cx.viewer.person);
    sql.push(order).bind(MOST);
    store::query(r, &sql)
}

/// What was said of the viewer, the newest first.
pub fn about_me(r: &mut Read, cx: &Context) -> Result<Vec<Review>> {
    access::require(&cx.viewer, Place::Desk)?;
    about(r, cx.viewer.person, MOST)
}

/// The same of somebody else, as far as the viewer may read them.
pub(crate) fn about_person(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<Review>> {
    let mut found = about(r, person, MOST)?;
    found.retain(|review| review.is_for(&cx.viewer));
    Ok(found)
}

fn about(r: &mut Read, person: PersonId, most: i64) -> Result<Vec<Review>> {
    let mut sql = Sql::new(SELECT);
    sql.push("person = ").bind(person);
    sql.push(" AND state = ").bind(State::Done);
    sql.push(" ORDER BY done_at DESC, id DESC LIMIT ").bind(most);
    store::query(r, &sql)
}

/// Not found for all but the leads of its team and, once it is filled, the person it is about.
pub fn find(r: &mut Read, cx: &Context, id: QualityReviewId) -> Result<Review> {
    access::require(&cx.viewer, Place::Desk)?;
    let review = store::find(r, id)?.ok_or(Error::NotFound)?;
    if review.is_for(&cx.viewer) {
        Ok(review)
    } else {
        Err(Error::NotFound)
    }
}
