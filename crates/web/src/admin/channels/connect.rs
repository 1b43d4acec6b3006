//! Connecting a mailbox of Microsoft 365 or Google: off to the provider's page, and back from it.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect};
use desk::mailboxes::{connecting, sources};
use desk::{Error, MailboxId};
use serde::Deserialize;

use super::super::door::{Frame, to};
use super::super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const LIST: &str = "/admin/channels";

/// Nothing is kept here yet: what must come back goes along, sealed.
pub(in crate::admin) async fn leave(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let vault = visit.state.desk().vault().clone();
    let there = visit
        .read(move |r, cx| {
            let source = sources::find(r, cx, MailboxId(id))?.ok_or(Error::NotFound)?;
            connecting::consent(r, cx, &vault, &source)
        })
        .await?;
    Ok(Redirect::to(&there).into_response())
}

/// What the provider sends back with the administrator.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::admin) struct Brought {
    code: String,
    state: String,
    error: String,
}

#[derive(Template)]
#[template(path = "admin/channels/connected.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    brought: Brought,
}

/// Coming back changes nothing yet: one press does, which no page of others can make.
pub(in crate::admin) async fn back(visit: Visit, Query(brought): Query<Brought>) -> Outcome {
    page(&visit, brought, None).await
}

pub(in crate::admin) async fn finish(visit: Visit, Form(brought): Form<Brought>) -> Outcome {
    let cx = visit.admin.cx.clone();
    let done = connecting::finish(visit.state.desk(), &cx, &brought.state, &brought.code).await;
    match done {
        Ok(mailbox) => to(&format!("{LIST}/{mailbox}?connected=true")),
        Err(error) => page(&visit, Brought::default(), Some(error)).await,
    }
}

/// What the provider's answer means (RFC 6749, section 4.1.2.1): somebody said no, or it did not know what we ask.
fn said(error: &str) -> &'static str {
    match error {
        "access_denied" => "conflict-provider-denied",
        "" => "conflict-provider-silent",
        _ => "conflict-provider-refused",
    }
}

async fn page(visit: &Visit, brought: Brought, error: Option<Error>) -> Outcome {
    let refused = error.or((brought.code.is_empty()).then_some(Error::Conflict(said(&brought.error))));
    let (shell, frame) = visit.open("connect-title", LIST, refused).await?;
    let page = Page { shell, frame, brought };
    respond_with(page.frame.status, &page)
}
