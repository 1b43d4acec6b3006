//! Review: asked for, approved, or sent back with words. An approval is of what was read: a text that changed since is
//! not approved.

use db::Write;
use serde_json::json;

use super::article::{Article, ArticleState, Version, VersionState};
use super::rules::rules;
use super::standing::deed;
use super::store::{self, Decided};
use super::tell::{self, Told};
use crate::access::{self, Role};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::EventKind;
use crate::ids::{ArticleId, EventId, PersonId};
use crate::people;
use crate::reviews;

/// Of what is said when a text is sent back.
const MOST_WORDS: usize = 4_000;

/// The draft, held, past the policy.
fn draft_of(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<(Article, Version)> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    let article = store::load(tx, id)?;
    if article.state == ArticleState::Retired {
        return Err(Error::Conflict("conflict-article-retired"));
    }
    let draft = article.draft.ok_or(Error::Conflict("conflict-no-draft"))?;
    let version = store::version(tx, id, draft)?;
    Ok((article, version))
}

/// Asks for a look, of one person or of anybody. Who is named gets a letter.
pub fn ask_review(tx: &mut Write, cx: &Context, id: ArticleId, reviewer: Option<PersonId>) -> Result<EventId> {
    let (_, version) = draft_of(tx, cx, id)?;
    if let Some(named) = reviewer {
        let known = people::technicians(tx)?.iter().any(|one| one.id == named);
        let own = !rules(tx)?.own_publish && version.editors().contains(&named);
        Checks::default()
            .check(known, "reviewer", "refused-not-a-technician")
            .check(!own, "reviewer", "refused-reviews-own")
            .done()?;
    }
    let data = json!({ "reviewer": reviewer.map(|p| p.0) });
    let event = deed(
        tx,
        cx,
        (id, Some(version.version)),
        EventKind::ArticleReviewAsked,
        data,
        |tx, article| {
            if article.published.is_none() {
                article.state = ArticleState::Review;
            }
            let decided = Decided {
                state: VersionState::Review,
                reviewer,
                by: None,
                at: None,
                words: "",
            };
            store::decide(tx, id, version.version, &decided)
        },
    )?;
    if let Some(named) = reviewer.filter(|p| *p != cx.viewer.person) {
        tell::letter(tx, cx, id, named, Told::Asked)?;
    }
    Ok(event)
}

/// `seen` is the `saves` of the version as it was read.
pub fn approve(tx: &mut Write, cx: &Context, id: ArticleId, seen: i64) -> Result<EventId> {
    let (article, version) = draft_of(tx, cx, id)?;
    must_be_seen(&version, seen)?;
    must_count(tx, cx, &article, &version)?;
    if version.state == VersionState::Approved {
        return Err(Error::Conflict("conflict-approved"));
    }
    let event = deed(
        tx,
        cx,
        (id, Some(version.version)),
        EventKind::ArticleApproved,
        json!({}),
        |tx, _| {
            let decided = Decided {
                state: VersionState::Approved,
                reviewer: version.reviewer,
                by: Some(cx.viewer.person),
                at: Some(cx.now),
                words: "",
            };
            store::decide(tx, id, version.version, &decided)
        },
    )?;
    if version.author != cx.viewer.person {
        tell::letter(tx, cx, id, version.author, Told::Approved)?;
    }
    Ok(event)
}

pub fn send_back(tx: &mut Write, cx: &Context, id: ArticleId, words: &str) -> Result<EventId> {
    let (_, version) = draft_of(tx, cx, id)?;
    let words = words.trim();
    Checks::default().text(words, MOST_WORDS, "words").done()?;
    if !matches!(version.state, VersionState::Review | VersionState::Approved) {
        return Err(Error::Conflict("conflict-not-in-review"));
    }
    let event = deed(
        tx,
        cx,
        (id, Some(version.version)),
        EventKind::ArticleSentBack,
        json!({ "words": words }),
        |tx, article| {
            if article.published.is_none() {
                article.state = ArticleState::Draft;
            }
            let decided = Decided {
                state: VersionState::SentBack,
                reviewer: version.reviewer,
                by: Some(cx.viewer.person),
                at: Some(cx.now),
                words,
            };
            store::decide(tx, id, version.version, &decided)
        },
    )?;
    if version.author != cx.viewer.person {
        tell::letter(tx, cx, id, version.author, Told::SentBack(words))?;
    }
    Ok(event)
}

pub(super) fn must_be_seen(version: &Version, seen: i64) -> Result<()> {
    if version.saves == seen {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-changed-since"))
    }
}

/// This viewer's word is enough for this text.
pub(super) fn must_count(tx: &mut Write, cx: &Context, article: &Article, version: &Version) -> Result<()> {
    let own = rules(tx)?.own_publish;
    let wrote = version.editors().contains(&cx.viewer.person);
    // Whose own articles a senior reads first approves none: not his own, and below a supervisor nobody's.
    if (wrote || cx.viewer.role < Role::Supervisor) && reviews::holds_article(tx, cx.viewer.person, article.topic)? {
        return Err(Error::Conflict("conflict-another-approves"));
    }
    if access::may_approve_article(&cx.viewer, &version.editors(), own) {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-another-approves"))
    }
}
