//! Two people at one ticket: who is about to answer has not seen what was said since he opened it.

use db::{Sql, Write};

use super::change::held;
use super::store;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{MessageId, TicketNumber};

/// Stops a reply when somebody else said something to or for the requester after the message `seen`. Notes and logs stop
/// nobody: they do not change what the requester is told.
///
/// Called in the transaction of the reply, and the row is held: nothing can come between. No event: it only looks.
pub fn nothing_unseen(tx: &mut Write, cx: &Context, number: TicketNumber, seen: MessageId) -> Result<()> {
    held(tx, cx, number)?;
    // An answer to what was merged is filed there, and is read here.
    let mut sql = Sql::new("SELECT id FROM message WHERE ticket IN (");
    sql.bind_list(store::with_merged(tx, number)?)
        .push(") AND id > ")
        .bind(seen)
        .push(" AND author <> ")
        .bind(cx.viewer.person)
        .push(" AND kind IN ('request', 'reply') AND state = 'sent' LIMIT 1");
    match tx.maybe_sql::<MessageId>(&sql)? {
        Some(_) => Err(Error::Conflict("conflict-answered")),
        None => Ok(()),
    }
}
