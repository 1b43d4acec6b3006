//! What is open now, by age. Counted from one small index that holds the open tickets alone.

use std::collections::BTreeMap;

use db::{Read, Sql};

use super::figures::{Asked, By, Figures, Point, Report, Tally, narrow};
use super::names;
use super::period::day_of;
use crate::access::Viewer;
use crate::context::Context;
use crate::error::Result;

/// Days of age, from and to.
const AGES: [(i64, Option<i64>); 5] = [(0, Some(0)), (1, Some(2)), (3, Some(7)), (8, Some(30)), (31, None)];
/// Older than this is old.
const WEEK: i64 = 7;

db::table! {
    struct Open { opened: i64, part: String, n: i64 }
}

pub(super) fn figures(r: &mut Read, cx: &Context, asked: &Asked, topics: &[i64]) -> Result<Figures> {
    let today = day_of(cx.now, &cx.house.zone);
    let mut points: Vec<(Point, Tally)> = AGES
        .iter()
        .map(|(from, to)| (Point::Age(*from, *to), Tally::default()))
        .collect();
    let (mut total, mut parts) = (Tally::default(), BTreeMap::<String, Tally>::new());
    let rows: Vec<Open> = r.query_sql(&statement(&cx.viewer, asked, topics))?;
    for row in rows {
        let age = (today - row.opened).max(0);
        let tally = Tally {
            open: row.n,
            old: if age > WEEK { row.n } else { 0 },
            ..Tally::default()
        };
        if let Some((_, point)) = points.get_mut(class_of(age)) {
            point.join(&tally);
        }
        total.join(&tally);
        parts.entry(row.part).or_default().join(&tally);
    }
    Ok(Figures {
        report: Report::Backlog,
        asked: *asked,
        total,
        before: None,
        points,
        parts: names::named(r, cx, asked.by, parts)?,
    })
}

fn class_of(age: i64) -> usize {
    let holds = |(_, to): &(i64, Option<i64>)| to.is_none_or(|to| age <= to);
    AGES.iter().position(holds).unwrap_or(AGES.len() - 1)
}

pub(super) fn statement(viewer: &Viewer, asked: &Asked, topics: &[i64]) -> Sql {
    let mut sql = Sql::new(match asked.by {
        By::Team => "SELECT opened, CAST(team AS TEXT) AS part, count(*) AS n",
        By::Topic => "SELECT opened, CAST(topic AS TEXT) AS part, count(*) AS n",
        By::Channel => "SELECT opened, channel AS part, count(*) AS n",
    });
    sql.push(" FROM report_ticket WHERE solved IS NULL");
    narrow(&mut sql, viewer, asked, topics);
    sql.push(match asked.by {
        By::Team => " GROUP BY opened, team",
        By::Topic => " GROUP BY opened, topic",
        By::Channel => " GROUP BY opened, channel",
    });
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_has_its_class() {
        for (age, class) in [
            (0, 0),
            (1, 1),
            (2, 1),
            (3, 2),
            (7, 2),
            (8, 3),
            (30, 3),
            (31, 4),
            (4000, 4),
        ] {
            assert_eq!(class_of(age), class, "{age} days");
        }
    }
}
