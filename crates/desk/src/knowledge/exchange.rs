//! Articles out as files and in again. What comes out and in again comes out the same; what comes in twice is one
//! article, by the name it has where it comes from.

use db::{Read, Write, args};
use serde_json::json;

use super::article::{Article, ArticleState, Text, Warning, number_of, shown};
use super::draft::{NewArticle, draft};
use super::paper::{Paper, PaperPassage};
use super::passage::{Passage, TITLE};
use super::write::{self, open_draft, touched};
use super::{links, publish, show, store};
use crate::access;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, TopicId};
use crate::topics;
use crate::words::Lang;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub article: ArticleId,
    /// Nothing was there under its name before.
    pub new: bool,
    /// It says something that was not there.
    pub changed: bool,
    pub published: bool,
    pub warnings: Vec<Warning>,
}

/// For staff: the article as it is published, or as it is being written when it never was.
pub fn paper(r: &mut Read, cx: &Context, id: ArticleId) -> Result<Paper> {
    let article = show::find(r, cx, id)?;
    let version = match article.published.or(article.draft) {
        Some(version) => version,
        None => store::last_version(r, id)?,
    };
    let text = store::text(r, id, version)?;
    let (desk, name) = name_of(r, cx, id)?;
    let behind = |p: &Passage| p.behind.zip(p.behind_at);
    Ok(Paper {
        id: name,
        desk,
        lang: None,
        title: super::Texts::new(&text.title.en.0, &text.title.fr.0),
        title_behind: behind(&text.title),
        audience: article.audience,
        state: match (article.state, article.published) {
            (ArticleState::Review, None) => ArticleState::Draft,
            (state, _) => state,
        },
        topic: topic_name(r, cx, article.topic)?,
        review_at: article.review_at,
        note: text.version.note.clone(),
        passages: text
            .passages
            .iter()
            .map(|p| PaperPassage {
                passage: p.passage,
                texts: super::Texts::new(&p.en.0, &p.fr.0),
                behind: behind(p),
            })
            .collect(),
    })
}

/// For staff: everything worth a file, in order.
pub fn all_numbers(r: &mut Read, cx: &Context) -> Result<Vec<ArticleId>> {
    if !access::may_see_drafts(&cx.viewer) {
        return Err(Error::NotFound);
    }
    Ok(r.query(
        "SELECT id FROM article WHERE published IS NOT NULL OR draft IS NOT NULL ORDER BY id",
        &args![],
    )?)
}

const BETWEEN: char = '\u{1f}';

/// The desk and the name it came under, or this desk and its number.
fn name_of(r: &mut Read, cx: &Context, id: ArticleId) -> Result<(String, String)> {
    let outside: Option<String> = r.one("SELECT outside FROM article WHERE id = $1", &args![id])?;
    let named = outside.as_deref().and_then(|o| o.split_once(BETWEEN));
    Ok(named.map_or_else(
        || (cx.house.name.clone(), shown(id)),
        |(desk, name)| (desk.to_string(), name.to_string()),
    ))
}

fn topic_name(r: &mut Read, cx: &Context, id: Option<TopicId>) -> Result<String> {
    let Some(id) = id else { return Ok(String::new()) };
    let topic = topics::find(r, cx, id)?;
    let above = match topic.parent {
        Some(parent) => format!("{} / ", topics::find(r, cx, parent)?.name(Lang::En)),
        None => String::new(),
    };
    Ok(format!("{above}{}", topic.name(Lang::En)))
}

fn topic_named(r: &mut Read, cx: &Context, name: &str) -> Result<Option<TopicId>> {
    if name.is_empty() {
        return Ok(None);
    }
    for topic in topics::list(r, Lang::En, false)? {
        if topic_name(r, cx, Some(topic.id))? == name {
            return Ok(Some(topic.id));
        }
    }
    Ok(None)
}

/// The article a file means, if there is one.
fn meant(r: &mut Read, cx: &Context, paper: &Paper) -> Result<Option<ArticleId>> {
    if paper.id.is_empty() {
        return Ok(None);
    }
    let outside = format!("{}{BETWEEN}{}", paper.desk, paper.id);
    let found: Option<ArticleId> = r.maybe("SELECT id FROM article WHERE outside = $1", &args![outside])?;
    if found.is_some() || paper.desk != cx.house.name {
        return Ok(found);
    }
    let Some(own) = number_of(&paper.id) else {
        return Ok(None);
    };
    let there: Option<ArticleId> = r.maybe("SELECT id FROM article WHERE id = $1 AND outside IS NULL", &args![own])?;
    Ok(there)
}

/// Brings a file in: as a new article, or as a next version of the one it means. It is published only where the file
/// says so, `publishes` is set and the viewer's word is enough for that; else it waits as a draft.
pub fn import(tx: &mut Write, cx: &Context, paper: &Paper, publishes: bool) -> Result<Imported> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    let (article, new, changed) = match meant(tx, cx, paper)? {
        Some(id) => (id, false, renew(tx, cx, id, paper)?),
        None => (begin(tx, cx, paper)?, true, true),
    };
    let published = publishes && paper.state == ArticleState::Published && publish_it(tx, cx, article)?;
    let after = store::load(tx, article)?;
    let warnings = match after.latest() {
        Some(version) => {
            let text = store::text(tx, article, version)?;
            links::warnings(tx, article, &text)?
        }
        None => Vec::new(),
    };
    Ok(Imported {
        article,
        new,
        changed,
        published,
        warnings,
    })
}

