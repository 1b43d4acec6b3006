//! `/en/help?q=`: what to look for, what was found, and while nothing is looked for what helped most and everything there
//! is. Who finds nothing is led to ask, with what was typed.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::HeaderMap;
use desk::finding::{self, FoundArticle, FoundArticles, FoundIn, Piece};
use desk::words::Lang;
use desk::{ArticleId, Time, knowledge};
use serde::Deserialize;

use super::{FRONT, Line, count, front, place};
use crate::http::{Oops, Outcome};
use crate::layout::Shell;
use crate::portal::etag;
use crate::portal::visitor::Visitor;
use crate::state::State;

/// What a search shows at once, and how far it leafs.
const HITS: usize = 10;
const MOST_PAGES: usize = 10;
/// Lines of the list of everything.
const LINES: i64 = 50;
/// A question is read no further than this.
const LONGEST: usize = 400;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
    /// Where the list of everything goes on: the moment and the number its page before ended with.
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "portal/help/list.html")]
struct Page {
    shell: Shell,
    q: String,
    found: FoundArticles,
    page: usize,
    useful: Vec<Line>,
    all: Vec<Line>,
    /// Where the next page of everything begins.
    next: Option<String>,
    canonical: String,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Outcome {
    let q: String = asked.q.trim().chars().take(LONGEST).collect();
    let mut shown = Page {
        shell: visitor.shell(&state, "help-title", "/help"),
        q,
        found: FoundArticles::default(),
        page: asked.page.parse().unwrap_or(0).min(MOST_PAGES - 1),
        useful: Vec::new(),
        all: Vec::new(),
        next: None,
        canonical: super::whole(&state, &format!("/{}/help", visitor.lang)),
    };
    if shown.q.is_empty() {
        browse(&state, &visitor, &asked.after, &mut shown).await?;
    } else {
        look(&state, &visitor, &headers, &mut shown).await?;
    }
    etag::answer(&visitor, &headers, &shown)
}

async fn look(state: &State, visitor: &Visitor, headers: &HeaderMap, shown: &mut Page) -> Result<(), Oops> {
    state
        .throttle()
        .search(visitor.peer)
        .map_err(|seconds| visitor.oops(desk::Error::TooOften { seconds }))?;
    let part = (shown.page * HITS, HITS);
    shown.found = finding::find_articles(state.desk(), None, &shown.q, visitor.lang, part, false)
        .await
        .map_err(|e| visitor.oops(e))?;
    if shown.found.total == 0 {
        count::looked_for(state, visitor, headers, None, shown.q.clone());
    }
    Ok(())
}

async fn browse(state: &State, visitor: &Visitor, after: &str, shown: &mut Page) -> Result<(), Oops> {
    let (lang, now, after) = (visitor.lang, state.desk().now(), goes_on(after));
    let read = state.desk().read(move |r| {
        let useful = if after.is_none() {
            front(r, now, lang, FRONT)?
        } else {
            Vec::new()
        };
        Ok((useful, knowledge::public_titles(r, after, LINES + 1)?))
    });
    let (useful, mut titles) = read.await.map_err(|e| visitor.oops(e))?;
    let lines = usize::try_from(LINES).unwrap_or(usize::MAX);
    if titles.len() > lines {
        titles.truncate(lines);
        shown.next = titles.last().map(|one| format!("{}-{}", one.published_at.0, one.id));
    }
    shown.all = titles.iter().map(|one| Line::of(one, lang)).collect();
    // With so few the list of everything says it all.
    shown.useful = if shown.all.len() > FRONT { useful } else { Vec::new() };
    Ok(())
}

fn goes_on(after: &str) -> Option<(Time, ArticleId)> {
    let (at, id) = after.split_once('-')?;
    Some((Time(at.parse().ok()?), ArticleId(id.parse().ok()?)))
}

impl Page {
    fn is_hit(piece: &Piece) -> bool {
        piece.hit
    }

    fn none(&self) -> bool {
        !self.q.is_empty() && self.found.hits.is_empty()
    }

    /// The search goes along, so that it is counted where it led; and the passage that holds the words.
    fn leads_to(&self, hit: &FoundArticle) -> String {
        let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
        let words: String = form_urlencoded::byte_serialize(self.q.as_bytes()).collect();
        let at = match &hit.found_in {
            FoundIn::Passage(passage) if *passage != knowledge::TITLE => format!("#p{passage}"),
            FoundIn::File(..) => "#files".to_string(),
            FoundIn::Passage(_) => String::new(),
        };
        format!("/{}/help/{}?q={words}{at}", self.shell.lang, place(hit.article, &title))
    }

    /// The name of the file and its page, where the words stand in one.
    fn in_file(&self, hit: &FoundArticle) -> Option<String> {
        let FoundIn::File(_, page) = hit.found_in else {
            return None;
        };
        let name = hit.file.as_deref()?;
        Some(self.shell.t2("help-in-file", "page", page, "name", name))
    }

    /// The snippet stands in the language whose words were found.
    fn tag(lang: &Lang) -> &'static str {
        lang.tag()
    }

    fn has_more(&self) -> bool {
        (self.page + 1) * HITS < self.found.total && self.page + 1 < MOST_PAGES
    }
}
