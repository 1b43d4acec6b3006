//! Finding articles: what readers see of them, language by language; for staff also drafts, and the pages of attached
//! files. Every hit passes the policy again, and what it does not let through is not counted either.

use std::collections::{BTreeMap, BTreeSet};

use db::Read;
use search::{Document, Hit, Lang as IndexLang, Marks, Order, Piece, Query};

use super::{ARTICLE, DRAFT, PAGE, pages};
use crate::access::{self, Audience, Viewer};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::{Event, EventKind};
use crate::ids::{ArticleFileId, ArticleId, PassageId};
use crate::knowledge::{self, IndexedArticle};
use crate::words::Lang;

/// Documents of internal articles stand behind this gate; teams have numbers above it.
pub(crate) const INTERNAL: i64 = -1;
/// Hits of one kind looked at: an article has two documents, so half as many articles.
pub(super) const LOOKED_AT: usize = 200;

pub(crate) fn document_id(article: ArticleId, lang: Lang) -> i64 {
    article.0 * 2 + i64::from(lang == Lang::Fr)
}

fn of_document(id: i64) -> (ArticleId, Lang) {
    let lang = if id % 2 == 0 { Lang::En } else { Lang::Fr };
    (ArticleId(id / 2), lang)
}

/// The documents an article may have.
pub(crate) fn document_ids(article: ArticleId) -> [i64; 2] {
    [Lang::En, Lang::Fr].map(|lang| document_id(article, lang))
}

/// The article that a document of the index is of.
pub(crate) fn article_of(document: i64) -> ArticleId {
    of_document(document).0
}

/// Gates that are closed to a reader.
pub(crate) fn article_gates(viewer: Option<&Viewer>) -> Vec<i64> {
    if viewer.is_some_and(access::may_see_drafts) {
        Vec::new()
    } else {
        vec![INTERNAL]
    }
}

pub(super) fn gate(audience: Audience) -> i64 {
    match audience {
        Audience::Internal => INTERNAL,
        Audience::Public => 0,
    }
}

/// These articles as they are now.
pub(super) async fn put(desk: &Desk, articles: Vec<ArticleId>) -> Result<()> {
    for id in articles {
        put_article(desk, id).await?;
        pages::put_of(desk, id).await?;
    }
    Ok(())
}

/// What these lines of the log changed. Pages of manuals are many, and most of what happens to an article leaves them be.
pub(super) async fn follow(desk: &Desk, lines: &[Event]) -> Result<()> {
    for id in articles_of(lines, EventKind::is_of_article) {
        put_article(desk, id).await?;
    }
    for id in articles_of(lines, pages::change_with) {
        pages::put_of(desk, id).await?;
    }
    Ok(())
}

fn articles_of(lines: &[Event], counts: fn(EventKind) -> bool) -> BTreeSet<ArticleId> {
    let lines = lines.iter().filter(|e| counts(e.kind));
    lines.filter_map(|e| e.subject.map(ArticleId)).collect()
}

async fn put_article(desk: &Desk, id: ArticleId) -> Result<()> {
    let texts = desk.read(move |r| knowledge::for_index(r, id)).await?;
    put_texts(desk, id, &texts)
}

fn put_texts(desk: &Desk, id: ArticleId, texts: &[IndexedArticle]) -> Result<()> {
    for lang in [Lang::En, Lang::Fr] {
        for (kind, published) in [(ARTICLE, true), (DRAFT, false)] {
            let text = texts.iter().find(|t| t.lang == lang && t.published == published);
            match text {
                Some(text) => desk.index().put([document(kind, text)]),
                None => desk.index().remove(kind, document_id(id, lang)),
            }
            .map_err(Error::fault)?;
        }
    }
    Ok(())
}

fn document(kind: &str, text: &IndexedArticle) -> Document {
    Document {
        kind: kind.to_string(),
        id: document_id(text.article, text.lang),
        lang: index_lang(text.lang),
        title: text.title.clone(),
        body: text.body.clone(),
        words: vec![knowledge::shown(text.article)],
        pieces: true,
        gate: gate(text.audience),
        at: text.at.0,
    }
}

fn index_lang(lang: Lang) -> IndexLang {
    match lang {
        Lang::En => IndexLang::En,
        Lang::Fr => IndexLang::Fr,
    }
}

/// Where the words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundIn {
    Passage(PassageId),
    /// A page of an attached file.
    File(ArticleFileId, i64),
}

#[derive(Clone, Debug)]
pub struct FoundArticle {
    pub article: ArticleId,
    pub audience: Audience,
    /// It is not published yet: for staff alone.
    pub draft: bool,
    /// The language it is shown in: the reader's where the article has it.
    pub lang: Lang,
    /// It is there in the other language only.
    pub only_other: bool,
    /// The language whose words were found.
    pub matched: Lang,
    pub title: Vec<Piece>,
    pub snippet: Vec<Piece>,
    pub found_in: FoundIn,
    /// The name of the file, when the words stand in one.
    pub file: Option<String>,
    pub score: f32,
}

