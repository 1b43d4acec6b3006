//! Review dates: the owner is told some days before and again when the day has come. Jobs of their moment; each is told
//! once a date, however often its job runs.

use db::{Write, args};

use super::article::Article;
use super::rules::rules;
use super::store;
use super::tell::{self, Told};
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::ArticleId;
use crate::jobs::{self, JobKind};

/// A new review date: two jobs, and nobody has been told of it. Part of the verb that sets the date.
pub(super) fn plan(tx: &mut Write, article: &Article) -> Result<()> {
    tx.exec("UPDATE article SET reminded = 0 WHERE id = $1", &args![article.id])?;
    let Some(at) = article.review_at else { return Ok(()) };
    let soon = at.plus(-rules(tx)?.remind_days.saturating_mul(DAY));
    for moment in [soon, at] {
        jobs::enqueue(tx, JobKind::RemindReview, article.id.0, moment)?;
    }
    Ok(())
}

/// The job: tells the owner what is due to be told and was not. Safe to run twice.
///
/// No event: the letter is a row of the outbox.
pub fn remind_when_due(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<()> {
    store::hold(tx, id)?;
    let article = match store::load(tx, id) {
        Err(Error::NotFound) => return Ok(()),
        other => other?,
    };
    let (Some(at), Some(owner), true) = (article.review_at, article.owner, article.is_published()) else {
        return Ok(());
    };
    let told: i64 = tx.one("SELECT reminded FROM article WHERE id = $1", &args![id])?;
    let level = level(at, cx.now, rules(tx)?.remind_days);
    if level <= told {
        return Ok(());
    }
    tx.exec("UPDATE article SET reminded = $2 WHERE id = $1", &args![id, level])?;
    let words = if level == 2 { Told::Due(at) } else { Told::Soon(at) };
    tell::letter(tx, cx, id, owner, words)
}

/// 0 nothing yet, 1 it comes, 2 it is there.
fn level(at: Time, now: Time, days: i64) -> i64 {
    if now >= at {
        2
    } else if days > 0 && now >= at.plus(-days.saturating_mul(DAY)) {
        1
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_soon_some_days_before_and_due_on_the_day() {
        let at = Time(100 * DAY);
        for (now, days, expected) in [
            (Time(85 * DAY), 14, 0),
            (Time(86 * DAY), 14, 1),
            (Time(100 * DAY).plus(-1), 14, 1),
            (at, 14, 2),
            (Time(99 * DAY), 0, 0),
            (Time(200 * DAY), 0, 2),
        ] {
            assert_eq!(level(at, now, days), expected, "{now:?} {days}");
        }
    }
}
