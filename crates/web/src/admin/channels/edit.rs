//! One mailbox, and a new one.

use askama::Template;
use axum::extract::{Form, Path};
use desk::mailboxes::{Mailbox, MailboxFields, boxes};
use desk::teams;
use desk::words::Lang;
use desk::{Error, MailboxId, TeamId};
use serde::Deserialize;

use super::super::choice::{self, Choice, number};
use super::super::door::Frame;
use super::super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const LIST: &str = "/admin/channels";

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

pub(in crate::admin) async fn blank(visit: Visit) -> Outcome {
    let fields = Fields {
        language: visit.admin.cx.house.language.to_string(),
        ..Fields::default()
    };
    page(&visit, None, Some(fields), None).await
}

pub(in crate::admin) async fn add(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let typed = fields.clone();
    let again = |error| page(&visit, None, Some(fields), Some(error));
    visit
        .save(LIST, move |tx, cx| boxes::add(tx, cx, &typed.mailbox()?), again)
        .await
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, Some(MailboxId(id)), None, None).await
}

pub(in crate::admin) async fn edit(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (typed, id) = (fields.clone(), MailboxId(id));
    let again = |error| page(&visit, Some(id), Some(fields), Some(error));
    visit
        .save(LIST, move |tx, cx| boxes::edit(tx, cx, id, &typed.mailbox()?), again)
        .await
}

async fn page(visit: &Visit, id: Option<MailboxId>, typed: Option<Fields>, error: Option<Error>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let found = id.map(|id| boxes::find(r, id)).transpose()?;
        Ok((found, teams::list(r, cx)?))
    });
    let (found, teams) = read.await?;
    let (mut shell, frame) = visit.open("mailbox-add", LIST, error).await?;
    if let Some(one) = &found {
        shell = shell.titled(one.address.clone());
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
