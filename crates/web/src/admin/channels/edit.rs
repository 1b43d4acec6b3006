//! One mailbox, and a new one.

mod words;

use askama::Template;
use axum::extract::{Form, Path, Query};
use desk::mailboxes::{Mailbox, MailboxFields, boxes};
use desk::topics;
use desk::words::Lang;
use desk::{Error, MailboxId, TeamId, teams};
use serde::Deserialize;

use super::super::choice::{self, Choice, number};
use super::super::door::{Frame, Undo, to};
use super::super::visit::Visit;
use super::about::{About, about};
use super::brake::{self, Brake};
use super::{in_use, rules};
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
    about: Option<About>,
    rule: rules::Fields,
    /// After how many quiet hours somebody is told; as it was typed.
    hours: String,
    choices: rules::Choices,
    brake: Brake,
    /// Its provider has just said yes.
    connected: bool,
    /// It is being looked into.
    asked: bool,
}

/// What the address says was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::admin) struct Done {
    saved: bool,
    /// The event of a rule that was removed.
    gone: Option<i64>,
    connected: bool,
    /// It was taken out of use, or put back.
    turned: bool,
    asked: bool,
    /// A sender who was taken off those who may open very many tickets.
    taken_off: Option<String>,
    /// A sender to be added to them.
    sender: String,
}

pub(in crate::admin) async fn blank(visit: Visit) -> Outcome {
    let fields = Fields {
        language: visit.admin.cx.house.language.to_string(),
        ..Fields::default()
    };
    page(&visit, None, Tried::of(fields, None)).await
}

pub(in crate::admin) async fn add(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let typed = fields.clone();
    let again = |error| page(&visit, None, Tried::of(fields, Some(error)));
    visit
        .save(LIST, move |tx, cx| boxes::add(tx, cx, &typed.mailbox()?), again)
        .await
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>, Query(done): Query<Done>) -> Outcome {
    let tried = Tried {
        done,
        ..Tried::default()
    };
    page(&visit, Some(MailboxId(id)), tried).await
}

pub(in crate::admin) async fn edit(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (typed, id) = (fields.clone(), MailboxId(id));
    let again = |error| page(&visit, Some(id), Tried::of(fields, Some(error)));
    visit
        .save(LIST, move |tx, cx| boxes::edit(tx, cx, id, &typed.mailbox()?), again)
        .await
}

/// The page with what was refused of its rules.
pub(super) async fn with_refusal(visit: &Visit, id: MailboxId, error: Error) -> Outcome {
    with_rule(visit, id, rules::Fields::default(), error).await
}

/// The page with a rule that was refused, as it was typed.
pub(super) async fn with_rule(visit: &Visit, id: MailboxId, rule: rules::Fields, error: Error) -> Outcome {
    let tried = Tried {
        rule,
        error: Some(error),
        ..Tried::default()
    };
    page(visit, Some(id), tried).await
}

/// The page with what was refused of its brake, as it was typed.
pub(super) async fn with_brake(visit: &Visit, id: MailboxId, brake: brake::Typed, error: Error) -> Outcome {
    let tried = Tried {
        brake,
        error: Some(error),
        ..Tried::default()
    };
    page(visit, Some(id), tried).await
}

/// What somebody else was faster with needs no refusal: the page shows how things stand.
pub(super) async fn or_as_it_is(visit: &Visit, id: MailboxId, error: Error) -> Outcome {
    match error {
        Error::NotFound => {
            visit.read(move |r, _| boxes::find(r, id)).await?;
            to(&format!("{LIST}/{id}"))
        }
        refused => with_refusal(visit, id, refused).await,
    }
}

/// The page with a number of hours that was refused, as it was typed.
pub(super) async fn with_hours(visit: &Visit, id: MailboxId, hours: String, error: Error) -> Outcome {
    let tried = Tried {
        hours: Some(hours),
        error: Some(error),
        ..Tried::default()
    };
    page(visit, Some(id), tried).await
}

/// What was typed into one of the forms of the page, and what was refused or done.
#[derive(Default)]
struct Tried {
    fields: Option<Fields>,
    rule: rules::Fields,
    hours: Option<String>,
    brake: brake::Typed,
    error: Option<Error>,
    done: Done,
}

impl Tried {
    fn of(fields: Fields, error: Option<Error>) -> Tried {
        Tried {
            fields: Some(fields),
            error,
            ..Tried::default()
        }
    }
}

async fn page(visit: &Visit, id: Option<MailboxId>, tried: Tried) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let found = id.map(|id| boxes::find(r, id)).transpose()?;
        let about = id.map(|id| about(r, cx, id)).transpose()?;
        Ok((found, about, teams::list(r, cx)?, topics::list(r, lang, false)?))
    });
    let (found, about, teams, topics) = read.await?;
    let (mut shell, mut frame) = visit.open("mailbox-add", LIST, tried.error).await?;
    frame.saved = tried.done.saved;
    frame.undo = about.as_ref().and_then(|about| undo(&shell, about, &tried.done));
    if let Some(one) = &found {
        shell = shell.titled(one.address.clone());
    }
    let language = |lang: &Lang| Choice::new(lang, shell.t(&format!("language-{lang}")));
    let page = Page {
        fields: tried.fields.or(found.map(Fields::of)).unwrap_or_default(),
        teams: choice::teams(shell.lang, shell.t("no-team"), &teams),
        languages: Lang::ALL.iter().map(language).collect(),
        choices: rules::Choices::new(&shell, &teams, &topics),
        hours: hours(tried.hours, about.as_ref()),
        brake: Brake::new(tried.brake, tried.done.sender, about.as_ref()),
        rule: tried.rule,
        connected: tried.done.connected,
        asked: tried.done.asked,
        shell,
        frame,
        about,
    };
    respond_with(page.frame.status, &page)
}

fn hours(typed: Option<String>, about: Option<&About>) -> String {
    let kept = about.and_then(|a| a.quiet).map(|hours| hours.to_string());
    typed.or(kept).unwrap_or_default()
}

/// What was just done, as long as it stands.
fn undo(shell: &Shell, about: &About, done: &Done) -> Option<Undo> {
    if done.turned {
        return Some(in_use::undo(shell, &about.mailbox));
    }
    if let Some(sender) = done.taken_off.as_ref().filter(|sender| !about.exempt.contains(sender)) {
        return Some(brake::undo(shell, about.mailbox.id, sender));
    }
    done.gone.map(|gone| rules::undo(shell, about.mailbox.id, gone))
}
