//! The rules of a mailbox: added, turned and removed on its page, with an Undo; each changed on a page of its own.

use askama::Template;
use axum::extract::{Form, Path};
use desk::mailboxes::rules::{self, MailRule, RuleField, RuleFields};
use desk::mailboxes::{Mailbox, boxes, watch};
use desk::teams::{self, Team};
use desk::tickets::Priority;
use desk::topics::{self, Topic};
use desk::{Context, Error, EventId, MailRuleId, MailboxId, TeamId, TopicId, Write};
use serde::Deserialize;

use super::super::choice::{self, Choice, number};
use super::super::door::{Frame, Undo};
use super::super::visit::Visit;
use super::edit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::admin) struct Fields {
    pub(super) field: String,
    pub(super) holds: String,
    pub(super) rule_team: String,
    pub(super) topic: String,
    pub(super) priority: String,
    pub(super) only_record: String,
}

impl Fields {
    fn of(rule: &MailRule) -> Fields {
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        Fields {
            field: rule.field.to_string(),
            holds: rule.holds.clone(),
            rule_team: id(rule.team.map(|team| team.0)),
            topic: id(rule.topic.map(|topic| topic.0)),
            priority: rule.priority.map(|p| p.to_string()).unwrap_or_default(),
            only_record: if rule.only_record {
                "on".to_string()
            } else {
                String::new()
            },
        }
    }

    fn rule(&self) -> desk::Result<RuleFields> {
        let priority = match self.priority.as_str() {
            "" => None,
            word => Some(Priority::parse(word).ok_or(Error::refused("priority", "refused-choice"))?),
        };
        Ok(RuleFields {
            field: RuleField::parse(&self.field).ok_or(Error::refused("field", "refused-choice"))?,
            holds: self.holds.clone(),
            team: number(&self.rule_team, "rule_team", "refused-no-such-team")?.map(TeamId),
            topic: number(&self.topic, "topic", "refused-no-such-topic")?.map(TopicId),
            priority,
            only_record: !self.only_record.is_empty(),
        })
    }
}

pub(in crate::admin) async fn add(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (typed, id) = (fields.clone(), MailboxId(id));
    visit
        .act(
            move |tx, cx| rules::add(tx, cx, id, &typed.rule()?),
            |_| format!("/admin/channels/{id}?saved=true#rules"),
            |error| edit::with_rule(&visit, id, fields, error),
        )
        .await
}

/// What the fields of a rule can be.
#[derive(Debug)]
pub(super) struct Choices {
    pub(super) fields: Vec<Choice>,
    pub(super) teams: Vec<Choice>,
    pub(super) topics: Vec<Choice>,
    pub(super) priorities: Vec<Choice>,
}

impl Choices {
    pub(super) fn new(shell: &Shell, teams: &[Team], topics: &[Topic]) -> Choices {
        let none = || std::iter::once(Choice::new(&"", shell.t("rule-none")));
        let field = |field: &RuleField| Choice::new(field, shell.t(&format!("rule-field-{field}")));
        let topic = |topic: &Topic| Choice::new(&topic.id, topic.name(shell.lang));
        let priority = |p: &Priority| Choice::new(p, shell.t(&format!("priority-{p}")));
        Choices {
            fields: RuleField::ALL.iter().map(field).collect(),
            teams: choice::teams(shell.lang, shell.t("rule-none"), teams),
            topics: none().chain(topics.iter().map(topic)).collect(),
            priorities: none().chain(Priority::ALL.iter().map(priority)).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/channels/rule.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    mailbox: Mailbox,
    id: MailRuleId,
    rule: Fields,
    choices: Choices,
}

/// One rule, to be changed.
pub(in crate::admin) async fn show(visit: Visit, Path((id, rule)): Path<(i64, i64)>) -> Outcome {
    page(&visit, MailboxId(id), MailRuleId(rule), None).await
}

pub(in crate::admin) async fn change(
    visit: Visit,
    Path((id, rule)): Path<(i64, i64)>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (id, rule, typed) = (MailboxId(id), MailRuleId(rule), fields.clone());
    let again = |error| page(&visit, id, rule, Some((fields, error)));
    let edit = move |tx: &mut Write, cx: &Context| rules::edit(tx, cx, id, rule, &typed.rule()?);
    visit.act(edit, |()| address(id, "saved=true"), again).await
}

async fn page(visit: &Visit, id: MailboxId, rule: MailRuleId, tried: Option<(Fields, Error)>) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let mailbox = boxes::find(r, id)?;
        let kept = rules::find(r, id, rule)?;
        Ok((mailbox, kept, teams::list(r, cx)?, topics::list(r, lang, false)?))
    });
    let (mailbox, kept, teams, topics) = read.await?;
    let (typed, error) = tried.unzip();
    let (shell, frame) = visit.open("rule-change", "/admin/channels", error).await?;
    let page = Page {
        choices: Choices::new(&shell, &teams, &topics),
        rule: typed.unwrap_or_else(|| Fields::of(&kept)),
        id: rule,
        mailbox,
        shell,
        frame,
    };
    respond_with(page.frame.status, &page)
}

