//! The list of articles and the search in them; what is most useful; what was looked for in vain; and, where nothing is
//! written yet, solved tickets to begin with.

use askama::Template;
use axum::extract::Query;
use desk::clock::DAY;
use desk::finding::{self, FoundArticle, FoundArticles, FoundIn, Piece};
use desk::knowledge::{self, ListQuery, Row, Search, Which, Worth};
use desk::tickets::{self, Order, Stage, Status};
use desk::topics::{self, Topic};
use desk::views::Condition;
use desk::words::Lang;
use desk::{ArticleId, Context, Read, Time, TopicId};
use serde::Deserialize;

use super::marks;
use crate::changes::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    which: String,
    topic: Option<i64>,
    after: String,
    q: String,
    page: usize,
}

/// The lists, in the order of their tabs.
const TABS: [&str; 7] = ["all", "published", "drafts", "review", "due", "lagging", "retired"];
const PAGE: usize = 20;
/// Review dates are told so long before.
const DUE: i64 = 30 * DAY;
const USEFUL_SINCE: i64 = 90 * DAY;
const MISSED_SINCE: i64 = 90 * DAY;
const MOST_USEFUL: usize = 5;
const MOST_MISSED: i64 = 8;

#[derive(Default)]
struct Beside {
    useful: Vec<(ArticleId, String, Worth)>,
    missed: Vec<Search>,
    /// Solved tickets, where no article is written yet.
    first: Vec<tickets::Row>,
}

#[derive(Template)]
#[template(path = "kb/list.html")]
struct Page {
    shell: Shell,
    which: &'static str,
    topic: Option<Topic>,
    rows: Vec<Row>,
    next: Option<String>,
    beside: Beside,
    q: String,
    found: FoundArticles,
    page: usize,
    more: bool,
    /// No article was ever written.
    empty: bool,
}

/// A number leads to its article; other words are looked for, and what is found nowhere is remembered.
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let q: String = asked.q.trim().chars().take(400).collect();
    let found = if q.is_empty() {
        FoundArticles::default()
    } else {
        look(&visit, &q, asked.page.min(49)).await?
    };
    let which = TABS.iter().find(|tab| **tab == asked.which).copied().unwrap_or("all");
    let lang = visit.lang();
    let query = ListQuery {
        topic: asked.topic.map(TopicId),
        after: place(&asked.after),
        ..ListQuery::new(which_of(which, lang, visit.state.desk().now()))
    };
    let searched = !q.is_empty();
    let read = visit.read(move |r, cx| load(r, cx, &query, which, searched));
    let (rows, topic, beside, empty) = read.await?;
    // Looking anew would count what was looked for once more.
    let follows = if searched { "" } else { "knowledge" };
    let next = rows.last().filter(|_| rows.len() == 50);
    let page = Page {
        shell: visit.shell("kb-title", "kb").await?.following(follows),
        which,
        topic,
        next: next.map(|row| format!("{}.{}", row.article.updated_at.0, row.article.id)),
        rows,
        beside,
        page: asked.page.min(49),
        more: found.total > (asked.page.min(49) + 1) * PAGE,
        found,
        q,
        empty,
    };
    respond(&page)
}

async fn look(visit: &Visit, q: &str, page: usize) -> Result<FoundArticles, crate::http::Oops> {
    let (viewer, lang) = (visit.staff.seen.viewer.clone(), visit.lang());
    let found = finding::find_articles(visit.state.desk(), Some(&viewer), q, lang, (page * PAGE, PAGE), false);
    let found = found.await.map_err(|e| visit.oops(e))?;
    if found.hits.is_empty() && page == 0 {
        let words = q.to_string();
        let kept = visit.write(move |tx, cx| knowledge::missed(tx, cx, lang, &words));
        kept.await.map_err(|e| visit.oops(e))?;
    }
    Ok(found)
}

fn which_of(tab: &str, lang: Lang, now: Time) -> Which {
    match tab {
        "published" => Which::Published,
        "drafts" => Which::Drafts,
        "review" => Which::InReview(None),
        "due" => Which::ReviewBefore(now.plus(DUE)),
        // Each reads for the gaps in his own language.
        "lagging" => Which::Lagging(lang),
        "retired" => Which::Retired,
        _ => Which::InUse,
    }
}

fn place(text: &str) -> Option<(Time, ArticleId)> {
    let (at, id) = text.split_once('.')?;
    Some((Time(at.parse().ok()?), ArticleId(id.parse().ok()?)))
}

type Loaded = (Vec<Row>, Option<Topic>, Beside, bool);

