//! Putting a ticket away until a moment, and bringing it back.

use std::collections::BTreeMap;

use axum::Form;
use desk::tickets::{self, Stage, Ticket};
use desk::{Context, Time};

use super::fields::Fields;
use super::later::{self, OfferView};
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;
use crate::layout::Shell;

/// What the page of a ticket says of it.
#[derive(Clone, Debug)]
pub(crate) struct SnoozeView {
    /// It is away until then.
    pub until: Option<Time>,
    /// Nothing done is put away.
    pub offered: bool,
    pub offers: Vec<OfferView>,
    /// The nearest moment the field takes.
    pub soonest: String,
}

pub(crate) fn snooze_view(shell: &Shell, cx: &Context, ticket: &Ticket) -> SnoozeView {
    SnoozeView {
        until: ticket.snoozed_until,
        offered: ticket.status.stage() != Stage::Done && ticket.merged_into.is_none(),
        offers: later::offers(shell, cx),
        soonest: later::local(shell.now, &shell.zone),
    }
}

pub(crate) async fn snooze(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let until = later::chosen(&visit, &fields);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let snoozed = visit.state.desk().write(move |tx| {
        tickets::find_visible(tx, &cx, number)?;
        let changed = tickets::snooze(tx, &cx, number, until?)?;
        Ok(Done {
            show: number,
            event: changed.event,
        })
    });
    let snoozed = snoozed.await;
    answer(visit, "snooze", fields, snoozed).await
}

pub(crate) async fn wake(visit: Visit) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let woken = visit.state.desk().write(move |tx| {
        let changed = tickets::wake(tx, &cx, number)?;
        Ok(Done {
            show: number,
            event: changed.event,
        })
    });
    let woken = woken.await;
    answer(visit, "status", Fields::default(), woken).await
}
