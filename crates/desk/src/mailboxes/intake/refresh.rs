//! A letter that stands on a ticket is read again because a technician asked for it.

use db::{Write, args};

use super::keep::LetterState;
use super::outcome::{self, PASSED_ON, split_reason};
use super::passed_on;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{LetterId, MessageId};
use crate::mailboxes::gist::Gist;
use crate::tickets::{self, NewFile, Reread};

db::table! {
    struct Filed { envelope_from: String, message: Option<MessageId>, reason: String }
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
         RETURNING envelope_from, message, reason",
        &args![id, cx.now],
    )?;
    let Some(filed) = filed else { return Ok(None) };
    outcome::describe(tx, id, gist, &filed.envelope_from)?;
    if let Some(message) = filed.message
        && let Some(read) = read_today(id, gist, files, split_reason(&filed.reason).0)
    {
        tickets::reread(tx, cx, message, &read)?;
    }
    Ok(Some(LetterState::Filed))
}

/// The words that stand on the ticket. Of a letter that a technician passed on they are the original's, never his own;
/// `None` when today's reader finds no original in it.
fn read_today(letter: LetterId, gist: &Gist, files: &[NewFile], reason: &str) -> Option<Reread> {
    let passed = reason == PASSED_ON;
    let (body, quoted) = match passed {
        true => passed_on::words(gist.letter.forwarded.as_ref()?),
        false => (gist.body.clone(), gist.quoted.clone()),
    };
    Some(Reread {
        letter,
        body,
        quoted,
        html: gist.html.clone().filter(|_| !passed),
        files: files.to_vec(),
    })
}
