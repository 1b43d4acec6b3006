//! A new canned reply.

use db::{Write, args};

use super::audit;
use super::check::checked;
use super::reply::NewCanned;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::CannedId;

pub fn add(tx: &mut Write, cx: &Context, new: &NewCanned) -> Result<CannedId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let new = checked(tx, cx, None, new)?;
    let id: CannedId = tx.one(
        "INSERT INTO canned (name, word, text_en, text_fr, team, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id",
        &args![
            new.name.as_str(),
            new.word.as_str(),
            new.text_en.as_str(),
            new.text_fr.as_str(),
            new.team,
            cx.now
        ],
    )?;
    audit(tx, cx, "canned-add", id, &new.word)?;
    Ok(id)
}
