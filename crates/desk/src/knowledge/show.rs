//! Reading articles: one of them, what a page about it needs, and lists. Staff read everything; everybody else what is
//! published for them, and nothing says that there is more.

use db::{Read, Sql, args};

use super::article::{Article, Text, Version};
use super::diff::{PassageDiff, diff};
use super::store;
use crate::access::{self, Audience, Viewer};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::ids::{ArticleId, PersonId, TopicId};
use crate::words::Lang;

/// The article as its readers see it: the published version. `viewer` is `None` for who is not signed in.
pub fn read(r: &mut Read, viewer: Option<&Viewer>, id: ArticleId) -> Result<(Article, Text)> {
    let article = store::load(r, id)?;
    let published = article.published.filter(|_| article.is_published());
    let Some(version) = published.filter(|_| access::may_read_article(viewer, article.audience, true)) else {
        return Err(Error::NotFound);
    };
    let text = store::text(r, id, version)?;
    Ok((article, text))
}

fn inside(r: &mut Read, cx: &Context, id: ArticleId) -> Result<Article> {
    if !access::may_see_drafts(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::load(r, id)
}

/// For staff: whatever its state.
pub fn find(r: &mut Read, cx: &Context, id: ArticleId) -> Result<Article> {
    inside(r, cx, id)
}

/// For staff: one version, whatever its state.
pub fn version(r: &mut Read, cx: &Context, id: ArticleId, version: i64) -> Result<Text> {
    inside(r, cx, id)?;
    store::text(r, id, version)
}

/// For staff: what is being written, or else what readers see, or else the last that was thrown away.
pub fn latest(r: &mut Read, cx: &Context, id: ArticleId) -> Result<(Article, Text)> {
    let article = inside(r, cx, id)?;
    let version = match article.latest() {
        Some(version) => version,
        None => store::last_version(r, id)?,
    };
    let text = store::text(r, id, version)?;
    Ok((article, text))
}

/// For staff: what is being written of an article that no reader sees yet.
pub fn draft_of(r: &mut Read, viewer: &Viewer, id: ArticleId) -> Result<(Article, Text)> {
    let article = store::load(r, id)?;
    let hidden = !access::may_see_drafts(viewer) || article.published.is_some();
    let Some(version) = article.draft.filter(|_| !hidden) else {
        return Err(Error::NotFound);
    };
    let text = store::text(r, id, version)?;
    Ok((article, text))
}

/// For staff: every version, the newest first.
pub fn versions(r: &mut Read, cx: &Context, id: ArticleId) -> Result<Vec<Version>> {
    inside(r, cx, id)?;
    store::versions(r, id)
}

/// For staff: what changed from one version to another.
pub fn compare(r: &mut Read, cx: &Context, id: ArticleId, old: i64, new: i64) -> Result<Vec<PassageDiff>> {
    inside(r, cx, id)?;
    Ok(diff(&store::text(r, id, old)?, &store::text(r, id, new)?))
}

/// For staff: what happened to it, the newest first.
pub fn history(r: &mut Read, cx: &Context, id: ArticleId, most: i64) -> Result<Vec<Event>> {
    inside(r, cx, id)?;
    Ok(r.query(
        "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request FROM event
         WHERE subject = $1 AND kind LIKE 'article%' ORDER BY id DESC LIMIT $2",
        &args![id, most.clamp(1, 500)],
    )?)
}

/// Which articles a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Everything that is written or read.
    InUse,
    /// What readers see. The only list for who is not staff.
    Published,
    /// What is being written, new or next versions.
    Drafts,
    /// What waits for somebody's look: for this person, those that name him or nobody.
    InReview(Option<PersonId>),
    /// Whose review date is over or comes before that moment.
    ReviewBefore(Time),
    Retired,
    /// Passages that lag or are missing in this language, published or in hand.
    Lagging(Lang),
}

#[derive(Clone, Copy, Debug)]
pub struct ListQuery {
    pub which: Which,
    pub topic: Option<TopicId>,
    pub audience: Option<Audience>,
    pub owner: Option<PersonId>,
    /// The one the page before ended with.
    pub after: Option<(Time, ArticleId)>,
    pub limit: i64,
}

impl ListQuery {
    pub fn new(which: Which) -> ListQuery {
        ListQuery {
            which,
            topic: None,
            audience: None,
            owner: None,
            after: None,
            limit: 50,
        }
    }
}

/// A line of a list, with the text the list is about.
#[derive(Clone, Debug)]
pub struct Row {
    pub article: Article,
    pub title: super::Passage,
    /// How many passages must be looked at in English and in French.
    pub lagging: (usize, usize),
}

