//! What an administrator does with the table and with who may see it.

use axum::Form;
use desk::wages;
use desk::{Error, PersonId, WageEditionId};

use super::plan::render;
use crate::changes::{Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

/// The table before the one in use is in use again.
pub(crate) async fn bring_back(visit: Visit, Form(all): All) -> Outcome {
    let edition = Typed::from(all).number("edition").map(WageEditionId);
    let done = visit.write(move |tx, cx| wages::bring_back(tx, cx, edition)).await;
    answer(&visit, done.map(drop)).await
}

pub(crate) async fn planner(visit: Visit, Form(all): All) -> Outcome {
    let typed = Typed::from(all);
    let (person, allowed) = (
        typed.number("person").map_or(PersonId(0), PersonId),
        typed.has("allowed", "yes"),
    );
    let done = visit
        .write(move |tx, cx| wages::change_planner(tx, cx, person, allowed))
        .await;
    answer(&visit, done.map(drop)).await
}

async fn answer(visit: &Visit, done: desk::Result<()>) -> Outcome {
    match done {
        Ok(()) => Ok(to("/wages")),
        Err(Error::Refused(refusals)) => render(visit, Typed::default(), refusals, None).await,
        Err(Error::Conflict(key)) => render(visit, Typed::default(), Vec::new(), Some(key)).await,
        Err(other) => Err(visit.oops(other)),
    }
}
