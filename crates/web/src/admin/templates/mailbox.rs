//! How one mailbox writes.

use askama::Template;
use axum::extract::{Form, Path};
use desk::mailboxes::boxes;
use desk::mailboxes::outbox::{self, Manners, Quote};
use desk::{Error, MailboxId};
use serde::Deserialize;

use super::LIST;
use crate::admin::choice::Choice;
use crate::admin::door::Frame;
use crate::admin::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    quote: String,
    signature_en: String,
    signature_fr: String,
    acknowledge: String,
}

impl Fields {
    fn of(manners: Manners) -> Fields {
        Fields {
            quote: manners.quote.to_string(),
            signature_en: manners.signature_en,
            signature_fr: manners.signature_fr,
            acknowledge: if manners.acknowledge { "yes" } else { "no" }.to_string(),
        }
    }

    fn manners(&self) -> desk::Result<Manners> {
        Ok(Manners {
            quote: Quote::parse(&self.quote).ok_or(Error::refused("quote", "refused-choice"))?,
            signature_en: self.signature_en.clone(),
            signature_fr: self.signature_fr.clone(),
            acknowledge: self.acknowledge == "yes",
        })
    }
}

#[derive(Template)]
#[template(path = "admin/templates/mailbox.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    quotes: Vec<Choice>,
    switch: Vec<Choice>,
    id: MailboxId,
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, MailboxId(id), None, None).await
}

pub(in crate::admin) async fn submit(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (typed, id) = (fields.clone(), MailboxId(id));
    let again = |error| page(&visit, id, Some(fields), Some(error));
    visit
        .save(
            LIST,
            move |tx, cx| outbox::set_manners(tx, cx, id, &typed.manners()?),
            again,
        )
        .await
}

async fn page(visit: &Visit, id: MailboxId, typed: Option<Fields>, error: Option<Error>) -> Outcome {
    let read = visit.read(move |r, cx| Ok((boxes::find(r, id)?, outbox::manners(r, cx, id)?)));
    let (mailbox, manners) = read.await?;
    let (shell, frame) = visit.open("manners-title", LIST, error).await?;
    let quote = |quote: &Quote| Choice::new(quote, shell.t(&format!("quote-{quote}")));
    let page = Page {
        quotes: Quote::ALL.iter().map(quote).collect(),
        switch: ["yes", "no"]
            .map(|w| Choice::new(&w, shell.t(&format!("acknowledge-{w}"))))
            .into(),
        fields: typed.unwrap_or_else(|| Fields::of(manners)),
        shell: shell.titled(mailbox.address),
        frame,
        id,
    };
    respond_with(page.frame.status, &page)
}
