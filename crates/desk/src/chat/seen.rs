//! The visitor's browser is there.

use db::{Write, args};

use super::record::Chat;
use crate::clock::{SECOND, Time};
use crate::error::Result;

/// How long one look counts, so that a page that looks often writes seldom.
const COUNTS_FOR: i64 = 20 * SECOND;

/// True when it was written down. Being there is nobody's news, so it leaves no event.
pub fn seen(tx: &mut Write, chat: &Chat, now: Time) -> Result<bool> {
    let written = tx.exec(
        "UPDATE chat SET seen_at = $2 WHERE ticket = $1 AND seen_at <= $3 AND state IN ('waiting', 'taken')",
        &args![chat.ticket, now, now.plus(-COUNTS_FOR)],
    )?;
    Ok(written > 0)
}
