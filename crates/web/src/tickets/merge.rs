//! Two tickets about one thing become one, and apart again.

use std::collections::BTreeMap;

use axum::Form;
use desk::{Error, TicketNumber, tickets};

use super::fields::Fields;
use super::merge_look;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn merge(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    if fields.text("look") == "yes" {
        return merge_look::look(&visit, fields.text("into"));
    }
    let into = fields.number("into").map(TicketNumber);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let merged = visit.state.desk().write(move |tx| {
        let into = into.ok_or(Error::refused("into", "refused-no-such-ticket"))?;
        let changed = tickets::merge(tx, &cx, number, into)?;
        Ok(Done {
            show: into,
            event: changed.event,
        })
    });
    let merged = merged.await;
    answer(visit, "merge", fields, merged).await
}

/// Takes this ticket out of the one it was merged into, and shows it.
pub(crate) async fn unmerge(visit: Visit) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let unmerged = visit.state.desk().write(move |tx| {
        let changed = tickets::unmerge(tx, &cx, number)?;
        Ok(Done {
            show: number,
            event: changed.event,
        })
    });
    let unmerged = unmerged.await;
    answer(visit, "status", Fields::default(), unmerged).await
}
