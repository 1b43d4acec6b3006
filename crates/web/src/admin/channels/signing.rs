//! The keys that sign what leaves: what an administrator publishes in DNS, and whether letters are signed.

use askama::Template;
use axum::extract::{Form, Query};
use desk::Error;
use desk::mailboxes::signing::{self, SigningKey};
use serde::Deserialize;

use super::super::door::Frame;
use super::super::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const HERE: &str = "/admin/channels/signing";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Named {
    domain: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Switched {
    domain: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "admin/channels/signing.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    domains: Vec<(String, Option<SigningKey>)>,
    /// The domain of which something was refused.
    tried: String,
}

impl Page {
    fn is_tried(&self, domain: &str) -> bool {
        self.tried == domain
    }
}

pub(in crate::admin) async fn show(visit: Visit, Query(asked): Query<Saved>) -> Outcome {
    page(&visit, asked.saved, String::new(), None).await
}

pub(in crate::admin) async fn make(visit: Visit, Form(named): Form<Named>) -> Outcome {
    let key = signing::new_key().await.map_err(|e| visit.admin.oops(e))?;
    let vault = visit.state.desk().vault().clone();
    let tried = named.domain.clone();
    let again = |error| page(&visit, false, tried, Some(error));
    visit
        .save(
            HERE,
            move |tx, cx| signing::make(tx, cx, &vault, &named.domain, &key),
            again,
        )
        .await
}

pub(in crate::admin) async fn switch(visit: Visit, Form(to): Form<Switched>) -> Outcome {
    let tried = to.domain.clone();
    let again = |error| page(&visit, false, tried, Some(error));
    visit
        .save(HERE, move |tx, cx| signing::switch(tx, cx, &to.domain, to.on), again)
        .await
}

pub(in crate::admin) async fn remove(visit: Visit, Form(named): Form<Named>) -> Outcome {
    let tried = named.domain.clone();
    let again = |error| page(&visit, false, tried, Some(error));
    visit
        .save(HERE, move |tx, cx| signing::remove(tx, cx, &named.domain), again)
        .await
}

async fn page(visit: &Visit, saved: bool, tried: String, error: Option<Error>) -> Outcome {
    let domains = visit.read(signing::list).await?;
    let (shell, mut frame) = visit.open("signing-title", "/admin/channels", error).await?;
    frame.saved = saved;
    let page = Page {
        shell,
        frame,
        domains,
        tried,
    };
    respond_with(page.frame.status, &page)
}
