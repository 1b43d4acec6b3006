//! Time logged without a message: kept, corrected, taken away.

use std::collections::BTreeMap;

use axum::Form;
use desk::{Error, Result, TimeId, tickets};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

type All = Form<BTreeMap<String, String>>;

fn entry_of(fields: &Fields) -> Result<TimeId> {
    let id = fields.number("entry").map(TimeId);
    id.ok_or(Error::refused("spent", "refused-no-such-time"))
}

pub(crate) async fn log(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let (time, words) = (fields.text("spent").to_string(), fields.text("words").to_string());
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let logged = visit.state.desk().write(move |tx| {
        let event = tickets::log_time(tx, &cx, number, &time, &words)?;
        Ok(Done { show: number, event })
    });
    let logged = logged.await;
    answer(visit, "time", fields, logged).await
}

pub(crate) async fn change(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let entry = entry_of(&fields);
    let (time, words) = (fields.text("spent").to_string(), fields.text("words").to_string());
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let changed = visit.state.desk().write(move |tx| {
        let event = tickets::change_time(tx, &cx, number, entry?, &time, &words)?;
        Ok(Done { show: number, event })
    });
    let changed = changed.await;
    answer(visit, "time-change", fields, changed).await
}

pub(crate) async fn remove(visit: Visit, Form(all): All) -> Outcome {
    let fields = Fields::from(all);
    let entry = entry_of(&fields);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let removed = visit.state.desk().write(move |tx| {
        let event = tickets::remove_time(tx, &cx, number, entry?)?;
        Ok(Done { show: number, event })
    });
    let removed = removed.await;
    answer(visit, "time-change", fields, removed).await
}