fn publish_it(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<bool> {
    let Some(draft) = store::load(tx, id)?.draft else {
        return Ok(false);
    };
    let saves = store::version(tx, id, draft)?.saves;
    match tx.attempt(|tx| publish::publish(tx, cx, id, saves)) {
        Ok(_) => Ok(true),
        Err(Error::Conflict(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

fn begin(tx: &mut Write, cx: &Context, paper: &Paper) -> Result<ArticleId> {
    let texts = paper.passages.iter().map(|p| p.texts.clone()).collect();
    let mut new = NewArticle::new(paper.title.clone(), texts, paper.audience);
    new.topic = topic_named(tx, cx, &paper.topic)?;
    (new.review_at, new.note) = (paper.review_at, paper.note.clone());
    let id = draft(tx, cx, &new)?.article;
    if !paper.id.is_empty() {
        let outside = format!("{}{BETWEEN}{}", paper.desk, paper.id);
        tx.exec("UPDATE article SET outside = $2 WHERE id = $1", &args![id, outside])?;
    }
    // The numbers of its passages are part of what comes out again.
    tx.exec(
        "DELETE FROM article_passage WHERE article = $1 AND version = 1 AND passage > 0",
        &args![id],
    )?;
    put_all(tx, (id, 1), paper, &[])?;
    Ok(id)
}

/// Title and passages of a file, in its order, as the passages of a version. `there` is what the version has already.
fn put_all(tx: &mut Write, (id, version): (ArticleId, i64), paper: &Paper, there: &[Passage]) -> Result<()> {
    for (passage, now) in arranged(paper, there, version) {
        if there.iter().find(|p| p.passage == passage) != Some(&now) {
            store::put_passage(tx, (id, version), &now)?;
        }
    }
    Ok(())
}

fn arranged(paper: &Paper, there: &[Passage], version: i64) -> Vec<(crate::PassageId, Passage)> {
    let title = PaperPassage {
        passage: TITLE,
        texts: paper.title.clone(),
        behind: paper.title_behind,
    };
    let all = std::iter::once(&title).chain(&paper.passages);
    // Where nothing changes its place the places stay as they are, whatever gaps there are between them.
    let in_order = all.clone().map(|p| p.passage).eq(there.iter().map(|p| p.passage));
    (0..)
        .zip(all)
        .map(|(place, one)| {
            let mut now = match there.iter().find(|p| p.passage == one.passage) {
                Some(kept) => {
                    let mut now = kept.clone();
                    let texts = whole(kept, one, paper.lang);
                    now.become_texts(&texts, version, crate::Time(0));
                    now
                }
                None => Passage::new(one.passage, place, &one.texts, version),
            };
            now.place = if in_order || (paper.lang.is_some() && there.iter().any(|p| p.passage == one.passage)) {
                now.place
            } else {
                place
            };
            if paper.lang.is_none() {
                (now.behind, now.behind_at) = (one.behind.map(|b| b.0), one.behind.map(|b| b.1));
            }
            (one.passage, now)
        })
        .collect()
}

/// A file in one language says nothing of the other.
fn whole(kept: &Passage, one: &PaperPassage, lang: Option<Lang>) -> super::Texts {
    match lang {
        None => one.texts.clone(),
        Some(Lang::En) => super::Texts::new(&one.texts.en, &kept.fr.0),
        Some(Lang::Fr) => super::Texts::new(&kept.en.0, &one.texts.fr),
    }
}

/// The draft of an article that is there already becomes what the file says. False when it says so already.
fn renew(tx: &mut Write, cx: &Context, id: ArticleId, paper: &Paper) -> Result<bool> {
    write::check_paper(paper)?;
    let mut changed = false;
    let done = tx.attempt(|tx| {
        let (article, text) = open_draft(tx, cx, id)?;
        changed = renew_in(tx, cx, &article, &text, paper)?;
        // A draft begun for nothing is not kept.
        if changed {
            Ok(())
        } else {
            Err(Error::Conflict("conflict-changed-since"))
        }
    });
    match done {
        Err(_) if !changed && matches!(done, Err(Error::Conflict("conflict-changed-since"))) => Ok(false),
        other => other.map(|()| true),
    }
}

fn renew_in(tx: &mut Write, cx: &Context, article: &Article, text: &Text, paper: &Paper) -> Result<bool> {
    let (id, version) = (article.id, text.version.version);
    let there: Vec<Passage> = text.all().cloned().collect();
    let mut after = arranged(paper, &there, version);
    for (_, passage) in &mut after {
        // The moment at which a text of the file left the other behind is now.
        if passage.behind_at == Some(crate::Time(0)) {
            passage.behind_at = Some(cx.now);
        }
    }
    let mut changed = false;
    for (number, now) in &after {
        if there.iter().find(|p| p.passage == *number) != Some(now) {
            store::put_passage(tx, (id, version), now)?;
            changed = true;
        }
    }
    // A file in one language may lack what is only there in the other.
    for old in there
        .iter()
        .filter(|p| paper.lang.is_none() && !after.iter().any(|(n, _)| n == &p.passage))
    {
        let gone = Passage {
            gone: true,
            ..old.clone()
        };
        store::put_passage(tx, (id, version), &gone)?;
        changed = true;
    }
    if changed {
        touched(tx, cx, article, text)?;
        let data = json!({ "version": version, "imported": true }).to_string();
        let fact = Fact::new(EventKind::ArticleWritten).about(id.0).with(Some(data));
        events::record(tx, cx, fact)?;
    }
    Ok(changed)
}
