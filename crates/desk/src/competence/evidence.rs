//! What real work shows: how many tickets a person solved, by topic. Counted when it is asked for, and kept nowhere.

use db::{Read, Sql};

use super::who;
use crate::clock::DAY;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, TopicId};

/// How far back it looks.
const WINDOW: i64 = 365 * DAY;

db::table! {
    /// `None` are those without a topic.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Solved { pub topic: Option<TopicId>, pub count: i64 }
}

/// Solved tickets of the past year that the viewer may read, the most first.
pub fn solved(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<Solved>> {
    who::seen(r, cx, person)?;
    let mut sql = Sql::new("SELECT topic, count(*) AS count FROM ticket WHERE assignee = ");
    sql.bind(person)
        .push(" AND status IN ('solved', 'closed') AND merged_into IS NULL AND solved_at >= ")
        .bind(cx.now.plus(-WINDOW));
    if !cx.viewer.closed_teams.is_empty() {
        sql.push(" AND (team IS NULL OR team NOT IN (")
            .bind_list(cx.viewer.closed_teams.iter().copied());
        sql.push("))");
    }
    sql.push(" GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 100");
    Ok(r.query_sql(&sql)?)
}
