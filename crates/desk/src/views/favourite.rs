//! The views a person keeps in the side bar.

use db::{Read, Write, args};

use super::store::{self, MOST_FAVOURITES};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::ViewId;

/// No event: what stands in one's own side bar is nobody's news.
pub fn keep(tx: &mut Write, cx: &Context, id: ViewId) -> Result<()> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::load(tx, cx, id, false)?;
    if store::favourites(tx, cx)?.iter().any(|view| view.id == id) {
        return Ok(());
    }
    if starred(tx, cx)? >= MOST_FAVOURITES {
        return Err(Error::Conflict("conflict-too-many-favourites"));
    }
    star(tx, cx, id)
}

/// No event: the same.
pub fn let_go(tx: &mut Write, cx: &Context, id: ViewId) -> Result<()> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::load(tx, cx, id, false)?;
    tx.exec(
        "DELETE FROM favourite_view WHERE person = $1 AND view = $2",
        &args![cx.viewer.person, id],
    )?;
    Ok(())
}

/// No event: the same. A full side bar takes no more.
pub(super) fn star(tx: &mut Write, cx: &Context, id: ViewId) -> Result<()> {
    if starred(tx, cx)? < MOST_FAVOURITES {
        tx.exec(
            "INSERT INTO favourite_view (person, view) VALUES ($1, $2) ON CONFLICT (person, view) DO NOTHING",
            &args![cx.viewer.person, id],
        )?;
    }
    Ok(())
}

fn starred(r: &mut Read, cx: &Context) -> Result<i64> {
    // Stars on what he does not see any more take up no room.
    i64::try_from(store::favourites(r, cx)?.len()).map_err(Error::fault)
}
