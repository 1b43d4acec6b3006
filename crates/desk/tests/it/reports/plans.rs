//! How the engines run what a report asks, on the sums of 20,000 tickets and with one in twenty open: a range of an index for
//! each, a bounded number of times, and no ticket is opened.

use db::{Dialect, args};
use desk::reports::{self, Asked, By, Period, Report};
use desk::{Result, TicketNumber};

use super::today;
use crate::common::{NOW, Small, on_both};

fn fill(small: &Small) {
    let (day, number) = (today(small, NOW), small.open());
    small
        .db
        .write_now(move |tx| -> Result<()> {
            for n in 0..20_000_i64 {
                for measure in ["opened", "reply"] {
                    tx.exec(
                        "INSERT INTO report_sum (grain, measure, start, team, topic, channel, bucket, n)
                         VALUES ('day', $1, $2, $3, $4, 'mail', $5, 1)",
                        &args![measure, day - n % 700, n % 5, n / 700, n % 7],
                    )?;
                }
            }
            for n in 1..4000_i64 {
                let ticket = TicketNumber(number.0 + n);
                tx.exec(
                    "INSERT INTO ticket (number, subject, status, stage, impact, urgency, priority, channel, language,
                       requester, created_at, updated_at, reply_due, solve_due, next_due)
                     SELECT $1, subject, status, stage, impact, urgency, priority, channel, language,
                       requester, created_at, updated_at, reply_due, solve_due, next_due FROM ticket WHERE number = $2",
                    &args![ticket, number],
                )?;
                let solved = (n % 20 != 0).then_some(day);
                tx.exec(
                    "INSERT INTO report_ticket (ticket, team, topic, channel, opened, solved, at_once, reopened,
                       rated)
                     VALUES ($1, $2, $3, 'mail', $4, $5, FALSE, '', '')",
                    &args![ticket, n % 5, n % 9, day - n % 90, solved],
                )?;
            }
            Ok(())
        })
        .unwrap();
    small.exec("ANALYZE");
}

/// Each statement is a range of the key of the sums, or of the index of what is open.
fn by_index(dialect: Dialect, plan: &str) -> bool {
    match dialect {
        Dialect::Sqlite => {
            (plan.contains("USING PRIMARY KEY (grain=? AND measure=?")
                || plan.contains("USING COVERING INDEX report_ticket_open"))
                && !plan
                    .lines()
                    .any(|line| line.contains("SCAN") && !line.contains("report_ticket_open"))
        }
        Dialect::Postgres => plan.contains("Index") && !plan.contains("Seq Scan"),
    }
}

#[test]
fn every_report_is_a_few_ranges_of_an_index() {
    on_both(|small| {
        fill(small);
        let day = today(small, NOW);
        for report in Report::ALL {
            for (period, by) in [
                (Period::last(day, 7), By::Team),
                (Period::last(day, 91), By::Topic),
                (Period::year(day), By::Channel),
            ] {
                let asked = Asked {
                    by,
                    ..Asked::of(period)
                };
                let report = *report;
                let plan = small
                    .read(&small.technician, move |r, cx| reports::plan(r, cx, report, &asked))
                    .unwrap();
                // Twelve at most, each of which PostgreSQL names twice: its table and its index.
                let statements = plan.matches("report_sum").count() + plan.matches("report_ticket").count();
                assert!(
                    (1..=24).contains(&statements),
                    "{report} asks {statements} times:\n{plan}"
                );
                assert!(by_index(small.db.dialect(), &plan), "{report} {period:?}:\n{plan}");
            }
        }
    });
}

#[test]
fn the_check_sees_a_report_without_an_index() {
    on_both(|small| {
        fill(small);
        let bad = "SELECT topic, CAST(SUM(n) AS BIGINT) FROM report_sum WHERE bucket = 3 GROUP BY topic";
        let plan = small
            .db
            .read_now(move |r| -> Result<String> { Ok(r.plan(bad, &[])?) })
            .unwrap();
        assert!(!by_index(small.db.dialect(), &plan), "{plan}");
    });
}
