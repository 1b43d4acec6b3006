//! Taking back one's own deed on an article, if nothing has changed since.

use db::Write;
use serde_json::Value;

use super::article::Text;
use super::passage::{Texts, mark};
use super::standing::put_back;
use super::{care, passages, store, write};
use crate::access;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind};
use crate::ids::{ArticleFileId, ArticleId, EventId, PassageId, TicketNumber};

const CANNOT: Error = Error::Conflict("conflict-cannot-undo");
const SINCE: Error = Error::Conflict("conflict-changed-since");

/// The verbs that can be taken back, for a page that offers it.
pub fn can_undo(kind: EventKind) -> bool {
    use EventKind as E;
    matches!(
        kind,
        E::ArticleWritten
            | E::ArticlePassageAdded
            | E::ArticlePassageMoved
            | E::ArticlePassageRemoved
            | E::ArticleRestored
            | E::ArticleDropped
            | E::ArticleReviewAsked
            | E::ArticleApproved
            | E::ArticleSentBack
            | E::ArticlePublished
            | E::ArticleRetired
            | E::ArticleBroughtBack
            | E::ArticleChanged
            | E::ArticleReviewed
            | E::ArticleLinked
            | E::ArticleUnlinked
            | E::ArticleFileAdded
            | E::ArticleFileRemoved
    )
}

pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<EventId> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    let event = events::find(tx, id)?;
    if event.actor != Some(cx.viewer.person) || !event.kind.is_of_article() {
        return Err(Error::NotFound);
    }
    if !can_undo(event.kind) {
        return Err(CANNOT);
    }
    let article = ArticleId(event.subject.ok_or(CANNOT)?);
    store::hold(tx, article)?;
    let data: Value = serde_json::from_str(event.changes()).unwrap_or_default();
    take_back(tx, cx, article, &event, &data)
}

fn take_back(tx: &mut Write, cx: &Context, article: ArticleId, event: &Event, data: &Value) -> Result<EventId> {
    let passage = || data["passage"].as_i64().map(PassageId).ok_or(CANNOT);
    let ticket = || data["ticket"].as_i64().map(TicketNumber).ok_or(CANNOT);
    let file = || data["file"].as_i64().map(ArticleFileId).ok_or(CANNOT);
    match event.kind {
        EventKind::ArticleWritten => words_back(tx, cx, article, data),
        EventKind::ArticlePassageAdded => {
            same_version(tx, article, data)?;
            passages::remove_passage(tx, cx, article, passage()?).map_err(since)
        }
        EventKind::ArticlePassageRemoved => {
            same_version(tx, article, data)?;
            passages::have_back(tx, cx, article, passage()?)
        }
        EventKind::ArticlePassageMoved => {
            same_version(tx, article, data)?;
            let up = data["up"].as_bool().ok_or(CANNOT)?;
            passages::move_passage(tx, cx, article, passage()?, !up).map_err(since)
        }
        EventKind::ArticleLinked => care::unlink_ticket(tx, cx, article, ticket()?),
        EventKind::ArticleUnlinked => care::link_ticket(tx, cx, article, ticket()?),
        EventKind::ArticleFileAdded => super::detach(tx, cx, file()?),
        EventKind::ArticleFileRemoved => super::files::have_back(tx, cx, file()?),
        _ => put_back(tx, cx, article, data),
    }
}

/// A passage that went away since is a change, not a mistake of whoever presses Undo.
fn since(e: Error) -> Error {
    match e {
        Error::Conflict(_) => SINCE,
        other => other,
    }
}

/// The draft is still the version it was done in.
fn same_version(tx: &mut Write, id: ArticleId, data: &Value) -> Result<Text> {
    let article = store::load(tx, id)?;
    let version = data["version"].as_i64().ok_or(CANNOT)?;
    if article.draft != Some(version) {
        return Err(SINCE);
    }
    store::text(tx, id, version)
}

/// Each text as it was, where it still is what was written then.
fn words_back(tx: &mut Write, cx: &Context, id: ArticleId, data: &Value) -> Result<EventId> {
    let text = same_version(tx, id, data)?;
    let mut writing = write::Writing::default();
    for one in data["changed"].as_array().into_iter().flatten() {
        let passage = PassageId(one["passage"].as_i64().ok_or(CANNOT)?);
        let there = text.passage(passage).ok_or(SINCE)?;
        let now = [mark(&there.en.0), mark(&there.fr.0)];
        let as_left = now.iter().zip([&one["now"][0], &one["now"][1]]).all(|(a, b)| b == a);
        if !as_left {
            return Err(SINCE);
        }
        let word = |at: usize| one["was"][at].as_str().unwrap_or_default();
        writing.passages.push(write::Written {
            passage,
            texts: Texts::new(word(0), word(1)),
            en_was: None,
            fr_was: None,
        });
    }
    match write::write(tx, cx, id, &writing)? {
        write::Answer::Saved(saved) => Ok(saved.event),
        _ => Err(SINCE),
    }
}
