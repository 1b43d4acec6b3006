//! How long a ticket is worked on: half of those with logged time took no longer.

use db::{Read, Sql};

use super::planners;
use crate::clock::DAY;
use crate::context::Context;
use crate::error::Result;

/// Looked back on.
pub const WORKED_DAYS: i64 = 90;

/// The median, and of how many tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MedianWork {
    pub minutes: i64,
    pub tickets: i64,
}

/// Over the tickets the viewer sees that had time logged in the last 90 days; nothing where none had. Whose time it was
/// is not asked.
pub fn median_work(r: &mut Read, cx: &Context) -> Result<Option<MedianWork>> {
    planners::require(r, cx)?;
    let mut sql = Sql::new(
        "SELECT CAST(sum(e.minutes) AS BIGINT) AS minutes FROM time_entry e JOIN ticket t ON t.number = e.ticket
         WHERE e.gone_at IS NULL AND e.at >= ",
    );
    sql.bind(cx.now.plus(-WORKED_DAYS * DAY));
    if !cx.viewer.closed_teams.is_empty() {
        sql.push(" AND (t.team IS NULL OR t.team NOT IN (");
        sql.bind_list(cx.viewer.closed_teams.iter().copied()).push("))");
    }
    sql.push(" GROUP BY e.ticket ORDER BY minutes");
    let sums: Vec<i64> = r.query_sql(&sql)?;
    Ok(median(&sums))
}

/// Of figures in order; between two of them half way, rounded up.
fn median(sums: &[i64]) -> Option<MedianWork> {
    let (low, high) = (sums.get(sums.len().checked_sub(1)? / 2)?, sums.get(sums.len() / 2)?);
    Some(MedianWork {
        minutes: (low + high + 1) / 2,
        tickets: i64::try_from(sums.len()).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        for (sums, wanted) in [
            (&[][..], None),
            (&[7], Some(7)),
            (&[5, 10], Some(8)),
            (&[5, 10, 90], Some(10)),
        ] {
            assert_eq!(median(sums).map(|found| found.minutes), wanted);
        }
    }
}
