//! A title given, taken away, and had back.

use axum::Form;
use desk::titles::{self, NewTitle, Undone};
use desk::{Context, Error, EventId, PersonId, access};

use super::list::render;
use crate::changes::{Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

pub(crate) async fn give(visit: Visit, Form(all): All) -> Outcome {
    let typed = Typed::from(all);
    let new = NewTitle {
        code: typed.text("code").to_string(),
        words: typed.text("words").to_string(),
    };
    let person = typed.number("person").map(PersonId);
    let given = visit.write(move |tx, cx| match person {
        Some(person) => titles::give(tx, cx, person, &new).map(|event| (person, event)),
        None => Err(nobody(cx)),
    });
    answer(&visit, typed, given.await).await
}

pub(crate) async fn take(visit: Visit, Form(all): All) -> Outcome {
    let typed = Typed::from(all);
    let person = typed.number("person").map(PersonId);
    let taken = visit.write(move |tx, cx| match person {
        Some(person) => titles::take(tx, cx, person).map(|event| (person, event)),
        None => Err(nobody(cx)),
    });
    answer(&visit, typed, taken.await).await
}

/// Whom the form names is nobody; for those who may not lead there is no such form.
fn nobody(cx: &Context) -> Error {
    if access::may_lead(&cx.viewer) {
        Error::refused("person", "refused-no-such-person")
    } else {
        Error::NotFound
    }
}

async fn answer(visit: &Visit, typed: Typed, done: desk::Result<(PersonId, EventId)>) -> Outcome {
    match done {
        Ok((person, event)) => Ok(to(&format!("/people/{person}?titled={event}"))),
        Err(error) => {
            let (q, person) = (typed.text("q").to_string(), typed.number("person").map(PersonId));
            let back = visit.back(typed, error)?;
            render(visit, q, person, back).await
        }
    }
}

pub(crate) async fn undo(visit: Visit, Form(all): All) -> Outcome {
    let event = Typed::from(all).number("event").map(EventId);
    let undone = visit.write(move |tx, cx| titles::undo(tx, cx, event.ok_or(Error::NotFound)?));
    match undone.await.map_err(|e| visit.oops(e))? {
        Undone::Person(person) => Ok(to(&format!("/people/{person}"))),
        Undone::Team(team) => Ok(to(&format!("/titles/22221/description?team={team}"))),
    }
}
