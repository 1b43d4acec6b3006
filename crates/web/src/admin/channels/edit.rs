//! One mailbox, and a new one.

use askama::Template;
use axum::extract::{Form, Path, Query};
use desk::mailboxes::rules::{self as mail_rules, MailRule};
use desk::mailboxes::sources::{self, LeftThere, SignIn, Source};
use desk::mailboxes::watch::{self, Alarm};
use desk::mailboxes::{self, Account, Mailbox, MailboxFields, boxes};
use desk::topics;
use desk::words::{self as forms, Lang};
use desk::{Context, Error, MailboxId, Read, TeamId, teams};
use serde::Deserialize;

use super::super::choice::{self, Choice, number};
use super::super::door::Frame;
use super::super::visit::Visit;
use super::rules;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};
use crate::words::is_known;

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
    /// Its provider has just said yes.
    connected: bool,
}

/// What the address says was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::admin) struct Done {
    saved: bool,
    /// The event of a rule that was removed.
    gone: Option<i64>,
    connected: bool,
}

/// What is beside the fields of a mailbox that is there.
struct About {
    id: MailboxId,
    source: Option<Source>,
    account: Account,
    alarm: Option<Alarm>,
    rules: Vec<MailRule>,
    quiet: Option<i64>,
    left: Vec<LeftThere>,
}

fn about(r: &mut Read, cx: &Context, id: MailboxId) -> desk::Result<About> {
    let alarms = watch::alarms(r, cx)?;
    Ok(About {
        id,
        source: sources::find(r, cx, id)?,
        account: mailboxes::account(r, cx, Some(id))?,
        alarm: alarms.into_iter().find(|(of, _)| *of == id).map(|(_, alarm)| alarm),
        rules: mail_rules::list(r, id)?,
        quiet: watch::quiet_of(r, id)?,
        left: sources::left_there(r, cx, id)?,
    })
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
    frame.undo = id.zip(tried.done.gone).map(|(id, gone)| rules::undo(&shell, id, gone));
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
        rule: tried.rule,
        connected: tried.done.connected,
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

impl Page {
    /// What a rule does, in words.
    fn does(&self, rule: &MailRule) -> String {
        let named = |all: &[Choice], id: Option<i64>| {
            let id = id.map(|id| id.to_string())?;
            all.iter().find(|c| c.value == id).map(|c| c.words.clone())
        };
        let mut parts: Vec<String> = Vec::new();
        if rule.only_record {
            parts.push(self.shell.t("rule-only-record"));
        }
        parts.extend(named(&self.teams, rule.team.map(|t| t.0)));
        parts.extend(named(&self.choices.topics, rule.topic.map(|t| t.0)));
        parts.extend(rule.priority.map(|p| self.shell.t(&format!("priority-{p}"))));
        parts.join(", ")
    }

    /// When it fits, in words.
    fn says(&self, rule: &MailRule) -> String {
        let field = self.shell.t(&format!("rule-field-{}", rule.field));
        self.shell.t2("rule-says", "field", field, "words", rule.holds.as_str())
    }

    fn how_fetched(&self, source: &Source) -> String {
        let kind = self.shell.t(&format!("source-protocol-{}", source.protocol));
        format!("{kind}, {}:{}", source.host, source.port)
    }

    /// Why a letter stays on its server.
    fn why_left(&self, left: &LeftThere) -> String {
        let size = forms::bytes(self.shell.lang, left.bytes);
        self.shell.t2(
            &format!("left-{}", left.why),
            "size",
            size,
            "words",
            left.words.as_str(),
        )
    }

    /// What the server said, or what we say in its place.
    fn words(&self, source: &Source) -> String {
        match is_known(self.shell.lang, &source.words) {
            true => self.shell.t(&source.words),
            false => source.words.clone(),
        }
    }

    fn is_provider(&self, source: &Source) -> bool {
        source.sign_in != SignIn::Password
    }

    /// Nothing was handed over yet.
    fn has_letters(&self, about: &About) -> bool {
        about.account.handed > 0 || about.account.in_ledger() > 0
    }

    /// What an administrator does about it.
    fn remedy(&self, alarm: &Alarm) -> String {
        self.shell.t(&format!("mailbox-do-{alarm}"))
    }

    fn alarm(&self, alarm: &Alarm) -> String {
        self.shell.t(&format!("mailbox-now-{alarm}"))
    }
}
