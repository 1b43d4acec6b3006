//! The catalogue, with the outages that are open now on top.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use desk::outages::{self, Line as Open};
use desk::people;
use desk::problems::{self, Group};
use desk::services::{self, Line, ServiceState};
use desk::teams;
use serde::Deserialize;

use crate::changes::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: Option<i64>,
}

#[derive(Template)]
#[template(path = "services/list.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    open: Vec<Open>,
    /// Groups of similar tickets that came suddenly: perhaps outages nobody has opened yet.
    sudden: Vec<Group>,
    people: BTreeMap<i64, String>,
    teams: BTreeMap<i64, String>,
    done: Option<i64>,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let lang = visit.lang();
    // What is out of use is the administrators' to bring back.
    let all = visit.staff.seen.viewer.is_admin();
    let read = visit.read(move |r, cx| {
        let lines = services::list(r, cx, lang, all)?;
        let open = outages::list(r, cx, true, None)?;
        let mut sudden = problems::groups(r, cx)?;
        sudden.retain(|group| group.burst_at.is_some());
        Ok((
            lines,
            (open.lines, sudden),
            people::technicians(r)?,
            teams::list(r, cx)?,
        ))
    });
    let (lines, (open, sudden), technicians, teams) = read.await?;
    let page = Page {
        shell: visit.shell("services-title", "services").await?.following("outages"),
        lines,
        open,
        sudden,
        people: technicians
            .into_iter()
            .map(|person| (person.id.0, person.name))
            .collect(),
        teams: teams
            .iter()
            .map(|team| (team.id.0, team.name(lang).to_string()))
            .collect(),
        done: asked.done,
    };
    respond(&page)
}

/// The class, the icon and the words of how a service does.
pub(crate) fn mark(shell: &Shell, state: ServiceState) -> (&'static str, &'static str, String) {
    let (class, icon) = match state {
        ServiceState::Running => ("is-ok", "circle-check"),
        ServiceState::Maintenance => ("is-open", "wrench"),
        ServiceState::Disturbed => ("is-soon", "triangle-alert"),
        ServiceState::Down => ("is-late", "x"),
    };
    (class, icon, shell.t(&format!("service-state-{state}")))
}

impl Page {
    fn sudden(&self, group: &Group) -> String {
        let when = group.burst_at.map_or(String::new(), |at| self.shell.when(&at));
        self.shell.t1("group-sudden", "when", when)
    }

    fn size(&self, group: &Group) -> String {
        self.shell
            .t2("group-size", "count", group.tickets.len(), "people", group.requesters)
    }

    fn mark(&self, line: &Line) -> (&'static str, &'static str, String) {
        mark(&self.shell, line.state)
    }

    fn name<'l>(&self, line: &'l Line) -> &'l str {
        line.service.name.of(self.shell.lang)
    }

    fn about<'l>(&self, line: &'l Line) -> &'l str {
        line.service.about.of(self.shell.lang)
    }

    /// The person, the team, or both.
    fn owner(&self, line: &Line) -> String {
        let person = line.service.owner.and_then(|id| self.people.get(&id.0));
        let team = line.service.team.and_then(|id| self.teams.get(&id.0));
        let both: Vec<&str> = person.into_iter().chain(team).map(String::as_str).collect();
        both.join(", ")
    }

    fn title(&self, open: &Open) -> String {
        let said = open.outage.title.said(self.shell.lang);
        said.map(|said| said.words).unwrap_or_default()
    }
}
