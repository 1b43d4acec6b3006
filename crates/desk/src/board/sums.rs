//! SQL of the board's sums. Private to this room.

use db::{Read, Sql, Write, args};

use super::scope::Scope;
use super::standing::{Measure, Row, Standing};
use crate::error::Result;
use crate::ids::TicketNumber;

db::table! {
    struct Kept { team: i64, places: String }
}
db::table! {
    /// A sum over the teams of a scope.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Sum { start: i64, part: i64, n: i64 }
}

pub(super) fn ticket(r: &mut Read, number: TicketNumber) -> Result<Option<Row>> {
    Ok(r.maybe(
        "SELECT stage, assignee, merged_into, created_at, replied_at, solved_at, paused_at, reply_due, solve_due
         FROM ticket WHERE number = $1",
        &args![number],
    )?)
}

/// What the ticket counted for when it was last looked at.
pub(super) fn kept(r: &mut Read, number: TicketNumber) -> Result<Option<Standing>> {
    let row: Option<Kept> = r.maybe(
        "SELECT team, places FROM board_ticket WHERE ticket = $1",
        &args![number],
    )?;
    Ok(row.map(|kept| Standing::parse(kept.team, &kept.places)))
}

pub(super) fn keep(tx: &mut Write, number: TicketNumber, standing: Option<&Standing>) -> Result<()> {
    let Some(standing) = standing else {
        tx.exec("DELETE FROM board_ticket WHERE ticket = $1", &args![number])?;
        return Ok(());
    };
    tx.exec(
        "INSERT INTO board_ticket (ticket, team, places) VALUES ($1, $2, $3)
         ON CONFLICT (ticket) DO UPDATE SET team = excluded.team, places = excluded.places",
        &args![number, standing.team, standing.as_text()],
    )?;
    Ok(())
}

/// Adds to a sum, or takes from it; a sum of nothing has no row.
pub(super) fn add(tx: &mut Write, place: (Measure, i64, i64, i64), n: i64) -> Result<()> {
    let (measure, start, team, part) = place;
    tx.exec(
        "INSERT INTO board_sum (measure, start, team, part, n) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (measure, start, team, part) DO UPDATE SET n = board_sum.n + excluded.n",
        &args![measure, start, team, part, n],
    )?;
    if n < 0 {
        tx.exec(
            "DELETE FROM board_sum WHERE measure = $1 AND start = $2 AND team = $3 AND part = $4 AND n = 0",
            &args![measure, start, team, part],
        )?;
    }
    Ok(())
}

pub(crate) fn clear(tx: &mut Write) -> Result<()> {
    tx.exec("DELETE FROM board_sum", &[])?;
    tx.exec("DELETE FROM board_ticket", &[])?;
    Ok(())
}

/// By start and part, from one start to another, both in it.
pub(super) fn of(r: &mut Read, scope: &Scope, measure: Measure, from: i64, to: i64) -> Result<Vec<Sum>> {
    let mut sql = Sql::new("SELECT start, part, CAST(SUM(n) AS BIGINT) AS n FROM board_sum WHERE measure = ");
    sql.bind(measure);
    sql.push(" AND start >= ").bind(from);
    sql.push(" AND start <= ").bind(to);
    scope.narrow_sums(&mut sql);
    sql.push(" GROUP BY start, part ORDER BY start, part");
    Ok(r.query_sql(&sql)?)
}

/// All of a measure, whatever its start.
pub(super) fn all(r: &mut Read, scope: &Scope, measure: Measure) -> Result<Vec<Sum>> {
    of(r, scope, measure, i64::MIN, i64::MAX)
}

/// The sum over some days or hours, whatever the part.
pub(super) fn total(sums: &[Sum], from: i64, to: i64) -> i64 {
    let within = sums.iter().filter(|sum| (from..=to).contains(&sum.start));
    within.map(|sum| sum.n).sum()
}
