//! One topic: its names, where it stands, whom it leads to, and whether it is in use.

use askama::Template;
use axum::extract::{Form, Path, Query};
use desk::teams::{self, Team};
use desk::topics::{self, NewTopic, Topic};
use desk::{Error, TeamId, TopicId};
use serde::Deserialize;

use super::super::choice::{self, Choice, number};
use super::super::door::Frame;
use super::super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const LIST: &str = "/admin/topics";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    name_en: String,
    name_fr: String,
    #[serde(default)]
    parent: String,
    #[serde(default)]
    team: String,
}

impl Fields {
    fn topic(&self) -> desk::Result<NewTopic> {
        Ok(NewTopic {
            parent: number(&self.parent, "parent", "refused-no-such-topic")?.map(TopicId),
            name_en: self.name_en.clone(),
            name_fr: self.name_fr.clone(),
            team: number(&self.team, "team", "refused-no-such-team")?.map(TeamId),
        })
    }

    fn of(topic: &Topic) -> Fields {
        Fields {
            name_en: topic.name_en.clone(),
            name_fr: topic.name_fr.clone(),
            parent: topic.parent.map(|id| id.to_string()).unwrap_or_default(),
            team: topic.team.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/topics/form.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    parents: Vec<Choice>,
    teams: Vec<Choice>,
    /// The topic that is changed; `None` for a new one.
    topic: Option<Topic>,
}

#[derive(Default, Deserialize)]
pub(in crate::admin) struct Asked {
    /// The first-level topic it was asked for at.
    #[serde(default)]
    under: String,
}

pub(in crate::admin) async fn blank(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let fields = Fields {
        parent: asked.under,
        ..Fields::default()
    };
    page(&visit, None, Some(fields), None).await
}

pub(in crate::admin) async fn add(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let typed = fields.clone();
    let again = |error| page(&visit, None, Some(fields), Some(error));
    visit
        .save(LIST, move |tx, cx| topics::add(tx, cx, &typed.topic()?), again)
        .await
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, Some(TopicId(id)), None, None).await
}

pub(in crate::admin) async fn edit(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (typed, id) = (fields.clone(), TopicId(id));
    let again = |error| page(&visit, Some(id), Some(fields), Some(error));
    visit
        .save(LIST, move |tx, cx| topics::edit(tx, cx, id, &typed.topic()?), again)
        .await
}

pub(in crate::admin) async fn retire(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, TopicId(id), true).await
}

pub(in crate::admin) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, TopicId(id), false).await
}

async fn set(visit: &Visit, id: TopicId, retired: bool) -> Outcome {
    let again = |error| page(visit, Some(id), None, Some(error));
    visit
        .save(LIST, move |tx, cx| topics::retire(tx, cx, id, retired), again)
        .await
}

async fn page(visit: &Visit, id: Option<TopicId>, typed: Option<Fields>, error: Option<Error>) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let topic = id.map(|id| topics::find(r, cx, id)).transpose()?;
        Ok((topic, topics::list(r, lang, true)?, teams::list(r, cx)?))
    });
    let (topic, all, teams) = read.await?;
    let (mut shell, frame) = visit.open("topic-add", LIST, error).await?;
    if let Some(topic) = &topic {
        shell = shell.titled(topic.name(lang));
    }
    let page = Page {
        fields: typed.or(topic.as_ref().map(Fields::of)).unwrap_or_default(),
        parents: parents(&shell, &all, topic.as_ref()),
        teams: teams_of(&shell, &teams),
        shell,
        frame,
        topic,
    };
    respond_with(page.frame.status, &page)
}

fn teams_of(shell: &Shell, teams: &[Team]) -> Vec<Choice> {
    choice::teams(shell.lang, shell.t("no-team"), teams)
}

/// Topics of the first level that are in use, and the one it stands under now. A topic with others under it stays where
/// it is.
fn parents(shell: &Shell, all: &[Topic], own: Option<&Topic>) -> Vec<Choice> {
    let has_own = own.is_some_and(|own| all.iter().any(|t| t.parent == Some(own.id)));
    let offered = all.iter().filter(|topic| {
        let now = own.is_some_and(|own| own.parent == Some(topic.id));
        let is_itself = own.is_some_and(|own| own.id == topic.id);
        topic.parent.is_none() && !is_itself && !has_own && (now || !topic.retired)
    });
    let each = offered.map(|topic| Choice::new(&topic.id, topic.name(shell.lang)));
    let first = Choice::new(&"", shell.t("topic-first-level"));
    [first].into_iter().chain(each).collect()
}
