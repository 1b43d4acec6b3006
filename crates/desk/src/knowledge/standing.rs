//! How an article stands: what the verbs of its flow change, written down before and after, so that each can be taken
//! back while nothing else has changed.

use db::Write;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::article::{Article, ArticleState, VersionState};
use super::remind;
use super::store::{self, Decided};
use crate::access::Audience;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, EventId, PersonId, TopicId};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stand {
    topic: Option<TopicId>,
    audience: Audience,
    state: ArticleState,
    owner: Option<PersonId>,
    review_at: Option<Time>,
    reviewed_at: Option<Time>,
    published: Option<i64>,
    published_at: Option<Time>,
    draft: Option<i64>,
    /// The version the deed was about.
    version: Option<Of>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Of {
    version: i64,
    state: VersionState,
    saves: i64,
    reviewer: Option<PersonId>,
    by: Option<PersonId>,
    at: Option<Time>,
    words: String,
}

/// As it stands now, with this version.
pub(super) fn stand(tx: &mut Write, id: ArticleId, version: Option<i64>) -> Result<Stand> {
    let a = store::load(tx, id)?;
    let version = match version {
        Some(number) => Some(of(store::version(tx, id, number)?)),
        None => None,
    };
    Ok(Stand {
        topic: a.topic,
        audience: a.audience,
        state: a.state,
        owner: a.owner,
        review_at: a.review_at,
        reviewed_at: a.reviewed_at,
        published: a.published,
        published_at: a.published_at,
        draft: a.draft,
        version,
    })
}

fn of(v: super::article::Version) -> Of {
    Of {
        version: v.version,
        state: v.state,
        saves: v.saves,
        reviewer: v.reviewer,
        by: v.decided_by,
        at: v.decided_at,
        words: v.words,
    }
}

/// Runs a deed of the flow on the held article and writes its event, with how things stood before and stand now.
pub(super) fn deed(
    tx: &mut Write,
    cx: &Context,
    (id, version): (ArticleId, Option<i64>),
    kind: EventKind,
    told: Value,
    body: impl FnOnce(&mut Write, &mut Article) -> Result<()>,
) -> Result<EventId> {
    let was = stand(tx, id, version)?;
    let mut article = store::load(tx, id)?;
    body(tx, &mut article)?;
    store::save(tx, &article, cx.now)?;
    if article.review_at != was.review_at {
        remind::plan(tx, &article)?;
    }
    let now = stand(tx, id, version)?;
    let mut data = told;
    data["version"] = version.into();
    data["was"] = serde_json::to_value(&was).map_err(Error::fault)?;
    data["now"] = serde_json::to_value(&now).map_err(Error::fault)?;
    let fact = Fact::new(kind).about(id.0).with(Some(data.to_string()));
    events::record(tx, cx, fact)
}

/// Everything stands as before the deed, if it stands as the deed has left it.
pub(super) fn put_back(tx: &mut Write, cx: &Context, id: ArticleId, data: &Value) -> Result<EventId> {
    let part = |name: &str| serde_json::from_value::<Stand>(data[name].clone());
    let (was, now) = part("was")
        .and_then(|was| Ok((was, part("now")?)))
        .map_err(|_| Error::Conflict("conflict-cannot-undo"))?;
    let version = now.version.as_ref().map(|v| v.version);
    if stand(tx, id, version)? != now {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    deed(
        tx,
        cx,
        (id, version),
        EventKind::ArticleUndone,
        serde_json::json!({}),
        |tx, article| {
            article.topic = was.topic;
            article.audience = was.audience;
            article.state = was.state;
            article.owner = was.owner;
            (article.review_at, article.reviewed_at) = (was.review_at, was.reviewed_at);
            (article.published, article.published_at) = (was.published, was.published_at);
            article.draft = was.draft;
            drop_begun(tx, id, &was, &now)?;
            let Some(v) = &was.version else { return Ok(()) };
            let decided = Decided {
                state: v.state,
                reviewer: v.reviewer,
                by: v.by,
                at: v.at,
                words: &v.words,
            };
            store::decide(tx, id, v.version, &decided)
        },
    )
}

/// A draft that the deed itself has begun is thrown away with it.
fn drop_begun(tx: &mut Write, id: ArticleId, was: &Stand, now: &Stand) -> Result<()> {
    let begun = now.draft.filter(|draft| was.draft != Some(*draft));
    if let Some(begun) = begun.filter(|_| was.draft.is_none() && now.version.is_none()) {
        tx.exec(
            "UPDATE article_version SET state = 'dropped' WHERE article = $1 AND version = $2 AND state <> 'published'",
            &db::args![id, begun],
        )?;
    }
    Ok(())
}
