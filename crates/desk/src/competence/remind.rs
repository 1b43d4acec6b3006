//! A certification that ends: its owner is told two months before, two weeks before, and on the day. Each is told once,
//! however often its job runs, and what was past when it was written down is not told at all.

use db::{Write, args};

use super::certification::load;
use super::tell;
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::CertificationId;
use crate::jobs::{self, JobKind};

/// Before its end, in microseconds; the last is the day itself.
const BEFORE: [i64; 3] = [60 * DAY, 14 * DAY, 0];

/// How many of the moments are past.
fn stage(expires: Time, now: Time) -> i64 {
    let past = BEFORE.iter().filter(|before| now >= expires.plus(-**before)).count();
    i64::try_from(past).unwrap_or(0)
}

/// A new day of expiry: a job for each moment that is still to come. Part of the verb that sets the day.
pub(super) fn plan(tx: &mut Write, cx: &Context, id: CertificationId) -> Result<()> {
    let Some(expires) = load(tx, id)?.expires_at else {
        return Ok(());
    };
    tx.exec(
        "UPDATE certification SET reminded = $2 WHERE id = $1",
        &args![id, stage(expires, cx.now)],
    )?;
    for moment in BEFORE.map(|before| expires.plus(-before)) {
        if moment > cx.now {
            jobs::enqueue(tx, JobKind::RemindCertification, id.0, moment)?;
        }
    }
    Ok(())
}

/// The job: tells its owner what is due to be told and was not. Safe to run twice.
///
/// No event: the letter is a row of the outbox.
pub fn remind_when_due(tx: &mut Write, cx: &Context, id: CertificationId) -> Result<()> {
    tx.hold_rows(
        "SELECT id FROM certification WHERE id = $1 FOR NO KEY UPDATE",
        &args![id],
    )?;
    let one = match load(tx, id) {
        Err(Error::NotFound) => return Ok(()),
        other => other?,
    };
    let Some(expires) = one.expires_at.filter(|_| !one.removed) else {
        return Ok(());
    };
    let told: i64 = tx.one("SELECT reminded FROM certification WHERE id = $1", &args![id])?;
    let stage = stage(expires, cx.now);
    if stage <= told {
        return Ok(());
    }
    tx.exec(
        "UPDATE certification SET reminded = $2 WHERE id = $1",
        &args![id, stage],
    )?;
    tell::expiry(tx, cx, &one, expires)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_months_two_weeks_and_the_day() {
        let expires = Time(100 * DAY);
        for (day, expected) in [(39, 0), (40, 1), (85, 1), (86, 2), (99, 2), (100, 3), (500, 3)] {
            assert_eq!(stage(expires, Time(day * DAY)), expected, "{day}");
        }
    }
}