#[derive(Clone, Debug, Default)]
pub struct FoundArticles {
    pub hits: Vec<FoundArticle>,
    /// How many articles, looked at no further than the index served.
    pub total: usize,
    pub corrected: Option<String>,
}

/// The best first. `viewer` is `None` for who is not signed in; `lang` is what the reader reads. `prefix` while the last
/// word is still being typed.
pub async fn find_articles(
    desk: &Desk,
    viewer: Option<&Viewer>,
    text: &str,
    lang: Lang,
    (offset, most): (usize, usize),
    prefix: bool,
) -> Result<FoundArticles> {
    let text: String = text.chars().take(500).collect();
    if text.trim().is_empty() {
        return Ok(FoundArticles::default());
    }
    let staff = viewer.is_some_and(access::may_see_drafts);
    let kinds: &[&str] = if staff {
        &[ARTICLE, PAGE, DRAFT]
    } else {
        &[ARTICLE, PAGE]
    };
    let query = Query {
        text,
        kinds: kinds.iter().map(ToString::to_string).collect(),
        closed_gates: article_gates(viewer),
        limit: LOOKED_AT,
        order: Order::Relevance,
        prefix,
        ..Query::default()
    };
    let index = desk.clone();
    let found = tokio::task::spawn_blocking(move || index.index().find(&query));
    let found = found.await.map_err(Error::fault)?.map_err(Error::fault)?;
    let viewer = viewer.cloned();
    desk.read(move |r| {
        let mut best: BTreeMap<ArticleId, usize> = BTreeMap::new();
        let mut hits: Vec<FoundArticle> = Vec::new();
        for hit in &found.hits {
            let Some(shown) = shown(r, viewer.as_ref(), hit, &found.marks, lang)? else {
                continue;
            };
            match best.get(&shown.article) {
                None => {
                    best.insert(shown.article, hits.len());
                    hits.push(shown);
                }
                // Both languages hold the words: those of the reader's are shown.
                Some(at) if hits[*at].matched != lang && shown.matched == lang => {
                    let score = hits[*at].score;
                    hits[*at] = FoundArticle { score, ..shown };
                }
                Some(_) => {}
            }
        }
        let total = hits.len();
        Ok(FoundArticles {
            hits: hits.into_iter().skip(offset).take(most).collect(),
            total,
            corrected: found.corrected,
        })
    })
    .await
}

fn shown(r: &mut Read, viewer: Option<&Viewer>, hit: &Hit, marks: &Marks, lang: Lang) -> Result<Option<FoundArticle>> {
    let page = match hit.kind == PAGE {
        true => match pages::there(r, hit.id)? {
            None => return Ok(None),
            page => page,
        },
        false => None,
    };
    let (id, mut matched) = match &page {
        Some(page) => (page.article, lang),
        None => of_document(hit.id),
    };
    let draft = hit.kind == DRAFT;
    let Some((article, text)) = readable(r, viewer, id, draft)? else {
        return Ok(None);
    };
    let reads = if text.speaks(lang) { lang } else { lang.other() };
    let (snippet, found_in) = match &page {
        Some(page) => {
            matched = reads;
            (marks.snippet(&page.text.0, 220), FoundIn::File(page.file, page.page))
        }
        None => in_passage(&text, marks, matched),
    };
    let titled = if matched == reads { matched } else { reads };
    Ok(Some(FoundArticle {
        article: id,
        audience: article.audience,
        draft,
        lang: reads,
        only_other: reads != lang,
        matched,
        title: marks.highlight(text.titled(titled)),
        snippet,
        found_in,
        file: page.map(|p| p.name),
        score: hit.score,
    }))
}

/// The text behind a hit, if this viewer may read it now: the index may lag a moment behind.
pub(super) fn readable(
    r: &mut Read,
    viewer: Option<&Viewer>,
    id: ArticleId,
    draft: bool,
) -> Result<Option<(knowledge::Article, knowledge::Text)>> {
    let found = match (draft, viewer) {
        (false, _) => knowledge::read(r, viewer, id),
        (true, Some(viewer)) => knowledge::draft_of(r, viewer, id),
        (true, None) => return Ok(None),
    };
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The passage that holds the most of what was looked for, and a stretch of it.
fn in_passage(text: &knowledge::Text, marks: &Marks, lang: Lang) -> (Vec<Piece>, FoundIn) {
    let hits = |of: &str| marks.highlight(of).iter().filter(|p| p.hit).count();
    let best = text
        .passages
        .iter()
        .map(|p| (hits(p.text(lang)), p))
        .rev()
        .max_by_key(|(n, _)| *n);
    match best {
        Some((n, passage)) if n > 0 => (
            marks.snippet(&crate::mailboxes::outbox::markdown_words(passage.text(lang)), 220),
            FoundIn::Passage(passage.passage),
        ),
        _ => {
            let first = text.passages.first().map_or("", |p| p.text(lang));
            let words = crate::mailboxes::outbox::markdown_words(first);
            (marks.snippet(&words, 220), FoundIn::Passage(knowledge::TITLE))
        }
    }
}
