//! `POST /tickets/{number}/undo`: takes one event of this ticket back. An event of another ticket is not there. Words
//! that were taken back stand in the composer again.

use std::collections::BTreeMap;

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use desk::events::EventKind;
use desk::{Error, EventId, events, tickets};

use super::fields::Fields;
use super::outcome::answer;
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn undo(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let event = fields.number("event").map(EventId);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let undone = visit.state.desk().write(move |tx| {
        let id = event.ok_or(Error::NotFound)?;
        let event = events::find(tx, id)?;
        if event.ticket != Some(number) {
            return Err(Error::NotFound);
        }
        let words = matches!(
            event.kind,
            EventKind::Replied | EventKind::Noted | EventKind::Called | EventKind::Visited
        );
        let planned = event.kind == EventKind::ReplyPlanned;
        let back = match event.subject {
            Some(id) if words => format!("&back={id}"),
            Some(id) if planned => format!("&unplanned={id}"),
            _ => String::new(),
        };
        Ok((tickets::undo(tx, &cx, id)?, back))
    });
    match undone.await {
        Ok((number, back)) => Ok(Redirect::to(&format!("/tickets/{number}?{}{back}", visit.at.list())).into_response()),
        Err(refused) => answer(visit, "status", fields, Err(refused)).await,
    }
}
