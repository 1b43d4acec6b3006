//! The passages of a draft: one more, one moved, one taken out; and a text that answers the other as it is.

use db::Write;
use serde_json::json;

use super::article::{Article, Text};
use super::passage::{Passage, Standing, TITLE, Texts};
use super::write::{MOST_PASSAGES, Saved, check_passage, most, open_draft, saved, touched};
use super::{mark, store};
use crate::access;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, EventId, PassageId};
use crate::words::Lang;

/// A new one behind `after`: behind the title it is the first.
pub fn add_passage(
    tx: &mut Write,
    cx: &Context,
    id: ArticleId,
    after: PassageId,
    texts: &Texts,
) -> Result<(PassageId, Saved)> {
    let (article, text) = open_draft(tx, cx, id)?;
    let mut checks = Checks::default();
    check_passage(&mut checks, texts);
    if text.passages.len() >= MOST_PASSAGES {
        checks.refuse("passages", "refused-too-many-passages", most(MOST_PASSAGES));
    }
    checks.done()?;
    let behind = text.passage(after).ok_or(Error::Conflict("conflict-passage-gone"))?;
    let place = behind.place + 1;
    let version = text.version.version;
    make_room(tx, &article, &text, place)?;
    let passage = PassageId(store::last_passage(tx, id)?.0 + 1);
    store::put_passage(tx, (id, version), &Passage::new(passage, place, texts, version))?;
    let event = told(
        tx,
        cx,
        EventKind::ArticlePassageAdded,
        (&article, &text),
        passage,
        json!({}),
    )?;
    let text = store::text(tx, id, version)?;
    Ok((passage, saved(tx, &text, id, event)?))
}

/// Everything from this place on goes one further.
fn make_room(tx: &mut Write, article: &Article, text: &Text, place: i64) -> Result<()> {
    for passage in text.passages.iter().filter(|p| p.place >= place) {
        let moved = Passage {
            place: passage.place + 1,
            ..passage.clone()
        };
        store::put_passage(tx, (article.id, text.version.version), &moved)?;
    }
    Ok(())
}

pub fn move_passage(tx: &mut Write, cx: &Context, id: ArticleId, passage: PassageId, up: bool) -> Result<EventId> {
    let (article, text) = open_draft(tx, cx, id)?;
    let at = place_of(&text, passage)?;
    let beside = if up { at.checked_sub(1) } else { Some(at + 1) };
    let other = beside
        .and_then(|at| text.passages.get(at))
        .ok_or(Error::Conflict("conflict-passage-end"))?;
    let one = &text.passages[at];
    for (passage, place) in [(one, other.place), (other, one.place)] {
        let moved = Passage {
            place,
            ..passage.clone()
        };
        store::put_passage(tx, (id, text.version.version), &moved)?;
    }
    let data = json!({ "up": up });
    told(tx, cx, EventKind::ArticlePassageMoved, (&article, &text), passage, data)
}

/// Out of this version; earlier ones keep it, and an undo brings it back.
pub fn remove_passage(tx: &mut Write, cx: &Context, id: ArticleId, passage: PassageId) -> Result<EventId> {
    let (article, text) = open_draft(tx, cx, id)?;
    let at = place_of(&text, passage)?;
    let gone = Passage {
        gone: true,
        ..text.passages[at].clone()
    };
    store::put_passage(tx, (id, text.version.version), &gone)?;
    told(
        tx,
        cx,
        EventKind::ArticlePassageRemoved,
        (&article, &text),
        passage,
        json!({}),
    )
}

/// The inverse, while the version is still being written.
pub(super) fn have_back(tx: &mut Write, cx: &Context, id: ArticleId, passage: PassageId) -> Result<EventId> {
    let (article, text) = open_draft(tx, cx, id)?;
    let version = text.version.version;
    let all = store::passages(tx, id, version)?;
    let gone = all.into_iter().find(|p| p.passage == passage && p.gone);
    let back = Passage {
        gone: false,
        ..gone.ok_or(Error::Conflict("conflict-changed-since"))?
    };
    if text.passages.iter().any(|p| p.place == back.place) {
        make_room(tx, &article, &text, back.place)?;
    }
    store::put_passage(tx, (id, version), &back)?;
    told(
        tx,
        cx,
        EventKind::ArticlePassageAdded,
        (&article, &text),
        passage,
        json!({}),
    )
}

/// This text answers the other as it is. Nothing that a reader sees changes, so it counts at once, also for the version
/// readers see where both texts are the same there.
pub fn up_to_date(tx: &mut Write, cx: &Context, id: ArticleId, passage: PassageId, lang: Lang) -> Result<EventId> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    let article = store::load(tx, id)?;
    let latest = article.latest().ok_or(Error::NotFound)?;
    let text = store::text(tx, id, latest)?;
    let found = text.passage(passage).ok_or(Error::Conflict("conflict-passage-gone"))?;
    if !matches!(found.standing(lang), Standing::Behind { .. }) {
        return Err(Error::Conflict("conflict-not-behind"));
    }
    for version in [article.draft, article.published].into_iter().flatten() {
        let there = store::text(tx, id, version)?;
        let same = there
            .passage(passage)
            .filter(|p| (&p.en, &p.fr) == (&found.en, &found.fr));
        if let Some(same) = same {
            let mut after = same.clone();
            after.agree(latest);
            store::put_passage(tx, (id, version), &after)?;
        }
    }
    let data = json!({ "version": latest, "passage": passage.0, "lang": lang.as_str(),
        "marks": [mark(&found.en.0), mark(&found.fr.0)], "answered": found.answered, "at": found.behind_at })
    .to_string();
    let fact = Fact::new(EventKind::ArticleUpToDate).about(id.0).with(Some(data));
    events::record(tx, cx, fact)
}

fn place_of(text: &Text, passage: PassageId) -> Result<usize> {
    if passage == TITLE {
        return Err(Error::Conflict("conflict-passage-title"));
    }
    let at = text.passages.iter().position(|p| p.passage == passage);
    at.ok_or(Error::Conflict("conflict-passage-gone"))
}

fn told(
    tx: &mut Write,
    cx: &Context,
    kind: EventKind,
    (article, text): (&Article, &Text),
    passage: PassageId,
    mut data: serde_json::Value,
) -> Result<EventId> {
    touched(tx, cx, article, text)?;
    data["version"] = text.version.version.into();
    data["passage"] = passage.0.into();
    let fact = Fact::new(kind).about(article.id.0).with(Some(data.to_string()));
    events::record(tx, cx, fact)
}
