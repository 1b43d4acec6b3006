//! Being told of what happens on a ticket, and no more.

use desk::tickets;

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn watch(visit: Visit) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let watched = visit.state.desk().write(move |tx| {
        let event = tickets::watch(tx, &cx, number)?;
        Ok(Done { show: number, event })
    });
    let watched = watched.await;
    answer(visit, "status", Fields::default(), watched).await
}

pub(crate) async fn unwatch(visit: Visit) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let unwatched = visit.state.desk().write(move |tx| {
        let event = tickets::unwatch(tx, &cx, number)?;
        Ok(Done { show: number, event })
    });
    let unwatched = unwatched.await;
    answer(visit, "status", Fields::default(), unwatched).await
}
