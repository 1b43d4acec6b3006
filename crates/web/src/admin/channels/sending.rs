//! A way out of a mailbox's own: the submission server its letters are handed to.

use askama::Template;
use axum::extract::{Form, Path};
use desk::mailboxes::sending::{self, Sending, SendingFields, SignsInWith};
use desk::mailboxes::sources::{self, Protection};
use desk::mailboxes::{Mailbox, boxes};
use desk::{Error, MailboxId};
use serde::Deserialize;

use super::super::choice::{Choice, number};
use super::super::door::{Frame, to};
use super::super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};
use crate::words::is_known;

/// As they stand in the form. The password is never shown again.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::admin) struct Fields {
    host: String,
    port: String,
    protection: String,
    sign_in: String,
    user_name: String,
    secret: String,
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fields")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

impl Fields {
    fn usual(usual: SendingFields) -> Fields {
        Fields {
            host: usual.host,
            port: String::new(),
            protection: usual.protection.to_string(),
            sign_in: usual.sign_in.to_string(),
            user_name: usual.user_name,
            secret: String::new(),
        }
    }

    fn of(one: &Sending) -> Fields {
        Fields {
            host: one.host.clone(),
            port: one.port.to_string(),
            protection: one.protection.to_string(),
            sign_in: one.sign_in.to_string(),
            user_name: one.user_name.clone(),
            secret: String::new(),
        }
    }

    fn sending(&self) -> desk::Result<SendingFields> {
        let choice = |field: &'static str| Error::refused(field, "refused-choice");
        Ok(SendingFields {
            host: self.host.clone(),
            port: number(self.port.trim(), "port", "refused-port")?,
            protection: Protection::parse(&self.protection).ok_or_else(|| choice("protection"))?,
            sign_in: SignsInWith::parse(&self.sign_in).ok_or_else(|| choice("sign_in"))?,
            user_name: self.user_name.clone(),
            secret: self.secret.clone(),
        })
    }
}

#[derive(Template)]
#[template(path = "admin/channels/sending.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    mailbox: Mailbox,
    kept: Option<Sending>,
    protections: Vec<Choice>,
    sign_ins: Vec<Choice>,
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, MailboxId(id), None, None).await
}

pub(in crate::admin) async fn set(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (typed, id) = (fields.clone(), MailboxId(id));
    let vault = visit.state.desk().vault().clone();
    let again = |error| page(&visit, id, Some(fields), Some(error));
    visit
        .act(
            move |tx, cx| sending::set(tx, cx, &vault, id, &typed.sending()?),
            |()| format!("/admin/channels/{id}?saved=true"),
            again,
        )
        .await
}

pub(in crate::admin) async fn remove(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let (cx, id) = (visit.admin.cx.clone(), MailboxId(id));
    let done = visit.state.desk().write(move |tx| sending::remove(tx, &cx, id)).await;
    done.map_err(|e| visit.admin.oops(e))?;
    to(&format!("/admin/channels/{id}?saved=true"))
}

async fn page(visit: &Visit, id: MailboxId, typed: Option<Fields>, error: Option<Error>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let (mailbox, source) = (boxes::find(r, id)?, sources::find(r, cx, id)?);
        let usual = SendingFields::usual(&mailbox, source.as_ref());
        Ok((mailbox, usual, sending::find(r, cx, id)?))
    });
    let (mailbox, usual, kept) = read.await?;
    let (shell, frame) = visit.open("sending-title", "/admin/channels", error).await?;
    let protection = |v: &Protection| Choice::new(v, shell.t(&format!("source-protection-{v}")));
    let sign_in = |v: &SignsInWith| Choice::new(v, shell.t(&format!("sending-sign-in-{v}")));
    let page = Page {
        protections: Protection::ALL.iter().map(protection).collect(),
        sign_ins: SignsInWith::ALL.iter().map(sign_in).collect(),
        fields: typed
            .or(kept.as_ref().map(Fields::of))
            .unwrap_or_else(|| Fields::usual(usual)),
        shell,
        frame,
        mailbox,
        kept,
    };
    respond_with(page.frame.status, &page)
}

impl Page {
    /// What the server said, or what we say in its place.
    fn words(&self, kept: &Sending) -> String {
        match is_known(self.shell.lang, &kept.words) {
            true => self.shell.t(&kept.words),
            false => kept.words.clone(),
        }
    }

    fn is_connected(&self, kept: &Sending) -> bool {
        kept.sign_in == SignsInWith::Connected
    }
}
