//! `POST /tickets/{number}/status`: wait for the requester, hold for others, go on, reopen, close.

use std::collections::BTreeMap;

use axum::Form;
use desk::{Error, tickets};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn change(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let (what, waiting_for) = (fields.text("do").to_string(), fields.text("waiting_for").to_string());
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let changed = visit.state.desk().write(move |tx| {
        let changed = match what.as_str() {
            "pend" => tickets::pend(tx, &cx, number),
            "hold" => tickets::hold(tx, &cx, number, &waiting_for),
            "resume" => tickets::resume(tx, &cx, number),
            "close" => tickets::close(tx, &cx, number),
            "reopen" => tickets::reopen(tx, &cx, number),
            _ => Err(Error::refused("do", "refused-status")),
        }?;
        Ok(Done {
            show: number,
            event: changed.event,
        })
    });
    let changed = changed.await;
    let form = if fields.text("do") == "hold" { "hold" } else { "status" };
    answer(visit, form, fields, changed).await
}
