//! The tickets a problem is behind, as one viewer may know of them: who is affected, how many of them are mended, and when
//! they came. What is behind a gate that is closed to him is neither shown nor counted; what was merged away is counted
//! with the ticket that carries it.

use std::collections::BTreeMap;

use db::{Read, Sql};

use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, ProblemNumber, TeamId, TicketNumber};
use crate::reports::{date_of, day_of};
use crate::tickets::{Stage, Status};
use crate::words::Lang;

/// Tickets of one problem that are looked at for a page; its counts know them all.
const MOST_SHOWN: i64 = 500;

db::table! {
    /// A ticket that a problem is behind.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Affected {
        pub number: TicketNumber,
        pub subject: String,
        pub status: Status,
        pub language: Lang,
        pub team: Option<TeamId>,
        pub requester: PersonId,
        pub requester_name: String,
        pub created_at: Time,
    }
}

/// "Fixed 8 of 9".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub tickets: i64,
    /// Solved, and not open again.
    pub fixed: i64,
    /// Different people who asked.
    pub requesters: i64,
}

/// How many came on each day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    pub first: Option<jiff::civil::Date>,
    /// From the first to the last, one figure a day.
    pub counts: Vec<i64>,
}

/// The tickets that stand for those that were linked, past the gates that are closed.
fn way(numbers: &[ProblemNumber], closed: &[TeamId]) -> Sql {
    let mut sql = Sql::new(
        "WITH RECURSIVE way (problem, ticket) AS (
           SELECT l.problem, l.ticket FROM problem_ticket l JOIN ticket t ON t.number = l.ticket WHERE l.problem IN (",
    );
    sql.bind_list(numbers.iter().copied()).push(")");
    open_to(&mut sql, closed);
    sql.push(
        " UNION SELECT w.problem, t.merged_into FROM way w JOIN ticket t ON t.number = w.ticket
           WHERE t.merged_into IS NOT NULL) ",
    );
    sql
}

fn open_to(sql: &mut Sql, closed: &[TeamId]) {
    if !closed.is_empty() {
        sql.push(" AND (t.team IS NULL OR t.team NOT IN (")
            .bind_list(closed.iter().copied())
            .push("))");
    }
}

fn those_that_stand(sql: &mut Sql, closed: &[TeamId]) {
    sql.push(" FROM way w JOIN ticket t ON t.number = w.ticket JOIN person p ON p.id = t.requester WHERE t.merged_into IS NULL");
    open_to(sql, closed);
}

/// The first ones, by number.
pub fn affected(r: &mut Read, cx: &Context, number: ProblemNumber) -> Result<Vec<Affected>> {
    access::require(&cx.viewer, Place::Desk)?;
    behind_gates(r, number, &cx.viewer.closed_teams, Some(MOST_SHOWN))
}

/// All of them, whoever asks: for the verb that tells everybody, which judges each by itself.
pub(super) fn all_affected(r: &mut Read, number: ProblemNumber) -> Result<Vec<Affected>> {
    behind_gates(r, number, &[], None)
}

fn behind_gates(r: &mut Read, number: ProblemNumber, closed: &[TeamId], most: Option<i64>) -> Result<Vec<Affected>> {
    let mut sql = way(&[number], closed);
    sql.push(
        "SELECT DISTINCT t.number, t.subject, t.status, t.language, t.team, t.requester, p.name AS requester_name,
           t.created_at",
    );
    those_that_stand(&mut sql, closed);
    sql.push(" ORDER BY t.number");
    if let Some(most) = most {
        sql.push(" LIMIT ").bind(most);
    }
    Ok(r.query_sql(&sql)?)
}

db::table! {
    struct Line { problem: ProblemNumber, number: TicketNumber, status: Status, requester: PersonId }
}

/// For each of these problems; one that no ticket was linked to has none.
pub fn counts(r: &mut Read, cx: &Context, numbers: &[ProblemNumber]) -> Result<BTreeMap<ProblemNumber, Counts>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = way(numbers, &cx.viewer.closed_teams);
    sql.push("SELECT DISTINCT w.problem, t.number, t.status, t.requester");
    those_that_stand(&mut sql, &cx.viewer.closed_teams);
    let mut lines: Vec<Line> = r.query_sql(&sql)?;
    lines.sort_by_key(|line| (line.problem, line.requester));
    let mut counts: BTreeMap<ProblemNumber, Counts> = BTreeMap::new();
    let mut last = None;
    for line in lines {
        let of = counts.entry(line.problem).or_default();
        of.tickets += 1;
        of.fixed += i64::from(line.status.stage() == Stage::Done);
        of.requesters += i64::from(last != Some((line.problem, line.requester)));
        last = Some((line.problem, line.requester));
    }
    Ok(counts)
}

/// The longest stretch of days that is drawn.
const MOST_DAYS: i64 = 60;

/// How many affected tickets were opened on each day, the last one today. What is older than the stretch is not in it.
pub fn per_day(r: &mut Read, cx: &Context, number: ProblemNumber) -> Result<Days> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = way(&[number], &cx.viewer.closed_teams);
    sql.push("SELECT DISTINCT t.number, t.created_at");
    those_that_stand(&mut sql, &cx.viewer.closed_teams);
    let opened: Vec<(TicketNumber, Time)> = r.query_sql(&sql)?;
    let days = opened.iter().map(|(_, at)| day_of(*at, &cx.house.zone));
    Ok(by_day(days, day_of(cx.now, &cx.house.zone)))
}

fn by_day(days: impl Iterator<Item = i64>, today: i64) -> Days {
    let earliest = today - MOST_DAYS + 1;
    let days: Vec<i64> = days.filter(|day| (earliest..=today).contains(day)).collect();
    let Some(first) = days.iter().min().copied() else {
        return Days::default();
    };
    let mut counts = vec![0; usize::try_from(today - first + 1).unwrap_or(0)];
    for day in days {
        if let Some(count) = usize::try_from(day - first).ok().and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    Days {
        first: Some(date_of(first)),
        counts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_run_from_the_first_to_today_without_a_gap() {
        let days = by_day([100, 98, 100, 12, 101].into_iter(), 100);
        assert_eq!(days.first, Some(date_of(98)));
        assert_eq!(days.counts, [1, 0, 2], "what is older or not yet is not drawn");
        assert_eq!(by_day([12].into_iter(), 100), Days::default());
        assert_eq!(by_day([41].into_iter(), 100).counts.len(), 60);
    }
}
