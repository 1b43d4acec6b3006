//! Writing an article: every passage in both languages. What two people changed is shown with both texts and nothing is
//! kept before one of them has chosen; what is typed stays on the device until it is kept here.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::access::{Audience, may_care_for_article};
use desk::events::Event;
use desk::knowledge::{self, Answer, Article, ArticleFile, Care, Clash, Text, Texts};
use desk::words::Lang;
use desk::{ArticleId, Context, Error, EventId, PassageId, PersonId, Read, Write, people};
use serde::Deserialize;

use super::fields::{Cell, Row, Sent, rows};
use super::marks;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Markup, Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: Option<i64>,
}

/// What is shown of a form on its way back.
#[derive(Default)]
struct Typing {
    sent: Sent,
    clashes: Vec<Clash>,
    look: bool,
    back: Back,
    done: Option<EventId>,
}

struct Loaded {
    article: Article,
    text: Text,
    files: Vec<ArticleFile>,
    names: BTreeMap<PersonId, String>,
    done: Option<Event>,
}

#[derive(Template)]
#[template(path = "kb/edit.html")]
struct Page {
    shell: Shell,
    back: Back,
    article: Article,
    text: Text,
    rows: Vec<Row>,
    files: Vec<ArticleFile>,
    names: BTreeMap<PersonId, String>,
    /// As a reader sees it.
    previews: Vec<(Lang, String, Markup)>,
    clashes: usize,
    /// The form came back: what is in it is a draft again.
    returned: Option<i64>,
    may_care: bool,
    toast: Option<(String, i64)>,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    let typing = Typing {
        done: asked.done.map(EventId),
        ..Typing::default()
    };
    page(&visit, ArticleId(id), typing).await
}

pub(crate) async fn write(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (id, sent, typed) = (ArticleId(id), Sent::read(&all), Typed::from(all));
    let mut typing = Typing {
        sent: sent.clone(),
        look: typed.has("then", "look"),
        ..Typing::default()
    };
    if typing.look {
        typing.back.typed = Some(typed);
        return page(&visit, id, typing).await;
    }
    let writing = sent.writing(typed.all("note").next());
    match visit.write(move |tx, cx| knowledge::write(tx, cx, id, &writing)).await {
        Ok(Answer::Saved(saved)) => after(&visit, id, Some(saved.event), typed, typing).await,
        Ok(Answer::Unchanged) => after(&visit, id, None, typed, typing).await,
        Ok(Answer::Clashes(clashes)) => {
            typing.back = visit.back(typed, Error::Conflict("conflict-changed-since"))?;
            typing.clashes = clashes;
            page(&visit, id, typing).await
        }
        Err(error) => {
            typing.back = visit.back(typed, error)?;
            page(&visit, id, typing).await
        }
    }
}

/// The page as it stands, with why something beside the words was not taken.
pub(super) async fn again(visit: &Visit, id: ArticleId, back: Back) -> Outcome {
    let typing = Typing {
        back: Back { typed: None, ..back },
        ..Typing::default()
    };
    page(visit, id, typing).await
}

/// The words are kept: now what the button asked for besides.
async fn after(visit: &Visit, id: ArticleId, saved: Option<EventId>, typed: Typed, mut typing: Typing) -> Outcome {
    let asked = typed.clone();
    match visit.write(move |tx, cx| besides(tx, cx, id, &asked)).await {
        Ok(Some((event, passage))) => Ok(to(&format!("/kb/{id}/edit?done={event}#passage-{passage}"))),
        Ok(None) => match saved {
            Some(event) => Ok(to(&format!("/kb/{id}?done={event}"))),
            None => Ok(to(&format!("/kb/{id}"))),
        },
        Err(error) => {
            typing.back = visit.back(typed, error)?;
            page(visit, id, typing).await
        }
    }
}

/// For whom it is, and a passage added, moved or taken out: `add.3` behind the third, `up.3`, `down.3`, `out.3`.
fn besides(tx: &mut Write, cx: &Context, id: ArticleId, typed: &Typed) -> desk::Result<Option<(EventId, PassageId)>> {
    let article = knowledge::find(tx, cx, id)?;
    let audience = Audience::parse(typed.text("audience")).unwrap_or(article.audience);
    if audience != article.audience {
        let care = Care {
            audience,
            ..Care::of(&article)
        };
        knowledge::change(tx, cx, id, &care)?;
    }
    let Some((deed, number)) = typed.text("then").split_once('.') else {
        return Ok(None);
    };
    let passage = PassageId(number.parse().map_err(|_| Error::NotFound)?);
    let done = match deed {
        "add" => {
            let (new, saved) = knowledge::add_passage(tx, cx, id, passage, &Texts::default())?;
            return Ok(Some((saved.event, new)));
        }
        "up" => knowledge::move_passage(tx, cx, id, passage, true)?,
        "down" => knowledge::move_passage(tx, cx, id, passage, false)?,
        "out" => knowledge::remove_passage(tx, cx, id, passage)?,
        _ => return Err(Error::NotFound),
    };
    Ok(Some((done, passage)))
}