fn load(r: &mut Read, cx: &Context, query: &ListQuery, which: &str, searched: bool) -> desk::Result<Loaded> {
    let viewer = Some(&cx.viewer);
    let topic = query.topic.map(|id| topics::find(r, cx, id)).transpose()?;
    let rows = if searched {
        Vec::new()
    } else {
        knowledge::list(r, viewer, query)?
    };
    let count = |r: &mut Read, which| knowledge::count(r, viewer, &ListQuery::new(which));
    let empty = rows.is_empty() && count(r, Which::InUse)? == 0 && count(r, Which::Retired)? == 0;
    let mut beside = Beside {
        missed: knowledge::missed_searches(r, cx, cx.now.plus(-MISSED_SINCE), MOST_MISSED)?,
        ..Beside::default()
    };
    if which == "all" && !searched && query.after.is_none() {
        beside.useful = useful(r, cx)?;
    }
    if empty {
        beside.first = first(r, cx)?;
    }
    Ok((rows, topic, beside, empty))
}

/// Those that solved most, of the articles that changed last.
fn useful(r: &mut Read, cx: &Context) -> desk::Result<Vec<(ArticleId, String, Worth)>> {
    let query = ListQuery {
        limit: 200,
        ..ListQuery::new(Which::Published)
    };
    let rows = knowledge::list(r, Some(&cx.viewer), &query)?;
    let ids: Vec<ArticleId> = rows.iter().map(|row| row.article.id).collect();
    let mut worths = knowledge::worths(r, &ids, cx.now.plus(-USEFUL_SINCE))?;
    worths.retain(|(_, worth)| worth.solved + worth.helped > 0);
    worths.sort_by_key(|(id, worth)| (-worth.solved, -worth.helped, *id));
    worths.truncate(MOST_USEFUL);
    let titled = |(id, worth): (ArticleId, Worth)| {
        let row = rows.iter().find(|row| row.article.id == id)?;
        Some((id, row.titled(cx.viewer.language).to_string(), worth))
    };
    Ok(worths.into_iter().filter_map(titled).collect())
}

fn first(r: &mut Read, cx: &Context) -> desk::Result<Vec<tickets::Row>> {
    let done = Status::ALL.iter().copied().filter(|one| one.stage() == Stage::Done);
    let query = tickets::ListQuery {
        condition: Condition::Status(done.collect()),
        order: Order::Newest,
        limit: 3,
        after: None,
    };
    Ok(tickets::list(r, cx, &query)?.rows)
}

impl Page {
    fn tabs(&self) -> [&'static str; 7] {
        TABS
    }

    fn number(&self, id: &ArticleId) -> String {
        knowledge::shown(*id)
    }

    fn titled<'r>(&self, row: &'r Row) -> &'r str {
        row.titled(self.shell.lang)
    }

    fn state(&self, row: &Row) -> (&'static str, &'static str, String) {
        let (class, icon, key) = marks::of_article(&row.article);
        (class, icon, self.shell.t(key))
    }

    /// Published, and a next version is written.
    fn has_next(&self, row: &Row) -> bool {
        row.article.is_published() && row.article.draft.is_some()
    }

    fn lagging(&self, row: &Row) -> Vec<(Lang, usize)> {
        let (en, fr) = row.lagging;
        let both = [(Lang::En, en), (Lang::Fr, fr)].into_iter();
        both.filter(|(_, count)| *count > 0).collect()
    }

    fn review(&self, row: &Row) -> Option<(&'static str, String)> {
        let at = row.article.review_at.filter(|_| row.article.is_published())?;
        Some(marks::review(&self.shell, at))
    }

    fn audience(&self, row: &Row) -> String {
        marks::audience(&self.shell, row.article.audience)
    }

    fn solved(&self, worth: &Worth) -> String {
        if worth.of > 0 {
            return self.shell.t2("kb-solved", "solved", worth.solved, "of", worth.of);
        }
        self.shell.t2("kb-said-yes", "yes", worth.helped, "of", worth.said)
    }

    fn topic_name(&self, topic: &Topic) -> String {
        topic.name(self.shell.lang).to_string()
    }

    fn is_hit(&self, piece: &Piece) -> bool {
        piece.hit
    }

    /// Where the words stand, when not in the article itself.
    fn in_file(&self, hit: &FoundArticle) -> Option<String> {
        let name = hit.file.clone()?;
        match hit.found_in {
            FoundIn::File(_, page) => Some(self.shell.t2("kb-in-file", "name", name, "page", page)),
            FoundIn::Passage(_) => None,
        }
    }
}
