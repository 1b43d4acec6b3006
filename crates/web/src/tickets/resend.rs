//! `/tickets/{number}/resend`: a reply that did not arrive goes out again, with what the other server said beside it and
//! a field for another address. A page of its own, so that the page of the ticket does not carry it for every reply.

use askama::Template;
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use desk::mailboxes::outbox::{self, Failed, Resend};
use desk::tickets;
use desk::{Error, MessageId, Refusal};
use serde::Deserialize;

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, counts, respond_with};

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The reply.
    m: i64,
    to: Option<String>,
    keep: bool,
}

#[derive(Template)]
#[template(path = "tickets/resend.html")]
struct Page {
    shell: Shell,
    number: i64,
    query: String,
    failed: Failed,
    to: String,
    keep: bool,
    refusals: Vec<Refusal>,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    page(visit, StatusCode::OK, asked, Vec::new()).await
}

pub(crate) async fn resend(visit: Visit, Form(asked): Form<Asked>) -> Outcome {
    let (cx, number, again) = (visit.staff.cx.clone(), visit.number, asked.clone());
    let sent = visit.state.desk().write(move |tx| {
        tickets::find_visible(tx, &cx, number)?;
        let how = Resend {
            to: again.to,
            keep: again.keep,
        };
        let event = outbox::resend(tx, &cx, number, MessageId(again.m), &how)?;
        Ok(Done { show: number, event })
    });
    match sent.await {
        Err(Error::Refused(refusals)) => page(visit, StatusCode::UNPROCESSABLE_ENTITY, asked, refusals).await,
        other => answer(visit, "resend", Fields::default(), other).await,
    }
}

async fn page(visit: Visit, status: StatusCode, asked: Asked, refusals: Vec<Refusal>) -> Outcome {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    tickets::look(desk, &cx, number)
        .await
        .map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let failed = desk
        .read(move |r| outbox::failed(r, &cx, number, MessageId(asked.m)))
        .await;
    let failed = match failed {
        Ok(failed) => failed,
        Err(conflict @ Error::Conflict(_)) => {
            return answer(visit, "resend", Fields::default(), Err(conflict)).await;
        }
        Err(other) => return Err(Oops::from(other).in_language(visit.lang())),
    };
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce.clone(), "resend-title", "");
    let shell = shell.with_counts(counts(desk, &visit.staff.cx).await?);
    let page = Page {
        number: number.0,
        query: visit.at.list(),
        to: asked.to.unwrap_or_else(|| failed.recipient.clone()),
        failed,
        keep: asked.keep,
        refusals,
        shell,
    };
    respond_with(status, &page)
}

impl Page {
    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }
}
