//! Lists of tickets, by next due, past the access policy. The same rule shapes the list and its count.

use db::{Read, Sql};

use super::priority::Priority;
use super::ticket::{Channel, Status};
use crate::access::{self, Place, Viewer};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TeamId, TicketNumber};
use crate::views::Condition;

db::table! {
    /// One line of a list.
    #[derive(Clone, Debug)]
    pub struct Row {
        pub number: TicketNumber,
        pub subject: String,
        pub status: Status,
        pub stage: i64,
        pub priority: Priority,
        pub channel: Channel,
        pub team: Option<TeamId>,
        pub assignee: Option<PersonId>,
        pub assignee_name: Option<String>,
        pub requester: PersonId,
        pub requester_name: String,
        pub created_at: Time,
        pub updated_at: Time,
        pub next_due: Time,
        pub replied_at: Option<Time>,
        pub waiting_for: String,
        pub snoozed_until: Option<Time>,
        pub unread: bool,
    }
}

db::text_enum! {
    pub enum Order { Due => "due", Newest => "newest", Oldest => "oldest" }
}

#[derive(Clone, Debug)]
pub struct ListQuery {
    pub condition: Condition,
    pub order: Order,
    pub limit: i64,
    /// Where the page before ended.
    pub after: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

const COLUMNS: &str = "SELECT t.number, t.subject, t.status, t.stage, t.priority, t.channel, t.team, t.assignee, \
    a.name AS assignee_name, t.requester, r.name AS requester_name, t.created_at, t.updated_at, t.next_due, \
    t.replied_at, t.waiting_for, t.snoozed_until, COALESCE(t.requester_spoke_at > COALESCE(m.at, 0), FALSE) AS unread \
    FROM ticket t JOIN person r ON r.id = t.requester LEFT JOIN person a ON a.id = t.assignee \
    LEFT JOIN read_mark m ON m.ticket = t.number AND m.person = ";

pub fn list(r: &mut Read, cx: &Context, query: &ListQuery) -> Result<Page> {
    query.condition.check()?;
    let limit = query.limit.clamp(1, 200);
    let sql = statement(cx, query, limit)?;
    let mut rows: Vec<Row> = r.query_sql(&sql)?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(200);
    rows.truncate(usize::try_from(limit).unwrap_or(200));
    let next = rows.last().filter(|_| more).map(|row| match query.order {
        Order::Due => format!("{}.{}.{}", row.stage, row.next_due.0, row.number),
        Order::Newest | Order::Oldest => row.number.to_string(),
    });
    Ok(Page { rows, next })
}

/// How the database would run this list, for the plan tests.
pub fn plan(r: &mut Read, cx: &Context, query: &ListQuery) -> Result<String> {
    let sql = statement(cx, query, query.limit)?;
    Ok(r.plan(&sql.text(), sql.args())?)
}

fn statement(cx: &Context, query: &ListQuery, limit: i64) -> Result<Sql> {
    let mut sql = Sql::new(COLUMNS);
    sql.bind(cx.viewer.person);
    sql.push(" WHERE ");
    query.condition.write(&mut sql, &cx.viewer, cx.now);
    visible(&mut sql, &cx.viewer);
    if let Some(after) = &query.after {
        from(&mut sql, query.order, after)?;
    }
    sql.push(match query.order {
        Order::Due => " ORDER BY t.stage, t.next_due, t.number LIMIT ",
        Order::Newest => " ORDER BY t.number DESC LIMIT ",
        Order::Oldest => " ORDER BY t.number LIMIT ",
    });
    sql.bind(limit + 1);
    Ok(sql)
}

/// What every list leaves out: merged tickets, and those of teams closed to the viewer.
fn visible(sql: &mut Sql, viewer: &Viewer) {
    sql.push(" AND t.merged_into IS NULL");
    if access::require(viewer, Place::Desk).is_err() {
        // A list of the desk is not for requesters; theirs is `own_requests`.
        sql.push(" AND FALSE");
    }
    if !viewer.closed_teams.is_empty() {
        sql.push(" AND (t.team IS NULL OR t.team NOT IN (");
        sql.bind_list(viewer.closed_teams.iter().copied());
        sql.push("))");
    }
}

fn from(sql: &mut Sql, order: Order, after: &str) -> Result<()> {
    let wrong = || Error::refused("cursor", "refused-cursor");
    let numbers: Vec<i64> = after
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| wrong())?;
    match (order, numbers.as_slice()) {
        (Order::Due, [stage, due, number]) => {
            sql.push(" AND (t.stage, t.next_due, t.number) > (");
            sql.bind_list([*stage, *due, *number]);
            sql.push(")");
        }
        (Order::Newest, [number]) => {
            sql.push(" AND t.number < ");
            sql.bind(*number);
        }
        (Order::Oldest, [number]) => {
            sql.push(" AND t.number > ");
            sql.bind(*number);
        }
        _ => return Err(wrong()),
    }
    Ok(())
}

/// Beyond so many nobody counts along.
pub const MOST_COUNTED: i64 = 500;

/// How many there are, counted to [`MOST_COUNTED`]: the side bar costs the same on a million.
pub fn count(r: &mut Read, cx: &Context, condition: &Condition) -> Result<i64> {
    condition.check()?;
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT 1 AS one FROM ticket t");
    if reads_marks(condition) {
        sql.push(" LEFT JOIN read_mark m ON m.ticket = t.number AND m.person = ");
        sql.bind(cx.viewer.person);
    }
    sql.push(" WHERE ");
    condition.write(&mut sql, &cx.viewer, cx.now);
    visible(&mut sql, &cx.viewer);
    sql.push(" LIMIT ");
    sql.bind(MOST_COUNTED);
    sql.push(") AS counted");
    Ok(r.query_sql::<i64>(&sql)?.first().copied().unwrap_or(0))
}

fn reads_marks(condition: &Condition) -> bool {
    match condition {
        Condition::Unread => true,
        Condition::All(list) | Condition::Any(list) => list.iter().any(reads_marks),
        Condition::Not(inner) => reads_marks(inner),
        _ => false,
    }
}