impl Row {
    pub fn titled(&self, lang: Lang) -> &str {
        match self.title.text(lang) {
            "" => self.title.text(lang.other()),
            title => title,
        }
    }
}

/// The last changed first; the next page begins behind `(updated_at, id)` of the last line.
pub fn list(r: &mut Read, viewer: Option<&Viewer>, asked: &ListQuery) -> Result<Vec<Row>> {
    let staff = viewer.is_some_and(access::may_see_drafts);
    if !staff && asked.which != Which::Published {
        return Err(Error::NotFound);
    }
    let mut sql = Sql::new(
        "SELECT a.id, a.topic, a.audience, a.state, a.owner, a.review_at, a.reviewed_at, a.published, a.published_at,
           a.draft, a.source, a.created_at, a.created_by, a.updated_at FROM article a WHERE ",
    );
    chosen(&mut sql, viewer, asked);
    if let Some((at, id)) = asked.after {
        sql.push(" AND (a.updated_at, a.id) < (")
            .bind(at)
            .push(", ")
            .bind(id)
            .push(")");
    }
    sql.push(" ORDER BY a.updated_at DESC, a.id DESC LIMIT ")
        .bind(asked.limit.clamp(1, 200));
    let articles: Vec<Article> = r.query_sql(&sql)?;
    articles
        .into_iter()
        .map(|article| row(r, article, asked.which))
        .collect()
}

/// How many such a list holds.
pub fn count(r: &mut Read, viewer: Option<&Viewer>, asked: &ListQuery) -> Result<i64> {
    let staff = viewer.is_some_and(access::may_see_drafts);
    if !staff && asked.which != Which::Published {
        return Err(Error::NotFound);
    }
    let mut sql = Sql::new("SELECT count(*) FROM article a WHERE ");
    chosen(&mut sql, viewer, asked);
    Ok(r.one_sql(&sql)?)
}

fn row(r: &mut Read, article: Article, which: Which) -> Result<Row> {
    let version = match which {
        Which::Published | Which::ReviewBefore(_) => article.published,
        _ => article.latest(),
    };
    let version = match version {
        Some(version) => version,
        None => store::last_version(r, article.id)?,
    };
    let text = store::text(r, article.id, version)?;
    Ok(Row {
        lagging: (text.lagging(Lang::En), text.lagging(Lang::Fr)),
        title: text.title,
        article,
    })
}

/// The condition of a list. What the viewer may not read is no part of it.
fn chosen(sql: &mut Sql, viewer: Option<&Viewer>, asked: &ListQuery) {
    match asked.which {
        Which::InUse => sql.push("a.state <> 'retired' AND (a.published IS NOT NULL OR a.draft IS NOT NULL)"),
        Which::Published => sql.push("a.state = 'published'"),
        Which::Drafts => sql.push("a.draft IS NOT NULL AND a.state <> 'retired'"),
        Which::InReview(who) => {
            sql.push(
                "a.state <> 'retired' AND EXISTS (SELECT 1 FROM article_version v WHERE v.article = a.id
                   AND v.version = a.draft AND v.state = 'review'",
            );
            if let Some(who) = who {
                sql.push(" AND (v.reviewer IS NULL OR v.reviewer = ")
                    .bind(who)
                    .push(")");
            }
            sql.push(")")
        }
        Which::ReviewBefore(at) => sql.push("a.state = 'published' AND a.review_at < ").bind(at),
        Which::Retired => sql.push("a.state = 'retired'"),
        Which::Lagging(lang) => lagging(sql, lang),
    };
    if !access::may_read_article(viewer, Audience::Internal, true) {
        sql.push(" AND a.audience = 'public'");
    }
    if let Some(topic) = asked.topic {
        sql.push(" AND (a.topic = ")
            .bind(topic)
            .push(" OR a.topic IN (SELECT id FROM topic WHERE parent = ")
            .bind(topic)
            .push("))");
    }
    if let Some(audience) = asked.audience {
        sql.push(" AND a.audience = ").bind(audience);
    }
    if let Some(owner) = asked.owner {
        sql.push(" AND a.owner = ").bind(owner);
    }
}

fn lagging(sql: &mut Sql, lang: Lang) -> &mut Sql {
    sql.push(
        "a.state <> 'retired' AND EXISTS (SELECT 1 FROM article_passage p WHERE p.article = a.id AND NOT p.gone
           AND p.version = COALESCE(a.draft, a.published) AND (p.behind = ",
    )
    .bind(lang);
    match lang {
        Lang::En => sql.push(" OR (length(p.en) = 0 AND length(p.fr) > 0)))"),
        Lang::Fr => sql.push(" OR (length(p.fr) = 0 AND length(p.en) > 0)))"),
    }
}
