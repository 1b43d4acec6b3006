//! The history: what was over, the newest first, page by page.

use askama::Template;
use axum::extract::Query;
use desk::outages::{self, Line};
use desk::{OutageNumber, Time};
use serde::Deserialize;

use crate::changes::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    before: String,
}

#[derive(Template)]
#[template(path = "outages/list.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    next: Option<String>,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let before = place(&asked.before);
    let found = visit.read(move |r, cx| outages::list(r, cx, false, before)).await?;
    let page = Page {
        shell: visit.shell("outages-past", "services").await?.following("outages"),
        lines: found.lines,
        next: found.next.map(|(at, number)| format!("{}.{number}", at.0)),
    };
    respond(&page)
}

fn place(text: &str) -> Option<(Time, OutageNumber)> {
    let (at, number) = text.split_once('.')?;
    Some((Time(at.parse().ok()?), OutageNumber(number.parse().ok()?)))
}

impl Page {
    fn title(&self, line: &Line) -> String {
        let said = line.outage.title.said(self.shell.lang);
        said.map(|said| said.words).unwrap_or_default()
    }

    fn ended(&self, line: &Line) -> String {
        let ended = line.outage.ended_at.map(|at| self.shell.date_time(&at));
        ended.unwrap_or_default()
    }
}
