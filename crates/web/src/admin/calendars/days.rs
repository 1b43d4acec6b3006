//! Days of a calendar's own, from its page.

use axum::extract::{Form, Path};
use desk::calendars::{self, NewDay};
use desk::{CalendarId, Error};
use serde::Deserialize;

use super::super::door::to;
use super::super::visit::Visit;
use super::deeds::done;
use super::show::{Typed, again};
use crate::http::Outcome;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    day: String,
    day_name: String,
    yearly: String,
}

pub(in crate::admin) async fn add(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let id = CalendarId(id);
    let day = NewDay {
        day: fields.day,
        name: fields.day_name,
        yearly: fields.yearly == "yes",
    };
    let new = day.clone();
    match done(&visit, move |tx, cx| calendars::add_day(tx, cx, id, &new)).await {
        Ok(event) => to(&format!("/admin/calendars/{id}?done={event}")),
        Err(error) => {
            let typed = Typed {
                day,
                error: Some(error),
                ..Typed::default()
            };
            again(&visit, Some(id), typed).await
        }
    }
}

pub(in crate::admin) async fn remove(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let id = CalendarId(id);
    let day = fields.day.parse().map_err(|_| Error::NotFound);
    match done(&visit, move |tx, cx| calendars::remove_day(tx, cx, id, day?)).await {
        Ok(event) => to(&format!("/admin/calendars/{id}?done={event}")),
        Err(error) => Err(visit.admin.oops(error)),
    }
}
