//! What is done to a calendar from its page, and taken back. The house rules are read anew afterwards: the desk promises
//! by the house calendar.

use axum::extract::{Form, Path};
use desk::calendars;
use desk::{CalendarId, Context, Error, EventId, Write};
use serde::Deserialize;

use super::super::door::{Undo, to};
use super::super::visit::Visit;
use super::show::{Fields, Typed, again};
use crate::http::Outcome;
use crate::layout::Shell;

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
pub(in crate::admin) struct Back {
    event: Option<i64>,
}

pub(in crate::admin) async fn add(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let new = fields.calendar();
    match done(&visit, move |tx, cx| calendars::add(tx, cx, &new)).await {
        Ok(id) => to(&format!("/admin/calendars/{id}")),
        Err(error) => again(&visit, None, typed(fields, error)).await,
    }
}

pub(in crate::admin) async fn edit(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (new, id) = (fields.calendar(), CalendarId(id));
    match done(&visit, move |tx, cx| calendars::edit(tx, cx, id, &new)).await {
        Ok(event) => to(&format!("/admin/calendars/{id}?done={event}")),
        Err(error) => again(&visit, Some(id), typed(fields, error)).await,
    }
}

fn typed(fields: Fields, error: Error) -> Typed {
    Typed {
        fields: Some(fields),
        error: Some(error),
        ..Typed::default()
    }
}

pub(in crate::admin) async fn retire(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, id, move |tx, cx| calendars::retire(tx, cx, CalendarId(id))).await
}

pub(in crate::admin) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, id, move |tx, cx| calendars::restore(tx, cx, CalendarId(id))).await
}

async fn set(
    visit: &Visit,
    id: i64,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<EventId> + Send + 'static,
) -> Outcome {
    match done(visit, deed).await {
        Ok(event) => to(&format!("/admin/calendars?done={event}")),
        Err(error) => refused(visit, id, error).await,
    }
}

pub(in crate::admin) async fn undo(visit: Visit, Form(back): Form<Back>) -> Outcome {
    let event = back.event.map(EventId);
    let undone = done(&visit, move |tx, cx| {
        calendars::undo(tx, cx, event.ok_or(Error::NotFound)?)
    })
    .await;
    match undone {
        Ok(id) => to(&format!("/admin/calendars/{id}")),
        Err(error) => Err(visit.admin.oops(error)),
    }
}

async fn refused(visit: &Visit, id: i64, error: Error) -> Outcome {
    let typed = Typed {
        error: Some(error),
        ..Typed::default()
    };
    again(visit, Some(CalendarId(id)), typed).await
}

/// Does it, and reads the house rules anew.
pub(super) async fn done<T: Send + 'static>(
    visit: &Visit,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<T> + Send + 'static,
) -> desk::Result<T> {
    let cx = visit.admin.cx.clone();
    let done = visit.state.desk().write(move |tx| deed(tx, &cx)).await?;
    visit.state.desk().reload_house().await?;
    Ok(done)
}

/// What was just done, to take back.
pub(super) fn undo_of(shell: &Shell, event: i64) -> Undo {
    Undo {
        words: shell.t("saved"),
        action: "/admin/calendars/undo".to_string(),
        fields: vec![("event", event.to_string())],
    }
}
