//! Tags: put on and taken off.

use std::collections::BTreeMap;

use axum::Form;
use desk::tickets;

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn add(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let word = fields.text("tag").to_string();
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let tagged = visit.state.desk().write(move |tx| {
        let event = tickets::tag(tx, &cx, number, &word)?;
        Ok(Done { show: number, event })
    });
    let tagged = tagged.await;
    answer(visit, "tags", fields, tagged).await
}

pub(crate) async fn remove(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let word = fields.text("tag").to_string();
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let untagged = visit.state.desk().write(move |tx| {
        let event = tickets::untag(tx, &cx, number, &word)?;
        Ok(Done { show: number, event })
    });
    let untagged = untagged.await;
    answer(visit, "tags", fields, untagged).await
}
