//! Publishing a version, and taking an article out of use and back.

use db::Write;
use serde_json::json;

use super::article::{ArticleState, VersionState};
use super::review::{must_be_seen, must_count};
use super::standing::deed;
use super::store::{self, Decided};
use crate::access;
use crate::clock::DAY;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{ArticleId, EventId};

/// An article without a review date gets one this long after it was first published.
pub const FIRST_REVIEW: i64 = 182 * DAY;

/// Readers see the draft from now on. What another approved anybody may publish; whose own word is enough may publish at
/// once. `seen` is the `saves` of the version as it was read.
pub fn publish(tx: &mut Write, cx: &Context, id: ArticleId, seen: i64) -> Result<EventId> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    let article = store::load(tx, id)?;
    if article.state == ArticleState::Retired {
        return Err(Error::Conflict("conflict-article-retired"));
    }
    let number = article.draft.ok_or(Error::Conflict("conflict-no-draft"))?;
    let version = store::version(tx, id, number)?;
    must_be_seen(&version, seen)?;
    if version.state != VersionState::Approved {
        must_count(tx, cx, &article, &version)?;
    }
    deed(
        tx,
        cx,
        (id, Some(number)),
        EventKind::ArticlePublished,
        json!({}),
        |tx, article| {
            let approved = version.decided_by.filter(|_| version.state == VersionState::Approved);
            let decided = Decided {
                state: VersionState::Published,
                reviewer: version.reviewer,
                by: approved.or(Some(cx.viewer.person)),
                at: version.decided_at.filter(|_| approved.is_some()).or(Some(cx.now)),
                words: "",
            };
            store::decide(tx, id, number, &decided)?;
            store::publish_version(tx, id, number, cx.viewer.person, cx.now)?;
            article.state = ArticleState::Published;
            (article.published, article.draft) = (Some(number), None);
            article.published_at = article.published_at.or(Some(cx.now));
            article.review_at = article.review_at.or(Some(cx.now.plus(FIRST_REVIEW)));
            Ok(())
        },
    )
}

/// No reader and no search finds it any more. It keeps everything and can come back.
pub fn retire(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<EventId> {
    cared_for(tx, cx, id, false)?;
    deed(
        tx,
        cx,
        (id, None),
        EventKind::ArticleRetired,
        json!({}),
        |_, article| {
            article.state = ArticleState::Retired;
            Ok(())
        },
    )
}

pub fn bring_back(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<EventId> {
    cared_for(tx, cx, id, true)?;
    deed(
        tx,
        cx,
        (id, None),
        EventKind::ArticleBroughtBack,
        json!({}),
        |_, article| {
            article.state = match article.published {
                Some(_) => ArticleState::Published,
                None => ArticleState::Draft,
            };
            Ok(())
        },
    )
}

fn cared_for(tx: &mut Write, cx: &Context, id: ArticleId, retired: bool) -> Result<()> {
    store::hold(tx, id)?;
    let article = store::load(tx, id)?;
    if !access::may_care_for_article(&cx.viewer, article.owner, article.created_by) {
        return Err(refusal(cx));
    }
    match (article.state == ArticleState::Retired, retired) {
        (true, false) => Err(Error::Conflict("conflict-article-retired")),
        (false, true) => Err(Error::Conflict("conflict-article-not-retired")),
        _ => Ok(()),
    }
}

/// Staff know the article is there: they are told whose it is to decide. To everybody else it is absent.
pub(super) fn refusal(cx: &Context) -> Error {
    if access::may_write_article(&cx.viewer) {
        Error::Conflict("conflict-not-your-article")
    } else {
        Error::NotFound
    }
}

/// Throws the draft away; what is published stays. An undo has it back.
pub fn drop_draft(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<EventId> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    let article = store::load(tx, id)?;
    let number = article.draft.ok_or(Error::Conflict("conflict-no-draft"))?;
    let version = store::version(tx, id, number)?;
    let wrote = version.editors().contains(&cx.viewer.person);
    if !wrote && !access::may_care_for_article(&cx.viewer, article.owner, article.created_by) {
        return Err(refusal(cx));
    }
    deed(
        tx,
        cx,
        (id, Some(number)),
        EventKind::ArticleDropped,
        json!({}),
        |tx, article| {
            let decided = Decided {
                state: VersionState::Dropped,
                reviewer: version.reviewer,
                by: version.decided_by,
                at: version.decided_at,
                words: &version.words,
            };
            article.draft = None;
            if article.published.is_none() {
                article.state = ArticleState::Draft;
            }
            store::decide(tx, id, number, &decided)
        },
    )
}
