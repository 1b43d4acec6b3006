//! The versions of an article, what changed from one to another, and taking an earlier one up again.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::events::{Event, EventKind};
use desk::knowledge::{self, Article, Fate, PassageDiff, TITLE, Version};
use desk::words::Lang;
use desk::{ArticleId, Context, Error, PersonId, Read, people};
use serde::Deserialize;

use super::{diff, marks};
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Markup, Shell, respond_with};

/// Lines of what happened.
const MOST_LINES: i64 = 100;

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    old: Option<i64>,
    new: Option<i64>,
}

struct Loaded {
    article: Article,
    title: String,
    versions: Vec<Version>,
    /// What is compared: the older and the newer.
    pair: Option<(i64, i64)>,
    passages: Vec<PassageDiff>,
    events: Vec<Event>,
    names: BTreeMap<PersonId, String>,
}

#[derive(Template)]
#[template(path = "kb/versions.html")]
struct Page {
    shell: Shell,
    back: Back,
    article: Article,
    title: String,
    versions: Vec<Version>,
    pair: Option<(i64, i64)>,
    passages: Vec<PassageDiff>,
    lines: Vec<(desk::Time, String)>,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, ArticleId(id), asked, Back::default()).await
}

pub(crate) async fn restore(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, id) = (Typed::from(all), ArticleId(id));
    let version = typed.number("version");
    let done = visit.write(move |tx, cx| knowledge::restore(tx, cx, id, version.ok_or(Error::NotFound)?));
    match done.await {
        Ok(event) => Ok(to(&format!("/kb/{id}?done={event}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, id, Asked::default(), back).await
        }
    }
}

async fn render(visit: &Visit, id: ArticleId, asked: Asked, back: Back) -> Outcome {
    let loaded = visit.read(move |r, cx| load(r, cx, id, asked)).await?;
    let lang = visit.lang();
    let shell = visit.shell("kb-versions", "kb").await?;
    let name = |event: &Event| {
        let by = event.actor.and_then(|id| loaded.names.get(&id));
        by.cloned().unwrap_or_else(|| shell.desk_name.clone())
    };
    let lines = loaded.events.iter();
    let lines = lines.map(|e| (e.at, knowledge::told_words(lang, e.kind, &name(e))));
    let page = Page {
        lines: lines.collect(),
        back,
        article: loaded.article,
        title: loaded.title,
        versions: loaded.versions,
        pair: loaded.pair,
        passages: loaded.passages,
        shell,
    };
    respond_with(page.back.status(), &page)
}

fn load(r: &mut Read, cx: &Context, id: ArticleId, asked: Asked) -> desk::Result<Loaded> {
    let (article, text) = knowledge::latest(r, cx, id)?;
    let versions = knowledge::versions(r, cx, id)?;
    let newer = asked.new.or(versions.first().map(|v| v.version));
    let before = newer.and_then(|newer| versions.iter().map(|v| v.version).find(|v| *v < newer));
    let pair = asked.old.or(before).zip(newer).filter(|(old, new)| old != new);
    let passages = match pair {
        Some((old, new)) => knowledge::compare(r, cx, id, old, new)?,
        None => Vec::new(),
    };
    let mut events = knowledge::history(r, cx, id, MOST_LINES)?;
    // Its use and what readers said are counted on its page.
    events.retain(|event| !matches!(event.kind, EventKind::ArticleUsed | EventKind::ArticleRated));
    let mut names = BTreeMap::new();
    for id in events.iter().filter_map(|event| event.actor) {
        if let std::collections::btree_map::Entry::Vacant(free) = names.entry(id) {
            match people::find_visible(r, cx, id) {
                Ok(person) => drop(free.insert(person.name)),
                Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(Loaded {
        title: text.titled(cx.viewer.language).to_string(),
        article,
        versions,
        pair,
        passages,
        events,
        names,
    })
}

impl Page {
    fn id(&self) -> ArticleId {
        self.article.id
    }

    fn name(&self) -> String {
        format!("{} {}", knowledge::shown(self.article.id), self.title)
    }

    fn state(&self, version: &Version) -> (&'static str, &'static str, String) {
        let (class, icon, key) = marks::of_version(version.state);
        (class, icon, self.shell.t(key))
    }

    fn langs(&self) -> [Lang; 2] {
        [Lang::En, Lang::Fr]
    }

    /// What changed; passages that did not are counted and left out.
    fn changed(&self) -> Vec<&PassageDiff> {
        self.passages.iter().filter(|one| one.fate != Fate::Same).collect()
    }

    fn same(&self) -> usize {
        self.passages.iter().filter(|one| one.fate == Fate::Same).count()
    }

    fn fate(&self, one: &PassageDiff) -> (&'static str, String) {
        let (class, key) = match one.fate {
            Fate::Same => ("is-wait", "kb-fate-same"),
            Fate::Changed => ("is-open", "kb-fate-changed"),
            Fate::Added => ("is-ok", "kb-fate-added"),
            Fate::Removed => ("is-late", "kb-fate-removed"),
            Fate::Moved => ("is-wait", "kb-fate-moved"),
        };
        (class, self.shell.t(key))
    }

    fn is_title(&self, one: &PassageDiff) -> bool {
        one.passage == TITLE
    }

    fn side(&self, one: &PassageDiff, lang: Lang) -> Markup {
        diff::marked(one.of(lang))
    }

    fn is_read(&self, version: &Version) -> bool {
        self.article.published == Some(version.version)
    }

    /// A draft in hand is published or thrown away first.
    fn may_restore(&self, version: &Version) -> bool {
        self.article.draft.is_none()
            && self.article.state != knowledge::ArticleState::Retired
            && self.article.published != Some(version.version)
    }

    fn before(&self, version: &Version) -> Option<i64> {
        self.versions.iter().map(|v| v.version).find(|v| *v < version.version)
    }

    fn is_chosen(&self, version: &Version) -> bool {
        self.pair.is_some_and(|(_, new)| new == version.version)
    }
}
