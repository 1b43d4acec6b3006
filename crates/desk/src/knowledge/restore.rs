//! An old version as a new draft.

use db::Write;
use serde_json::json;

use super::article::ArticleState;
use super::standing::deed;
use super::{store, write};
use crate::access;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{ArticleId, EventId};

/// What it said then is a draft again, under the next number; readers see what they saw. A draft in hand is not written
/// over: it is published or dropped first.
pub fn restore(tx: &mut Write, cx: &Context, id: ArticleId, version: i64) -> Result<EventId> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    let article = store::load(tx, id)?;
    if article.state == ArticleState::Retired {
        return Err(Error::Conflict("conflict-article-retired"));
    }
    if article.draft.is_some() {
        return Err(Error::Conflict("conflict-has-draft"));
    }
    let old = store::version(tx, id, version)?;
    let note = old.note;
    deed(
        tx,
        cx,
        (id, None),
        EventKind::ArticleRestored,
        json!({ "from": version }),
        |tx, article| {
            write::begin(tx, cx, article, version)?;
            tx.exec(
                "UPDATE article_version SET note = $3 WHERE article = $1 AND version = $2",
                &db::args![id, article.draft, note],
            )?;
            Ok(())
        },
    )
}
