//! `/escalations`: what waits for one's team, what came back, what was sent out; and how often, by team, group and topic.

use askama::Template;
use axum::extract::Query;
use desk::escalations::{self, Line, Sums, Tally, Which};
use desk::topics;
use serde::Deserialize;

use super::names::{self, Names, group_name, people_of};
use crate::changes::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    which: String,
    /// One that went where the viewer cannot follow it.
    gone: Option<i64>,
}

#[derive(Template)]
#[template(path = "escalations/list.html")]
struct Page {
    shell: Shell,
    which: Which,
    lines: Vec<Line>,
    tally: Tally,
    names: Names,
    /// Teams and groups, and topics: their names and their sums.
    receivers: Vec<(String, Sums)>,
    topics: Vec<(String, Sums)>,
    gone: bool,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let lang = visit.lang();
    let which = Which::parse(&asked.which).unwrap_or(Which::Waiting);
    let read = visit.read(move |r, cx| {
        let lines = escalations::list(r, cx, which)?;
        let people: Vec<_> = lines.iter().flat_map(|line| people_of(&line.escalation)).collect();
        let names = Names::of(r, cx, lang, people)?;
        let counted = escalations::counted(r, cx)?;
        Ok((
            lines,
            names,
            escalations::tally(r, cx)?,
            counted,
            topics::list(r, lang, true)?,
        ))
    });
    let (lines, names, tally, counted, all_topics) = read.await?;
    let shell = visit.shell("escalations-title", "escalations").await?;
    let teams = counted.teams.iter().map(|(team, sums)| (names.team(team), *sums));
    let groups = counted
        .groups
        .iter()
        .map(|(group, sums)| (group_name(&shell, *group), *sums));
    let topics = counted.topics.iter().filter_map(|(id, sums)| {
        let topic = all_topics.iter().find(|topic| topic.id == *id)?;
        Some((topic.name(lang).to_string(), *sums))
    });
    let page = Page {
        receivers: teams.chain(groups).collect(),
        topics: topics.collect(),
        gone: asked.gone.is_some(),
        which,
        lines,
        tally,
        names,
        shell,
    };
    respond(&page)
}

impl Page {
    fn state(&self, line: &Line) -> (&'static str, &'static str, String) {
        names::state(&self.shell, line.escalation.state)
    }

    fn to(&self, line: &Line) -> String {
        self.names.to(&self.shell, line.escalation.to())
    }

    /// Each list with its words and its number.
    fn tabs(&self) -> [(Which, String); 3] {
        let tab = |which: Which, count: i64| {
            let words = self.shell.t1(&format!("escalations-{which}"), "count", count);
            (which, words)
        };
        [
            tab(Which::Waiting, self.tally.waiting),
            tab(Which::Returned, self.tally.returned),
            tab(Which::Sent, self.tally.sent),
        ]
    }

    fn empty(&self) -> String {
        self.shell.t(&format!("escalations-none-{}", self.which))
    }
}
