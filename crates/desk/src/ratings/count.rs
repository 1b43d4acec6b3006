//! How many were content, for reports: by team, topic and channel, never by person.

use db::{Read, Sql};

use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{TeamId, TopicId};
use crate::tickets::Channel;

db::table! {
    /// What was said about the tickets of one team, topic and channel: rows are to be added up by what a report asks.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Tally {
        pub team: Option<TeamId>,
        pub topic: Option<TopicId>,
        pub channel: Channel,
        pub good: i64,
        pub bad: i64,
    }
}

/// What was said from `from` until before `to`, without the teams that are closed to the viewer.
pub fn count(r: &mut Read, cx: &Context, from: Time, to: Time) -> Result<Vec<Tally>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(
        "SELECT t.team, t.topic, t.channel,
           CAST(SUM(CASE WHEN a.answer = 'good' THEN 1 ELSE 0 END) AS BIGINT) AS good,
           CAST(SUM(CASE WHEN a.answer = 'bad' THEN 1 ELSE 0 END) AS BIGINT) AS bad
         FROM rating a JOIN ticket t ON t.number = a.ticket WHERE a.at >= ",
    );
    sql.bind(from).push(" AND a.at < ").bind(to);
    if !cx.viewer.closed_teams.is_empty() {
        sql.push(" AND (t.team IS NULL OR t.team NOT IN (")
            .bind_list(cx.viewer.closed_teams.iter().copied())
            .push("))");
    }
    sql.push(" GROUP BY t.team, t.topic, t.channel ORDER BY t.team, t.topic, t.channel");
    Ok(r.query_sql(&sql)?)
}
