//! One outage: what was said, what can be said next, whom it hits, and the answer to all.

use askama::Template;
use axum::extract::{Path, Query};
use desk::outages::{self, Detail, Hit, Phase};
use desk::{EventId, OutageNumber, TicketNumber, services};
use serde::Deserialize;

use crate::changes::{Back, Visit};
use crate::http::Outcome;
use crate::layout::{Markup, Shell, markdown, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: Option<i64>,
    /// The event of an answer: how many have it, and which were left alone.
    answered: Option<i64>,
}

/// What became of an answer to all.
struct Answered {
    event: i64,
    count: usize,
    left: Vec<(TicketNumber, String)>,
}

#[derive(Template)]
#[template(path = "outages/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    found: Detail,
    services: Vec<(String, String)>,
    phases: Vec<(String, String)>,
    answered: Option<Answered>,
    done: Option<i64>,
}

pub(crate) async fn show(visit: Visit, Path(number): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, OutageNumber(number), &asked, Back::default()).await
}

pub(super) async fn render(visit: &Visit, number: OutageNumber, asked: &Asked, back: Back) -> Outcome {
    let (lang, event) = (visit.lang(), asked.answered.map(EventId));
    let read = visit.read(move |r, cx| {
        let found = outages::find(r, cx, number)?;
        // A number that is no answer of the viewer's says nothing.
        let answered = event.and_then(|event| Some((event, outages::answered(r, cx, event).ok()?)));
        Ok((found, services::list(r, cx, lang, true)?, answered))
    });
    let (found, all, answered) = read.await?;
    let shell = visit.shell("outage-one", "services").await?.following("outages");
    let name = |hit: &Hit| {
        let line = all.iter().find(|line| line.service.id == hit.service)?;
        let effect = shell.t(&format!("service-state-{}", hit.effect));
        Some((line.service.name.of(lang).to_string(), effect))
    };
    let title = found.outage.title.said(lang).map(|said| said.words);
    let page = Page {
        services: found.outage.services.iter().filter_map(name).collect(),
        phases: Phase::ALL
            .iter()
            .map(|phase| (phase.to_string(), shell.t(&format!("outage-phase-{phase}"))))
            .collect(),
        answered: answered.map(|(event, (count, left))| Answered {
            event: event.0,
            count,
            left: left.into_iter().map(|(number, key)| (number, shell.t(&key))).collect(),
        }),
        shell: shell.titled(title.unwrap_or_default()),
        found,
        back,
        done: asked.done,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn phase(&self, phase: &Phase) -> String {
        self.shell.t(&format!("outage-phase-{phase}"))
    }

    /// It is chosen again, or it is the state it is in.
    fn is_chosen(&self, phase: &str) -> bool {
        match self.back.value("phase") {
            "" => self.found.outage.phase.as_str() == phase,
            typed => typed == phase,
        }
    }

    fn words(&self, text: &str) -> Markup {
        markdown(text)
    }

    fn is_over(&self) -> bool {
        self.found.outage.phase == Phase::Over
    }
}
