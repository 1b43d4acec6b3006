//! `POST /tickets/{number}/assignee`: to a technician, to me, or to nobody.

use std::collections::BTreeMap;

use axum::Form;
use desk::{Error, PersonId, tickets};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn assign(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let to = fields.text("assignee").trim().to_string();
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let assigned = visit.state.desk().write(move |tx| {
        let changed = match (to.as_str(), to.parse()) {
            ("", _) => tickets::release(tx, &cx, number),
            ("me", _) => tickets::take(tx, &cx, number),
            (_, Ok(id)) => tickets::assign(tx, &cx, number, PersonId(id)),
            _ => Err(Error::refused("assignee", "refused-not-a-technician")),
        }?;
        Ok(Done {
            show: number,
            event: changed.event,
        })
    });
    let assigned = assigned.await;
    answer(visit, "assignee", fields, assigned).await
}
