//! Throwing out what has ended: old sessions, links and counts. Nothing reads them any more; this only saves room.

use db::{Write, args};

use super::sessions::IDLE;
use super::throttle::FORGETS_AFTER;
use crate::clock::{DAY, Time};
use crate::error::Result;

/// How many rows went. Once an hour is plenty.
pub fn sweep(tx: &mut Write, now: Time) -> Result<u64> {
    let sessions = tx.exec(
        "DELETE FROM session WHERE ends_at <= $1 OR seen_at <= $2",
        &args![now, now.plus(-IDLE)],
    )?;
    let links = tx.exec("DELETE FROM keyed_link WHERE ends_at <= $1", &args![now.plus(-DAY)])?;
    // The counts of automatic letters are remembered for a day: their brake clears them itself.
    let counts = tx.exec(
        "DELETE FROM throttle WHERE until <= $1 AND since <= $2 AND name NOT LIKE 'automatic-letters:%'",
        &args![now, now.plus(-FORGETS_AFTER)],
    )?;
    Ok(sessions + links + counts)
}
