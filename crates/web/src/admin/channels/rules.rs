//! The rules of a mailbox: added and removed on its page.

use axum::extract::{Form, Path};
use axum::response::IntoResponse;
use desk::mailboxes::rules::{self, RuleField, RuleFields};
use desk::mailboxes::watch;
use desk::tickets::Priority;
use desk::{Error, MailRuleId, MailboxId, TeamId, TopicId};
use serde::Deserialize;

use super::super::choice::number;
use super::super::door::to;
use super::super::visit::Visit;
use super::edit;
use crate::http::Outcome;

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

pub(in crate::admin) async fn remove(visit: Visit, Path((id, rule)): Path<(i64, i64)>) -> Outcome {
    let (cx, id) = (visit.admin.cx.clone(), MailboxId(id));
    let done = visit
        .state
        .desk()
        .write(move |tx| rules::remove(tx, &cx, id, MailRuleId(rule)))
        .await;
    done.map_err(|e| visit.admin.oops(e))?;
    Ok(to(&format!("/admin/channels/{id}?saved=true#rules"))?.into_response())
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