fn load(r: &mut Read, cx: &Context, id: ArticleId, done: Option<EventId>) -> desk::Result<Loaded> {
    let (article, text) = knowledge::latest(r, cx, id)?;
    let staff = people::technicians(r)?;
    let events = knowledge::history(r, cx, id, 20)?;
    let done = events
        .into_iter()
        .find(|one| Some(one.id) == done && one.actor == Some(cx.viewer.person) && knowledge::can_undo(one.kind));
    Ok(Loaded {
        files: knowledge::files_of(r, Some(&cx.viewer), id)?,
        names: staff.into_iter().map(|one| (one.id, one.name)).collect(),
        article,
        text,
        done,
    })
}

async fn page(visit: &Visit, id: ArticleId, mut typing: Typing) -> Outcome {
    let done = typing.done;
    let loaded = visit.read(move |r, cx| load(r, cx, id, done)).await?;
    let viewer = &visit.staff.seen.viewer;
    let returned = typing.back.typed.as_ref().map(|_| visit.state.desk().now().0);
    if typing.back.typed.is_none() {
        let mut typed = Typed::default();
        typed.put("note", own_note(&loaded));
        typed.put("audience", loaded.article.audience.as_str());
        typing.back.typed = Some(typed);
    }
    let rows = rows(&loaded.text, &typing.sent, &typing.clashes);
    let shell = visit.shell("kb-edit-title", "kb").await?;
    let title = format!("{} {}", shell.t("kb-edit-title"), knowledge::shown(id));
    let page = Page {
        previews: if typing.look { previews(&rows) } else { Vec::new() },
        may_care: may_care_for_article(viewer, loaded.article.owner, loaded.article.created_by),
        toast: loaded.done.map(|event| {
            (
                knowledge::told_words(visit.lang(), event.kind, &viewer.name),
                event.id.0,
            )
        }),
        clashes: typing.clashes.len(),
        back: typing.back,
        article: loaded.article,
        text: loaded.text,
        files: loaded.files,
        names: loaded.names,
        rows,
        returned,
        shell: shell.titled(title),
    };
    respond_with(page.back.status(), &page)
}

/// What the version that is being written is about; the next one is about something else.
fn own_note(loaded: &Loaded) -> &str {
    match loaded.article.draft {
        Some(_) => &loaded.text.version.note,
        None => "",
    }
}

/// Both languages, where there is something to read.
fn previews(rows: &[Row]) -> Vec<(Lang, String, Markup)> {
    let of = |at: usize| {
        let text = |row: &Row| row.cells[at].text.clone();
        let title = rows.iter().find(|row| row.is_title()).map(text).unwrap_or_default();
        let body: Vec<String> = rows
            .iter()
            .filter(|row| !row.is_title() && !row.gone)
            .map(text)
            .filter(|words| !words.trim().is_empty())
            .collect();
        (rows[0].cells[at].lang, title, marks::body(&body.join("\n\n")))
    };
    let both = [of(0), of(1)].into_iter();
    both.filter(|(_, title, body)| !title.trim().is_empty() || !body.is_empty())
        .collect()
}

impl Page {
    fn id(&self) -> ArticleId {
        self.article.id
    }

    fn name(&self) -> String {
        format!(
            "{} {}",
            knowledge::shown(self.article.id),
            self.text.titled(self.shell.lang)
        )
    }

    /// Where a refusal leads: the field of that name.
    fn anchor(&self, field: &str) -> &'static str {
        match field {
            "title" | "title_en" => "p0-en",
            "title_fr" => "p0-fr",
            "note" => "note",
            "files" => "new-files",
            _ => "texts",
        }
    }

    fn is_wrong(&self, row: &Row, cell: &Cell) -> bool {
        let own = format!("title_{}", cell.lang);
        let refused = |field: &str| self.back.refusals.iter().any(|r| r.field == field);
        cell.theirs.is_some() || (row.is_title() && (refused("title") || refused(&own)))
    }

    fn label(&self, row: &Row, lang: Lang) -> String {
        if row.is_title() {
            return self.shell.t(&format!("kb-title-{lang}"));
        }
        self.shell.t1(&format!("kb-passage-{lang}"), "number", self.number(row))
    }

    /// As it is counted on the page.
    fn number(&self, row: &Row) -> usize {
        let all = self.rows.iter().filter(|one| !one.gone);
        all.take_while(|one| one.passage != row.passage).count()
    }

    fn is_last(&self, row: &Row) -> bool {
        let last = self.rows.iter().rfind(|one| !one.gone);
        last.is_some_and(|one| one.passage == row.passage)
    }

    fn by(&self, cell: &Cell) -> String {
        let names: Vec<&str> = cell
            .by
            .iter()
            .filter_map(|id| self.names.get(id).map(String::as_str))
            .collect();
        if names.is_empty() {
            self.shell.t("kb-clash-somebody")
        } else {
            names.join(", ")
        }
    }

    /// What is known of the words inside.
    fn told(&self, file: &ArticleFile) -> String {
        file.words(self.shell.lang)
    }

    /// How a file is put into a text.
    fn code(&self, file: &ArticleFile) -> String {
        let mark = if file.mime.starts_with("image/") { "!" } else { "" };
        let name: String = file.name.chars().filter(|c| !"[]\\`".contains(*c)).collect();
        format!("{mark}[{name}](file:{})", file.id)
    }
}
