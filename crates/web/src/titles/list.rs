//! A title looked up, and given to somebody when the page was asked for one.

use askama::Template;
use axum::extract::Query;
use desk::access;
use desk::people::{self, Person};
use desk::titles::{self, ESCALATIONS, Escalation, Group, Hit, OURS, Titled};
use desk::words::Both;
use desk::{PersonId, wages};
use serde::Deserialize;

use crate::changes::{Back, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    /// Who is to be given a title.
    person: Option<i64>,
}

#[derive(Template)]
#[template(path = "titles/list.html")]
struct Page {
    shell: Shell,
    back: Back,
    q: String,
    hits: Vec<Hit>,
    /// Who is to be given a title, and the one he has.
    whose: Option<(Person, Option<Titled>)>,
    /// The viewer may plan with wages.
    plans: bool,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, asked.q, asked.person.map(PersonId), Back::default()).await
}

pub(super) async fn render(visit: &Visit, q: String, person: Option<PersonId>, back: Back) -> Outcome {
    let read = visit.read(move |r, cx| {
        let asked = person.filter(|_| access::may_lead(&cx.viewer));
        let found = match asked {
            Some(person) => people::find_visible(r, cx, person).ok(),
            None => None,
        };
        let whose = match found {
            Some(person) => {
                let title = titles::of(r, cx, person.id)?;
                Some((person, title))
            }
            None => None,
        };
        Ok((whose, wages::may_plan(r, cx)?))
    });
    let (whose, plans) = read.await?;
    let q: String = q.chars().take(200).collect();
    let page = Page {
        hits: titles::look_up(&q, visit.lang()),
        shell: visit.shell("titles-title", "people").await?,
        back,
        q,
        whose,
        plans,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn said<'b>(&self, both: &'b Both) -> &'b str {
        both.of(self.shell.lang)
    }

    fn words<'h>(&self, hit: &'h Hit) -> &'h str {
        match hit.job {
            Some(job) => &job.words,
            None => hit.group.title.of(self.shell.lang),
        }
    }

    /// The language of a job title that is not the page's.
    fn other(&self, hit: &Hit) -> &'static str {
        let job = hit.job.filter(|job| job.lang != self.shell.lang);
        job.map_or("", |job| job.lang.tag())
    }

    fn group_words<'h>(&self, hit: &'h Hit) -> &'h str {
        hit.group.title.of(self.shell.lang)
    }

    fn ours(&self) -> &'static str {
        titles::group(OURS).map_or("", |group| group.title.of(self.shell.lang))
    }

    fn escalations(&self) -> Vec<(Escalation, &'static Group)> {
        let one = |one: Escalation| Some((one, titles::group(one.code)?));
        ESCALATIONS.into_iter().filter_map(one).collect()
    }

    fn has_now(&self, title: &Titled) -> String {
        title.said(self.shell.lang).0
    }
}

/// The sentence that says what goes to a group.
pub(super) fn escalation(shell: &Shell, code: &str) -> String {
    shell.t(&format!("escalation-{code}"))
}
