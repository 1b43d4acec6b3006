//! Taking a canned reply out of use, and back.

use db::{Write, args};

use super::audit;
use super::change::to_change;
use super::check::is_taken;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::CannedId;

/// It is offered no more.
pub fn retire(tx: &mut Write, cx: &Context, id: CannedId) -> Result<()> {
    let reply = to_change(tx, cx, id)?;
    set(tx, cx, id, true)?;
    audit(tx, cx, "canned-retire", id, &reply.word)
}

/// The inverse. Its word may have been given to another meanwhile.
pub fn restore(tx: &mut Write, cx: &Context, id: CannedId) -> Result<()> {
    let reply = to_change(tx, cx, id)?;
    if is_taken(tx, Some(id), &reply.word, reply.team)? {
        return Err(Error::Conflict("conflict-canned-word"));
    }
    set(tx, cx, id, false)?;
    audit(tx, cx, "canned-restore", id, &reply.word)
}

fn set(tx: &mut Write, cx: &Context, id: CannedId, retired: bool) -> Result<()> {
    tx.exec(
        "UPDATE canned SET retired = $2, updated_at = $3 WHERE id = $1",
        &args![id, retired, cx.now],
    )?;
    Ok(())
}
