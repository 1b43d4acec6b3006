//! `GET /tickets/{number}/before`: what changed before it broke, fetched when the facts of a ticket come into view.

use askama::Template;
use axum::extract::Path;
use desk::changes::{self, Before, Change};
use desk::outages::{self, Outage};
use desk::{TicketNumber, tickets};

use super::marks;
use super::visit::Visit;
use crate::escalations::{Handed, handed};
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Template)]
#[template(path = "changes/before.html")]
struct Page {
    shell: Shell,
    number: TicketNumber,
    before: Vec<Before>,
    linked: Vec<Change>,
    outages: Vec<Outage>,
    handed: Handed,
}

pub(crate) async fn show(visit: Visit, Path(number): Path<i64>) -> Outcome {
    let number = TicketNumber(number);
    tickets::look(visit.state.desk(), &visit.staff.cx, number)
        .await
        .map_err(|e| visit.oops(e))?;
    let read = visit.read(move |r, cx| {
        let linked = changes::of_ticket(r, cx, number)?;
        Ok((
            changes::before(r, cx, number)?,
            linked,
            outages::of_ticket(r, cx, number)?,
            handed(r, cx, number)?,
        ))
    });
    let (before, linked, outages, handed) = read.await?;
    let page = Page {
        shell: visit.bare("changes-title", "ticket"),
        number,
        before,
        linked,
        outages,
        handed,
    };
    respond(&page)
}

impl Page {
    fn touches(&self, one: &Before) -> String {
        marks::touches(&self.shell, &one.touches)
    }

    fn hours(&self, one: &Before) -> String {
        if one.hours == 0 {
            self.shell.t("change-just-before")
        } else {
            self.shell.t1("change-hours-before", "count", one.hours)
        }
    }

    fn title(&self, outage: &Outage) -> String {
        outage
            .title
            .said(self.shell.lang)
            .map(|said| said.words)
            .unwrap_or_default()
    }
}
