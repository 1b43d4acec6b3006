//! Pages of attached manuals: how they come into the index and leave it, and finding them with the number of the page.
//! A page is read by whoever reads its article, and by nobody else.

use std::collections::HashMap;

use db::{Read, Sql};
use search::{Document, Hit, Lang as IndexLang, Marks, Order, Piece, Query};

use super::PAGE;
use super::articles::{self, LOOKED_AT, article_gates};
use crate::access::{Audience, Viewer};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{ArticleFileId, ArticleId};
use crate::knowledge::{self, IndexedPage};
use crate::words::Lang;

/// Pages read at a time on their way into the index.
const STEP: i64 = 200;
/// Pages of one file in an answer: a long manual about one thing leaves room for others.
const MOST_OF_FILE: usize = 3;

/// Whether what happened may have changed which pages of an article are found, or by whom.
pub(super) fn change_with(kind: EventKind) -> bool {
    use EventKind as E;
    matches!(
        kind,
        E::ArticlePublished
            | E::ArticleRetired
            | E::ArticleBroughtBack
            | E::ArticleDropped
            | E::ArticleChanged
            | E::ArticleFileAdded
            | E::ArticleFileRemoved
            | E::ArticleFileRead
            | E::ArticleUndone
    )
}

/// The pages of all files of an article, as they are now.
pub(super) async fn put_of(desk: &Desk, id: ArticleId) -> Result<()> {
    // The words of a file are found where its article is.
    let texts = desk.read(move |r| knowledge::for_index(r, id)).await?;
    let published = texts.first().is_some_and(|t| t.published);
    let audience = texts.first().map_or(Audience::Internal, |t| t.audience);
    let mut after = 0;
    loop {
        let pages = desk
            .read(move |r| knowledge::pages_for_index(r, id, after, STEP))
            .await?;
        let Some(last) = pages.last() else { return Ok(()) };
        after = last.id;
        for page in pages {
            put(desk, page, audience, published)?;
        }
    }
}

/// Of an article that is published.
pub(super) fn is_found(page: &IndexedPage) -> bool {
    !page.gone && !page.text.0.is_empty()
}

fn put(desk: &Desk, page: IndexedPage, audience: Audience, published: bool) -> Result<()> {
    if !published || !is_found(&page) {
        return desk.index().remove(PAGE, page.id).map_err(Error::fault);
    }
    let document = Document {
        kind: PAGE.to_string(),
        id: page.id,
        lang: IndexLang::Unknown,
        title: page.name,
        body: page.text.0,
        gate: articles::gate(audience),
        ..Document::default()
    };
    desk.index().put([document]).map_err(Error::fault)
}

/// A page that is still there: the index may lag a moment behind.
pub(super) fn there(r: &mut Read, id: i64) -> Result<Option<IndexedPage>> {
    match knowledge::page_of(r, id) {
        Ok(page) => Ok(Some(page).filter(|page| !page.gone)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The articles that these pages belong to.
pub(crate) fn articles_with(r: &mut Read, pages: &[i64]) -> Result<HashMap<i64, ArticleId>> {
    let mut sql = Sql::new(
        "SELECT p.id, f.article FROM article_page p JOIN article_file f ON f.id = p.article_file
         WHERE f.gone_at IS NULL AND p.id IN (",
    );
    sql.bind_list(pages.iter().copied()).push(")");
    Ok(r.query_sql::<(i64, ArticleId)>(&sql)?.into_iter().collect())
}

/// A page that holds what was looked for.
#[derive(Clone, Debug)]
pub struct FoundPage {
    pub file: ArticleFileId,
    /// The name of the file.
    pub name: Vec<Piece>,
    pub page: i64,
    pub article: ArticleId,
    /// What the article is called, in the reader's language where it has one.
    pub title: String,
    pub snippet: Vec<Piece>,
    pub score: f32,
}

/// The best pages first, a few of each file. `viewer` is `None` for who is not signed in; `prefix` while the last word is
/// still being typed.
pub async fn find_pages(
    desk: &Desk,
    viewer: Option<&Viewer>,
    text: &str,
    lang: Lang,
    most: usize,
    prefix: bool,
) -> Result<Vec<FoundPage>> {
    let text: String = text.chars().take(500).collect();
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let query = Query {
        text,
        kinds: vec![PAGE.to_string()],
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
    desk.read(move |r| shown(r, viewer.as_ref(), (&found.hits, &found.marks), lang, most))
        .await
}

fn shown(
    r: &mut Read,
    viewer: Option<&Viewer>,
    (hits, marks): (&[Hit], &Marks),
    lang: Lang,
    most: usize,
) -> Result<Vec<FoundPage>> {
    let (mut pages, mut of_file) = (Vec::new(), HashMap::<ArticleFileId, usize>::new());
    for hit in hits {
        if pages.len() == most {
            break;
        }
        let Some(page) = there(r, hit.id)? else { continue };
        let count = of_file.entry(page.file).or_default();
        if *count == MOST_OF_FILE {
            continue;
        }
        let Some((_, text)) = articles::readable(r, viewer, page.article, false)? else {
            continue;
        };
        *count += 1;
        let reads = if text.speaks(lang) { lang } else { lang.other() };
        pages.push(FoundPage {
            file: page.file,
            name: marks.highlight(&page.name),
            page: page.page,
            article: page.article,
            title: text.titled(reads).to_string(),
            snippet: marks.snippet(&page.text.0, 220),
            score: hit.score,
        });
    }
    Ok(pages)
}
