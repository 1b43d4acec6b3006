//! The brake on letters that open tickets: nobody has fifty new troubles in ten minutes. What comes beyond is held for a
//! technician, never dropped. Letters that join their ticket are not counted and not held.

use db::{Read, args};

use super::intake::Way;
use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::error::Result;

/// Within so long at most so many letters of one sender open tickets.
const BOUNDS: [(i64, i64); 3] = [(10 * MINUTE, 50), (HOUR, 120), (DAY, 600)];

/// How many letters of a sender opened tickets within each of [`BOUNDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opened([i64; BOUNDS.len()]);

impl Opened {
    /// Whether one more is a flood.
    fn is_flood(self) -> bool {
        self.0.iter().zip(BOUNDS).any(|(opened, (_, most))| *opened >= most)
    }
}

/// Whether a letter that came at `now` is one too many of its sender to open a ticket. A folder that an administrator
/// brings in holds years of letters at once, and is no flood.
pub(super) fn is_flood(r: &mut Read, way: Way, sender: &str, now: Time) -> Result<bool> {
    if way == Way::File {
        return Ok(false);
    }
    let mut opened = [0; BOUNDS.len()];
    for (count, (within, most)) in opened.iter_mut().zip(BOUNDS) {
        *count = r.one(
            "SELECT count(*) FROM (SELECT 1 AS one FROM letter WHERE sender = $1 AND received_at > $2 AND received_at <= $3
               AND state = 'filed' AND reason LIKE 'letter-reason-opened%' LIMIT $4) AS counted",
            &args![sender, now.plus(-within), now, most],
        )?;
    }
    Ok(Opened(opened).is_flood())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bound_alone_is_enough() {
        for (opened, flood) in [
            ([0, 0, 0], false),
            ([49, 119, 599], false),
            ([50, 50, 50], true),
            ([0, 120, 120], true),
            ([0, 0, 600], true),
        ] {
            assert_eq!(Opened(opened).is_flood(), flood, "{opened:?}");
        }
    }
}
