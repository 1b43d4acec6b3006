//! The policies in their order, the house's own targets at last.

use askama::Template;
use axum::extract::Query;
use desk::calendars::{self, Calendar};
use desk::sla::{self, Hours, Policy, Target};
use desk::words::duration;
use desk::{CalendarId, Context, Read, Time};
use serde::Deserialize;

use super::super::door::{Frame, Undo};
use super::super::visit::Visit;
use super::LIST;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::admin) struct Asked {
    saved: bool,
    /// The policy that was just taken out of use.
    gone: Option<i64>,
}

/// One policy as it stands in the list.
struct Row {
    id: i64,
    name: String,
    retired: bool,
    hours: String,
    /// Each promise with its length and, for a ticket that comes now, its end.
    promises: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/targets/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    rows: Vec<Row>,
    /// The house's own promises, at normal priority.
    house: Vec<String>,
}

pub(in crate::admin) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let read = visit.read(|r, cx| {
        let mut all = sla::list(r, cx)?;
        // What is in use first, each part in its order.
        all.sort_by_key(|policy| policy.retired);
        let mut with = Vec::with_capacity(all.len());
        for policy in all {
            let due = sla::due_now(r, cx, Some(&policy.says))?;
            with.push((policy, due));
        }
        let own = calendars::list(r, cx, cx.viewer.language, true)?;
        Ok((with, house_promises(r, cx)?, own))
    });
    let (policies, house, own) = read.await?;
    let (shell, mut frame) = visit.open("targets-title", LIST, None).await?;
    frame.saved = asked.saved;
    frame.undo = asked.gone.map(|id| Undo {
        words: shell.t("policy-retired-now"),
        action: format!("{LIST}/{id}/restore"),
        fields: Vec::new(),
    });
    let page = Page {
        rows: policies
            .iter()
            .map(|(policy, due)| row(&shell, &own, policy, due))
            .collect(),
        house: house.iter().map(|one| promise(&shell, *one)).collect(),
        shell,
        frame,
    };
    respond_with(page.frame.status, &page)
}

type Promise = (Target, i64, Time);

fn house_promises(r: &mut Read, cx: &Context) -> desk::Result<Vec<Promise>> {
    let targets = sla::targets(desk::tickets::Priority::Normal);
    let due = sla::due_now(r, cx, None)?;
    let each = due.into_iter();
    Ok(each
        .filter_map(|(target, at)| Some((target, targets.of(target)?, at)))
        .collect())
}

fn row(shell: &Shell, own: &[Calendar], policy: &Policy, due: &[(Target, Time)]) -> Row {
    let promises = due
        .iter()
        .filter_map(|(target, at)| Some((*target, policy.says.targets.of(*target)?, *at)));
    Row {
        id: policy.id.0,
        name: policy.says.name.of(shell.lang).to_string(),
        retired: policy.retired,
        hours: match policy.says.hours {
            Hours::House => shell.t("hours-house"),
            Hours::Always => shell.t("hours-always"),
            Hours::Calendar(id) => named(own, id).map_or_else(String::new, |one| one.name.of(shell.lang).to_string()),
        },
        promises: promises.map(|one| promise(shell, one)).collect(),
    }
}

fn named(own: &[Calendar], id: CalendarId) -> Option<&Calendar> {
    own.iter().find(|one| one.id == id)
}

/// "First reply: within 4 h; a ticket now would be due at 15:10".
fn promise(shell: &Shell, (target, work, due): Promise) -> String {
    let args = [
        ("target", target.as_str().into()),
        ("time", duration(shell.lang, work).into()),
        ("due", shell.when(&due).into()),
    ];
    crate::words::text(shell.lang, "policy-promise", &args)
}
