//! How often work was handed over and how often it came back, by team, group and topic. Never by person.

use db::{Read, Sql};

use super::escalation::{Group, To};
use super::list::open_gates;
use crate::access::{self, Place};
use crate::clock::DAY;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{TeamId, TopicId};

/// Times it was handed over, and of those the times it came back, in the last 30 and the last 90 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub sent_30: i64,
    pub returned_30: i64,
    pub sent_90: i64,
    pub returned_90: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub teams: Vec<(TeamId, Sums)>,
    pub groups: Vec<(Group, Sums)>,
    /// By the topic of the ticket when it went.
    pub topics: Vec<(TopicId, Sums)>,
}

/// Of tickets the viewer may read. Each time counts for whom it went to then.
pub fn counted(r: &mut Read, cx: &Context) -> Result<Counted> {
    access::require(&cx.viewer, Place::Desk)?;
    let sent: Vec<(String, i64, i64, i64, i64)> = r.query_sql(&question(cx, "SELECT r.sent_to", "r.sent_to"))?;
    let topics: Vec<(TopicId, i64, i64, i64, i64)> = r.query_sql(&question(cx, "SELECT e.topic", "e.topic"))?;
    let mut counted = Counted {
        topics: topics.into_iter().map(sums).collect(),
        ..Counted::default()
    };
    for (to, sums) in sent.into_iter().map(sums) {
        match To::parse(&to) {
            Some(To::Team(team)) => counted.teams.push((team, sums)),
            Some(To::Group(group)) => counted.groups.push((group, sums)),
            // Supervisors are persons.
            Some(To::Supervisor(_)) | None => {}
        }
    }
    Ok(counted)
}

fn sums<T>((of, sent_30, returned_30, sent_90, returned_90): (T, i64, i64, i64, i64)) -> (T, Sums) {
    let sums = Sums {
        sent_30,
        returned_30,
        sent_90,
        returned_90,
    };
    (of, sums)
}

fn question(cx: &Context, select: &'static str, by: &'static str) -> Sql {
    let month = cx.now.plus(-30 * DAY);
    let mut sql = Sql::new(select);
    sql.push(", count(CASE WHEN r.sent_at >= ")
        .bind(month)
        .push(" THEN 1 END), count(CASE WHEN r.sent_at >= ")
        .bind(month)
        .push(" THEN r.returned_at END), count(*), count(r.returned_at) FROM escalation_round r")
        .push(" JOIN escalation e ON e.id = r.escalation JOIN ticket t ON t.number = e.ticket")
        .push(" WHERE e.state <> 'withdrawn' AND r.sent_at >= ")
        .bind(cx.now.plus(-90 * DAY))
        .push(" AND ")
        .push(by)
        .push(" IS NOT NULL");
    open_gates(&mut sql, cx);
    sql.push(" GROUP BY ").push(by).push(" ORDER BY ").push(by);
    sql
}