fn address(id: MailboxId, told: &str) -> String {
    format!("/admin/channels/{id}?{told}#rules")
}

pub(in crate::admin) async fn up(visit: Visit, Path((id, rule)): Path<(i64, i64)>) -> Outcome {
    step(&visit, MailboxId(id), MailRuleId(rule), true).await
}

pub(in crate::admin) async fn down(visit: Visit, Path((id, rule)): Path<(i64, i64)>) -> Outcome {
    step(&visit, MailboxId(id), MailRuleId(rule), false).await
}

async fn step(visit: &Visit, id: MailboxId, rule: MailRuleId, up: bool) -> Outcome {
    let again = |error| edit::with_refusal(visit, id, error);
    let step = move |tx: &mut Write, cx: &Context| rules::step(tx, cx, id, rule, up);
    visit.act(step, |()| address(id, "saved=true"), again).await
}

pub(in crate::admin) async fn remove(visit: Visit, Path((id, rule)): Path<(i64, i64)>) -> Outcome {
    let id = MailboxId(id);
    let again = |error| edit::with_refusal(&visit, id, error);
    let remove = move |tx: &mut Write, cx: &Context| rules::remove(tx, cx, id, MailRuleId(rule));
    visit
        .act(remove, |gone| address(id, &format!("gone={gone}")), again)
        .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Removed {
    #[serde(default)]
    event: i64,
}

/// What brings a rule back that was just removed.
pub(super) fn undo(shell: &Shell, id: MailboxId, gone: i64) -> Undo {
    Undo {
        words: shell.t("rule-removed"),
        action: format!("/admin/channels/{id}/rules/restore"),
        fields: vec![("event", gone.to_string())],
    }
}

pub(in crate::admin) async fn restore(visit: Visit, Path(id): Path<i64>, Form(removed): Form<Removed>) -> Outcome {
    let id = MailboxId(id);
    let again = |error| edit::with_refusal(&visit, id, error);
    let restore = move |tx: &mut Write, cx: &Context| rules::restore(tx, cx, id, EventId(removed.event));
    visit.act(restore, |()| address(id, "saved=true"), again).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Quiet {
    #[serde(default)]
    hours: String,
}

/// After how many quiet hours the administrators are told; an empty field: when it is quieter than ever before.
pub(in crate::admin) async fn quiet(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Quiet>) -> Outcome {
    let (id, hours) = (MailboxId(id), typed.hours.clone());
    visit
        .act(
            move |tx, cx| watch::set_quiet(tx, cx, id, number(typed.hours.trim(), "hours", "refused-hours")?),
            |()| format!("/admin/channels/{id}?saved=true"),
            |error| edit::with_hours(&visit, id, hours, error),
        )
        .await
}
