//! The reports, on both engines: what is counted, for whom, and what leaves by mail.

mod busy;
mod counting;
mod mailed;
mod plans;
mod private;
mod recount;

use db::{Db, args};
use desk::events::{self, Cursor};
use desk::reports::{self, Asked, Figures, Period, Report};
use desk::{Context, Result, Time};

use crate::common::{NOW, Small};

/// Everything that is counted, for comparing: the sums and what each ticket counts for.
type Counted = (Vec<(String, String, i64, i64, i64, String, i64, i64)>, Vec<Kept>);
type Kept = (i64, i64, String, i64, Option<i64>, Option<i64>, bool, String);

impl Small {
    /// The follower reads the log to its end, so many lines at a time.
    pub(crate) fn follow(&self, lines: i64) {
        let house = self.desk.house.clone();
        until_followed(&self.db, || {
            let house = house.clone();
            self.db
                .write_now(move |tx| reports::turn(tx, &house, lines))
                .expect("a turn");
        });
    }

    pub(crate) fn counted(&self) -> Counted {
        self.db
            .read_now(|r| -> Result<Counted> {
                let sums = r.query(
                    "SELECT grain, measure, start, team, topic, channel, bucket, n FROM report_sum
                     ORDER BY grain, measure, start, team, topic, channel, bucket",
                    &[],
                )?;
                let tickets = r.query(
                    "SELECT ticket, team * 1000 + topic, channel, opened, reply_minutes, solve_minutes, at_once,
                       reopened || ' ' || rated
                     FROM report_ticket ORDER BY ticket",
                    &[],
                )?;
                Ok((sums, tickets))
            })
            .expect("read")
    }

    pub(crate) fn rebuild_figures(&self) {
        let house = self.desk.house.clone();
        self.db
            .write_now(move |tx| reports::rebuild(tx, &house))
            .expect("rebuilt");
    }

    pub(crate) fn report(&self, cx: &Context, report: Report, asked: Asked) -> Result<Figures> {
        self.read(cx, move |r, cx| reports::figures(r, cx, report, &asked))
    }

    /// Passes over whatever the log holds, as if it had been read.
    pub(crate) fn skip_to_the_end(&self) {
        self.db
            .write_now(|tx| -> Result<()> {
                let (at, event) = tx.one("SELECT tx, id FROM event ORDER BY tx DESC, id DESC LIMIT 1", &[])?;
                events::store_cursor(tx, "reports", Cursor { tx: at, event })
            })
            .expect("skipped");
    }
}

/// Turns until the log is read to its end: another test on the same server may hold the horizon back for a while.
pub(crate) fn until_followed(db: &Db, turn: impl Fn()) {
    for _ in 0..100_000 {
        turn();
        let left = db.read_now(|r| -> Result<i64> {
            let end = events::cursor_of(r, "reports")?;
            Ok(r.one(
                "SELECT count(*) FROM event WHERE tx > $1 OR (tx = $1 AND id > $2)",
                &args![end.tx, end.event],
            )?)
        });
        if left.expect("read") == 0 {
            return;
        }
    }
    panic!("the follower never came to the end of the log");
}

/// The thirty days that end on the day of `NOW`.
pub(crate) fn this_month(small: &Small) -> Asked {
    Asked::of(Period::last(today(small, NOW), 30))
}

pub(crate) fn today(small: &Small, now: Time) -> i64 {
    reports::day_of(now, &small.desk.house.zone)
}
