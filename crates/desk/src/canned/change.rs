//! Changing a canned reply: it is given whole.

use db::{Write, args};

use super::audit;
use super::check::checked;
use super::reply::{CannedReply, NewCanned, load};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::CannedId;

pub fn change(tx: &mut Write, cx: &Context, id: CannedId, new: &NewCanned) -> Result<()> {
    to_change(tx, cx, id)?;
    let new = checked(tx, cx, Some(id), new)?;
    tx.exec(
        "UPDATE canned SET name = $2, word = $3, text_en = $4, text_fr = $5, team = $6, updated_at = $7 WHERE id = $1",
        &args![
            id,
            new.name.as_str(),
            new.word.as_str(),
            new.text_en.as_str(),
            new.text_fr.as_str(),
            new.team,
            cx.now
        ],
    )?;
    audit(tx, cx, "canned-change", id, &new.word)
}

/// The one to be changed, held; absent for whoever may not change it.
pub(super) fn to_change(tx: &mut Write, cx: &Context, id: CannedId) -> Result<CannedReply> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    tx.hold_rows("SELECT id FROM canned WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    let reply = load(tx, id)?;
    if access::may_change_canned(&cx.viewer, reply.team) {
        Ok(reply)
    } else {
        Err(Error::NotFound)
    }
}
