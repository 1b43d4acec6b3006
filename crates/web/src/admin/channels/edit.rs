//! One mailbox, and a new one.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use desk::mailboxes::{Mailbox, MailboxFields, boxes};
use desk::teams;
use desk::words::Lang;
use desk::{Error, MailboxId, TeamId};
use serde::Deserialize;

use super::super::choice::{self, Choice, number};
use super::super::door::{Admin, Frame, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    address: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    team: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    authserv_id: String,
}

impl Fields {
    fn of(one: Mailbox) -> Fields {
        Fields {
            address: one.address,
            name: one.name,
            team: one.team.map(|id| id.to_string()).unwrap_or_default(),
            language: one.language.to_string(),
            authserv_id: one.authserv_id.unwrap_or_default(),
        }
    }

    fn mailbox(&self) -> desk::Result<MailboxFields> {
        Ok(MailboxFields {
            name: self.name.clone(),
            team: number(&self.team, "team", "refused-no-such-team")?.map(TeamId),
            language: Lang::parse(&self.language).ok_or(Error::refused("language", "refused-choice"))?,
            authserv_id: Some(self.authserv_id.clone()),
            ..MailboxFields::new(&self.address)
        })
    }
}

#[derive(Template)]
#[template(path = "admin/channels/form.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    teams: Vec<Choice>,
    languages: Vec<Choice>,
    /// The mailbox that is changed; `None` for a new one.
    id: Option<MailboxId>,
}

pub(in crate::admin) async fn blank(Extract(state): Extract<State>, admin: Admin, nonce: Nonce) -> Outcome {
    let fields = Fields {
        language: admin.cx.house.language.to_string(),
        ..Fields::default()
    };
    page(&state, &admin, nonce, None, Some(fields), None).await
}

pub(in crate::admin) async fn add(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, typed) = (admin.cx.clone(), fields.clone());
    match state
        .desk()
        .write(move |tx| boxes::add(tx, &cx, &typed.mailbox()?))
        .await
    {
        Ok(_) => to("/admin/channels?saved=true"),
        Err(error) => page(&state, &admin, nonce, None, Some(fields), Some(error)).await,
    }
}

pub(in crate::admin) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
) -> Outcome {
    page(&state, &admin, nonce, Some(MailboxId(id)), None, None).await
}

pub(in crate::admin) async fn edit(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, typed, id) = (admin.cx.clone(), fields.clone(), MailboxId(id));
    let done = state
        .desk()
        .write(move |tx| boxes::edit(tx, &cx, id, &typed.mailbox()?))
        .await;
    match done {
        Ok(()) => to("/admin/channels?saved=true"),
        Err(error) => page(&state, &admin, nonce, Some(id), Some(fields), Some(error)).await,
    }
}

async fn page(
    state: &State,
    admin: &Admin,
    nonce: Nonce,
    id: Option<MailboxId>,
    typed: Option<Fields>,
    error: Option<Error>,
) -> Outcome {
    let cx = admin.cx.clone();
    let read = state.desk().read(move |r| {
        let found = id.map(|id| boxes::find(r, id)).transpose()?;
        Ok((found, teams::list(r, &cx)?))
    });
    let (found, teams) = read.await.map_err(|e| admin.oops(e))?;
    let (mut shell, mut frame) = admin.open(state, nonce, "mailbox-add", "/admin/channels").await?;
    if let Some(one) = &found {
        shell = shell.titled(one.address.clone());
    }
    if let Some(error) = error {
        frame.refuse(&shell, error)?;
    }
    let language = |lang: &Lang| Choice::new(lang, shell.t(&format!("language-{lang}")));
    let page = Page {
        fields: typed.or(found.map(Fields::of)).unwrap_or_default(),
        teams: choice::teams(shell.lang, shell.t("no-team"), &teams),
        languages: Lang::ALL.iter().map(language).collect(),
        shell,
        frame,
        id,
    };
    respond_with(page.frame.status, &page)
}
