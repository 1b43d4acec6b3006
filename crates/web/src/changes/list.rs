//! The list, the newest first, and the field that writes a small change down in one line.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use desk::changes::{self, Asked as Wanted, Change, NewChange, State};
use desk::{ChangeNumber, ServiceId, Time};
use serde::Deserialize;

use super::marks::{self, Names};
use super::visit::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// `waiting` for those that wait for approval.
    which: String,
    before: String,
    done: Option<i64>,
}

#[derive(Template)]
#[template(path = "changes/list.html")]
struct Page {
    shell: Shell,
    back: Back,
    which: String,
    changes: Vec<Change>,
    names: Names,
    services: Vec<(String, String)>,
    waiting: i64,
    next: Option<String>,
    done: Option<i64>,
    rule: String,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    page(&visit, asked, Back::default()).await
}

/// One line: it was done just now.
pub(crate) async fn log(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let new = NewChange {
        title: typed.text("title").to_string(),
        devices: devices(typed.text("devices")),
        services: typed.numbers("services").into_iter().map(ServiceId).collect(),
        ..NewChange::default()
    };
    match visit.write(move |tx, cx| changes::log(tx, cx, &new, None)).await {
        Ok(recorded) => Ok(to(&format!("/changes?done={}", recorded.event))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, Asked::default(), back).await
        }
    }
}

/// Names between commas or on lines of their own.
pub(super) fn devices(text: &str) -> Vec<String> {
    let names = text.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_string).collect()
}

async fn page(visit: &Visit, asked: Asked, back: Back) -> Outcome {
    let lang = visit.lang();
    let wanted = Wanted {
        states: match asked.which.as_str() {
            "waiting" => vec![State::Asked],
            _ => Vec::new(),
        },
        before: place(&asked.before),
        ..Wanted::default()
    };
    let read = visit.read(move |r, cx| {
        let found = changes::list(r, cx, &wanted)?;
        let names = Names::of(r, cx, lang, &found.changes)?;
        let offered = desk::services::list(r, cx, lang, false)?;
        Ok((found, names, offered, changes::waiting_for_approval(r, cx)?))
    });
    let (found, names, offered, waiting) = read.await?;
    let rule = visit.staff.cx.house.approval_from;
    let page = Page {
        shell: visit.shell("changes-title", "changes").await?.following("changes"),
        which: asked.which,
        changes: found.changes,
        services: offered
            .iter()
            .map(|line| (line.service.id.to_string(), line.service.name.of(lang).to_string()))
            .collect(),
        names,
        waiting,
        next: found.next.map(|(at, number)| format!("{}.{number}", at.0)),
        done: asked.done.filter(|_| back.typed.is_none()),
        back,
        rule: rule.map_or("never".to_string(), |risk| risk.to_string()),
    };
    respond_with(page.back.status(), &page)
}

fn place(text: &str) -> Option<(Time, ChangeNumber)> {
    let (at, number) = text.split_once('.')?;
    Some((Time(at.parse().ok()?), ChangeNumber(number.parse().ok()?)))
}

impl Page {
    fn state(&self, change: &Change) -> (&'static str, &'static str, String) {
        marks::state(&self.shell, change.state)
    }

    fn when(&self, change: &Change) -> String {
        marks::when(&self.shell, change)
    }

    fn lacks(&self, change: &Change) -> bool {
        let house = self.rule.as_str();
        change.lacks_approval(desk::changes::Risk::parse(house))
    }

    fn rules(&self) -> Vec<(&'static str, String)> {
        ["low", "medium", "high", "never"]
            .into_iter()
            .map(|word| (word, self.shell.t(&format!("change-rule-{word}"))))
            .collect()
    }
}
