//! Noting somebody, taking the next one, letting somebody go and having him back.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Redirect};
use desk::{Error, PersonId, WalkInId, counter, tickets};

use super::show::{Asked, Back, render};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::state::State;

type All = Form<BTreeMap<String, String>>;

fn number(fields: &BTreeMap<String, String>, name: &str) -> Option<i64> {
    fields.get(name)?.trim().parse().ok()
}

fn walk_in(fields: &BTreeMap<String, String>) -> desk::Result<WalkInId> {
    let id = number(fields, "id").map(WalkInId);
    id.ok_or(Error::refused("walk-in", "refused-not-waiting"))
}

pub(crate) async fn arrive(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Form(fields): All) -> Outcome {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default().replace('\0', "");
    let (cx, name, words) = (staff.cx.clone(), text("who"), text("words"));
    let person = number(&fields, "person").map(PersonId);
    let noted = state
        .desk()
        .write(move |tx| counter::arrive(tx, &cx, &name, person, &words));
    match noted.await {
        Ok(_) => Ok(Redirect::to("/counter").into_response()),
        Err(e) => again(&state, &staff, nonce, fields, e).await,
    }
}

/// Whom the page showed: the first in the line, or the one that was pressed.
pub(crate) async fn take(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Form(fields): All) -> Outcome {
    let (cx, which) = (staff.cx.clone(), walk_in(&fields));
    let taken = state.desk().write(move |tx| {
        let number = counter::take(tx, &cx, which?)?;
        Ok(Some(number).filter(|number| tickets::find_inside(tx, &cx, *number).is_ok()))
    });
    match taken.await {
        Ok(Some(number)) => Ok(Redirect::to(&format!("/tickets/{number}?view=mine")).into_response()),
        // By now it is a private team's that he is not of.
        Ok(None) => Ok(Redirect::to("/inbox/mine").into_response()),
        Err(e) => again(&state, &staff, nonce, fields, e).await,
    }
}

pub(crate) async fn leave(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Form(fields): All) -> Outcome {
    let (cx, id) = (staff.cx.clone(), walk_in(&fields));
    let left = state.desk().write(move |tx| {
        let id = id?;
        counter::leave(tx, &cx, id)?;
        Ok(id)
    });
    match left.await {
        Ok(id) => Ok(Redirect::to(&format!("/counter?left={id}")).into_response()),
        Err(e) => again(&state, &staff, nonce, fields, e).await,
    }
}

pub(crate) async fn come_back(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Form(fields): All,
) -> Outcome {
    let (cx, id) = (staff.cx.clone(), walk_in(&fields));
    let back = state.desk().write(move |tx| counter::come_back(tx, &cx, id?));
    match back.await {
        Ok(_) => Ok(Redirect::to("/counter").into_response()),
        Err(e) => again(&state, &staff, nonce, fields, e).await,
    }
}

/// The page again, with what was typed and why it was not taken.
async fn again(state: &State, staff: &Staff, nonce: Nonce, fields: BTreeMap<String, String>, e: Error) -> Outcome {
    let (refusals, conflict) = match e {
        Error::Refused(refusals) => (refusals, None),
        Error::Conflict(key) => (Vec::new(), Some(key)),
        other => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    };
    let back = Back {
        fields,
        refusals,
        conflict,
    };
    render(state, staff, nonce, Asked::default(), back).await
}
