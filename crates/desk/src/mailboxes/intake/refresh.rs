//! A letter that stands on a ticket is read again because a technician asked for it.

use db::{Write, args};

use super::keep::LetterState;
use super::outcome;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{LetterId, MessageId};
use crate::mailboxes::gist::Gist;
use crate::tickets::{self, NewFile, Reread};

db::table! {
    struct Filed { envelope_from: String, message: Option<MessageId> }
}

/// `None` when the letter is not one that waits for this.
pub(super) fn refresh(
    tx: &mut Write,
    cx: &Context,
    id: LetterId,
    gist: &Gist,
    files: &[NewFile],
) -> Result<Option<LetterState>> {
    let filed: Option<Filed> = tx.maybe(
        "UPDATE letter SET read_at = $2 WHERE id = $1 AND state = 'filed' AND read_at IS NULL
         RETURNING envelope_from, message",
        &args![id, cx.now],
    )?;
    let Some(filed) = filed else { return Ok(None) };
    outcome::describe(tx, id, gist, &filed.envelope_from)?;
    if let Some(message) = filed.message {
        let read = Reread {
            letter: id,
            body: gist.body.clone(),
            quoted: gist.quoted.clone(),
            html: gist.html.clone(),
            files: files.to_vec(),
        };
        tickets::reread(tx, cx, message, &read)?;
    }
    Ok(Some(LetterState::Filed))
}
