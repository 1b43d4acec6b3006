//! Two people at one ticket: who is about to answer has not seen what was said since he opened it.

use db::{Write, args};

use super::change::held;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{MessageId, TicketNumber};

/// Stops a reply when somebody else said something to or for the requester after the message `seen`. Notes and logs stop
/// nobody: they do not change what the requester is told.
///
/// Called in the transaction of the reply, and the row is held: nothing can come between. No event: it only looks.
pub fn nothing_unseen(tx: &mut Write, cx: &Context, number: TicketNumber, seen: MessageId) -> Result<()> {
    held(tx, cx, number)?;
    let newer: Option<MessageId> = tx.maybe(
        "SELECT id FROM message WHERE ticket = $1 AND id > $2 AND author <> $3
           AND kind IN ('request', 'reply') AND state = 'sent' LIMIT 1",
        &args![number, seen, cx.viewer.person],
    )?;
    match newer {
        Some(_) => Err(Error::Conflict("conflict-answered")),
        None => Ok(()),
    }
}
