//! What is done with one button, each with its way back.

use axum::Form;
use axum::extract::Path;
use desk::{CoachingNoteId, Error, GoalId, coaching};

use crate::changes::{Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

pub(crate) async fn goal(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), GoalId(id));
    let removed = typed.text("deed") == "remove";
    let done = visit.write(move |tx, cx| {
        match typed.text("deed") {
            "reach" => coaching::reach_goal(tx, cx, id)?,
            "reopen" => coaching::reopen_goal(tx, cx, id)?,
            "remove" => coaching::remove_goal(tx, cx, id)?,
            "restore" => coaching::restore_goal(tx, cx, id)?,
            _ => return Err(Error::NotFound),
        };
        coaching::person_of_goal(tx, cx, id)
    });
    let person = done.await.map_err(|e| visit.oops(e))?;
    let tail = if removed { format!("?goal={id}") } else { String::new() };
    Ok(to(&format!("/team/people/{person}{tail}")))
}

pub(crate) async fn note(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), CoachingNoteId(id));
    let removed = typed.text("deed") == "remove";
    let done = visit.write(move |tx, cx| {
        match typed.text("deed") {
            "remove" => coaching::remove_note(tx, cx, id)?,
            "restore" => coaching::restore_note(tx, cx, id)?,
            _ => return Err(Error::NotFound),
        };
        coaching::person_of_note(tx, cx, id)
    });
    let person = done.await.map_err(|e| visit.oops(e))?;
    let tail = if removed { format!("?note={id}") } else { String::new() };
    Ok(to(&format!("/team/people/{person}{tail}")))
}
