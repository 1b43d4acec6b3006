//! Links to other tickets: related, follow-up, cause.

use std::collections::BTreeMap;

use axum::Form;
use desk::tickets::{self, LinkKind};
use desk::{Error, TicketNumber};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn add(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let other = fields.number("other").map(TicketNumber);
    let kind = LinkKind::parse(fields.text("link")).unwrap_or(LinkKind::Related);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let linked = visit.state.desk().write(move |tx| {
        let other = other.ok_or(Error::refused("other", "refused-no-such-ticket"))?;
        let event = tickets::link(tx, &cx, number, other, kind)?;
        Ok(Done { show: number, event })
    });
    let linked = linked.await;
    answer(visit, "links", fields, linked).await
}

pub(crate) async fn remove(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let other = fields.number("other").map(TicketNumber);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let unlinked = visit.state.desk().write(move |tx| {
        let other = other.ok_or(Error::refused("other", "refused-no-such-ticket"))?;
        let event = tickets::unlink(tx, &cx, number, other)?;
        Ok(Done { show: number, event })
    });
    let unlinked = unlinked.await;
    answer(visit, "links", fields, unlinked).await
}
