//! Where the letters of a mailbox are fetched, when its own server does not hand them over.

use askama::Template;
use axum::extract::{Form, Path};
use desk::mailboxes::sources::{self, Afterwards, Protection, Protocol, SignIn, Source, SourceFields};
use desk::mailboxes::{Mailbox, boxes, connecting};
use desk::{Error, MailboxId, Time, clock};
use serde::Deserialize;

use super::super::choice::{Choice, number};
use super::super::door::{Frame, to};
use super::super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

/// As they stand in the form. What signs in is never shown again.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::admin) struct Fields {
    protocol: String,
    host: String,
    port: String,
    protection: String,
    sign_in: String,
    user_name: String,
    client: String,
    tenant: String,
    secret: String,
    folder: String,
    afterwards: String,
    move_to: String,
    paused: String,
    renew_by: String,
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fields")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

impl Fields {
    fn usual(mailbox: &Mailbox) -> Fields {
        Fields {
            protocol: Protocol::Imap.to_string(),
            protection: Protection::Implicit.to_string(),
            sign_in: SignIn::Password.to_string(),
            afterwards: Afterwards::Seen.to_string(),
            user_name: mailbox.address.clone(),
            folder: "INBOX".to_string(),
            ..Fields::default()
        }
    }

    fn of(one: Source) -> Fields {
        Fields {
            protocol: one.protocol.to_string(),
            host: one.host,
            port: one.port.to_string(),
            protection: one.protection.to_string(),
            sign_in: one.sign_in.to_string(),
            user_name: one.user_name,
            client: one.client,
            tenant: one.tenant,
            secret: String::new(),
            folder: one.folder,
            afterwards: one.afterwards.to_string(),
            move_to: one.move_to,
            paused: if one.active { String::new() } else { "on".to_string() },
            renew_by: one.renew_by.map(day).unwrap_or_default(),
        }
    }

    fn source(&self) -> desk::Result<SourceFields> {
        let choice = |field: &'static str| Error::refused(field, "refused-choice");
        Ok(SourceFields {
            protocol: Protocol::parse(&self.protocol).ok_or_else(|| choice("protocol"))?,
            host: self.host.clone(),
            port: number(self.port.trim(), "port", "refused-port")?,
            protection: Protection::parse(&self.protection).ok_or_else(|| choice("protection"))?,
            sign_in: SignIn::parse(&self.sign_in).ok_or_else(|| choice("sign_in"))?,
            user_name: self.user_name.clone(),
            client: self.client.clone(),
            tenant: self.tenant.clone(),
            secret: self.secret.clone(),
            folder: self.folder.clone(),
            afterwards: Afterwards::parse(&self.afterwards).ok_or_else(|| choice("afterwards"))?,
            move_to: self.move_to.clone(),
            active: self.paused.is_empty(),
            renew_by: self.renewal()?,
        })
    }

    fn renewal(&self) -> desk::Result<Option<Time>> {
        match self.renew_by.trim() {
            "" => Ok(None),
            text => clock::day_begins(text)
                .map(Some)
                .ok_or(Error::refused("renew_by", "refused-date")),
        }
    }
}

/// As a date field of a form wants it.
fn day(time: Time) -> String {
    time.rfc3339().chars().take(10).collect()
}

#[derive(Template)]
#[template(path = "admin/channels/source.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    mailbox: Mailbox,
    /// There is one already: it can be removed, and what signs in may stay.
    kept: bool,
    /// Where a provider sends an administrator back to.
    redirect: Option<String>,
    protocols: Vec<Choice>,
    protections: Vec<Choice>,
    sign_ins: Vec<Choice>,
    afterwards: Vec<Choice>,
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
            move |tx, cx| sources::set(tx, cx, &vault, id, &typed.source()?),
            |()| format!("/admin/channels/{id}?saved=true"),
            again,
        )
        .await
}

pub(in crate::admin) async fn remove(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let (cx, id) = (visit.admin.cx.clone(), MailboxId(id));
    let done = visit.state.desk().write(move |tx| sources::remove(tx, &cx, id)).await;
    done.map_err(|e| visit.admin.oops(e))?;
    to(&format!("/admin/channels/{id}?saved=true"))
}

/// Letters that stay on the server were seen to.
pub(in crate::admin) async fn seen_to(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let (cx, id) = (visit.admin.cx.clone(), MailboxId(id));
    let done = visit.state.desk().write(move |tx| sources::seen_to(tx, &cx, id)).await;
    done.map_err(|e| visit.admin.oops(e))?;
    to(&format!("/admin/channels/{id}?saved=true"))
}

async fn page(visit: &Visit, id: MailboxId, typed: Option<Fields>, error: Option<Error>) -> Outcome {
    let (mailbox, kept) = visit
        .read(move |r, cx| Ok((boxes::find(r, id)?, sources::find(r, cx, id)?)))
        .await?;
    let (shell, frame) = visit.open("source-title", "/admin/channels", error).await?;
    let word = |kind: &str, value: &str| Choice::new(&value, shell.t(&format!("source-{kind}-{value}")));
    let page = Page {
        kept: kept.is_some(),
        redirect: connecting::back_to(&visit.admin.cx).ok(),
        protocols: Protocol::ALL.iter().map(|v| word("protocol", v.as_str())).collect(),
        protections: Protection::ALL.iter().map(|v| word("protection", v.as_str())).collect(),
        sign_ins: SignIn::ALL.iter().map(|v| word("sign-in", v.as_str())).collect(),
        afterwards: Afterwards::ALL.iter().map(|v| word("afterwards", v.as_str())).collect(),
        fields: typed
            .or(kept.map(Fields::of))
            .unwrap_or_else(|| Fields::usual(&mailbox)),
        shell,
        frame,
        mailbox,
    };
    respond_with(page.frame.status, &page)
}
