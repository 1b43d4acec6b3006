//! What is done with steps: add, tick, change, move, take away. Each comes back to where it was done: the page of the
//! ticket, or the page of its steps.

use std::collections::BTreeMap;

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use desk::tickets::{self, StepEdit};
use desk::{Error, EventId, PersonId, Result, StepId, TicketNumber};

use super::again::Again;
use super::fields::Fields;
use super::outcome::{Done, answer};
use super::steps_page;
use super::visit::Visit;
use crate::http::Outcome;

type All = Form<BTreeMap<String, String>>;

fn step_of(fields: &Fields) -> Result<StepId> {
    let id = fields.number("step").map(StepId);
    id.ok_or(Error::refused("step", "refused-no-such-step"))
}

pub(crate) async fn add(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let text = fields.text("text").to_string();
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let added = visit
        .state
        .desk()
        .write(move |tx| tickets::add_steps(tx, &cx, number, &text).map(Some));
    let added = added.await;
    go_on(visit, fields, added).await
}

/// `key` is what a tick that waited for the network brings: it is taken once, however often it is sent.
pub(crate) async fn tick(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let (step, done) = (step_of(&fields), fields.text("done") != "no");
    let key = Some(fields.text("key").to_string()).filter(|key| !key.is_empty());
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let ticked = visit
        .state
        .desk()
        .write(move |tx| tickets::tick(tx, &cx, number, step?, done, key.as_deref()));
    let ticked = ticked.await;
    go_on(visit, fields, ticked).await
}

pub(crate) async fn change(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let step = step_of(&fields);
    let edit = StepEdit {
        words: fields.text("words").to_string(),
        assignee: fields.number("assignee").map(PersonId),
        due: Some(fields.text("due").trim().to_string()).filter(|day| !day.is_empty()),
    };
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let changed = visit
        .state
        .desk()
        .write(move |tx| tickets::change_step(tx, &cx, number, step?, &edit).map(Some));
    let changed = changed.await;
    go_on(visit, fields, changed).await
}

pub(crate) async fn shift(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let (step, up) = (step_of(&fields), fields.text("to") == "up");
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let moved = visit
        .state
        .desk()
        .write(move |tx| tickets::move_step(tx, &cx, number, step?, up).map(Some));
    let moved = moved.await;
    go_on(visit, fields, moved).await
}

pub(crate) async fn remove(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let step = step_of(&fields);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let removed = visit
        .state
        .desk()
        .write(move |tx| tickets::remove_step(tx, &cx, number, step?).map(Some));
    let removed = removed.await;
    go_on(visit, fields, removed).await
}

async fn go_on(visit: Visit, fields: Fields, outcome: Result<Option<EventId>>) -> Outcome {
    if fields.text("back") != "steps" {
        return match outcome {
            // It stood so already: there is nothing to undo.
            Ok(None) => Ok(Redirect::to(&address(&visit, visit.number)).into_response()),
            Ok(Some(event)) => {
                let done = Done {
                    show: visit.number,
                    event,
                };
                answer(visit, "steps", fields, Ok(done)).await
            }
            Err(e) => answer(visit, "steps", fields, Err(e)).await,
        };
    }
    let (refusals, conflict) = match outcome {
        Ok(event) => {
            let done = event.map_or(String::new(), |event| format!("?done={event}"));
            return Ok(Redirect::to(&format!("/tickets/{}/steps{done}", visit.number)).into_response());
        }
        Err(Error::Refused(refusals)) => (refusals, None),
        Err(Error::Conflict(key)) => (Vec::new(), Some(key)),
        Err(other) => return Err(crate::http::Oops::from(other).in_language(visit.lang())),
    };
    let again = Again {
        form: "steps",
        refusals,
        conflict,
        fields,
    };
    steps_page::render(visit, again).await
}

fn address(visit: &Visit, number: TicketNumber) -> String {
    format!("/tickets/{number}?{}", visit.at.list())
}
