//! One topic: its names, where it stands, whom it leads to, and whether it is in use.

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use desk::teams::{self, Team};
use desk::topics::{self, NewTopic, Topic};
use desk::{Context, Error, TeamId, TopicId, Write};
use serde::Deserialize;

use super::super::choice::{self, Choice, number};
use super::super::door::{Admin, Frame, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

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

pub(in crate::admin) async fn blank(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let fields = Fields {
        parent: asked.under,
        ..Fields::default()
    };
    page(&state, &admin, nonce, None, Some(fields), None).await
}

pub(in crate::admin) async fn add(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, typed) = (admin.cx.clone(), fields.clone());
    let done = state
        .desk()
        .write(move |tx| topics::add(tx, &cx, &typed.topic()?))
        .await;
    match done {
        Ok(_) => to("/admin/topics?saved=true"),
        Err(error) => page(&state, &admin, nonce, None, Some(fields), Some(error)).await,
    }
}

pub(in crate::admin) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
) -> Outcome {
    page(&state, &admin, nonce, Some(TopicId(id)), None, None).await
}

pub(in crate::admin) async fn edit(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let typed = fields.clone();
    let deed = move |tx: &mut Write, cx: &Context| topics::edit(tx, cx, TopicId(id), &typed.topic()?).map(drop);
    act(&state, &admin, nonce, id, Some(fields), deed).await
}

pub(in crate::admin) async fn retire(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
) -> Outcome {
    let deed = move |tx: &mut Write, cx: &Context| topics::retire(tx, cx, TopicId(id), true).map(drop);
    act(&state, &admin, nonce, id, None, deed).await
}

pub(in crate::admin) async fn restore(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
) -> Outcome {
    let deed = move |tx: &mut Write, cx: &Context| topics::retire(tx, cx, TopicId(id), false).map(drop);
    act(&state, &admin, nonce, id, None, deed).await
}

async fn act(
    state: &State,
    admin: &Admin,
    nonce: Nonce,
    id: i64,
    typed: Option<Fields>,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<()> + Send + 'static,
) -> Outcome {
    let cx = admin.cx.clone();
    match state.desk().write(move |tx| deed(tx, &cx)).await {
        Ok(()) => to("/admin/topics?saved=true"),
        Err(error) => page(state, admin, nonce, Some(TopicId(id)), typed, Some(error)).await,
    }
}

async fn page(
    state: &State,
    admin: &Admin,
    nonce: Nonce,
    id: Option<TopicId>,
    typed: Option<Fields>,
    error: Option<Error>,
) -> Outcome {
    let (cx, lang) = (admin.cx.clone(), admin.seen.viewer.language);
    let read = state.desk().read(move |r| {
        let topic = id.map(|id| topics::find(r, &cx, id)).transpose()?;
        Ok((topic, topics::list(r, lang, true)?, teams::list(r, &cx)?))
    });
    let (topic, all, teams) = read.await.map_err(|e| admin.oops(e))?;
    let (mut shell, mut frame) = admin.open(state, nonce, "topic-add", "/admin/topics").await?;
    if let Some(topic) = &topic {
        shell = shell.titled(topic.name(lang));
    }
    if let Some(error) = error {
        frame.refuse(&shell, error)?;
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
