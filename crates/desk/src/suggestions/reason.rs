//! Why something may help, in facts a person can check; and how often it did.

use std::collections::HashMap;

use db::{Read, Sql};
use search::Common;

use super::near::{Asked, Near};
use super::target::TargetKind;
use crate::clock::DAY;
use crate::error::Result;
use crate::ids::TopicId;

/// What solved earlier tickets is told from the last 90 days.
pub(super) const COUNTED: i64 = 90 * DAY;

/// Why it may help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A known error that is mended.
    Mended,
    /// Of so many tickets it was used on, so many are solved and stayed so.
    Solved {
        solved: i64,
        of: i64,
    },
    /// The same error codes, models or numbers.
    Codes(Vec<String>),
    /// It was linked or used on so many of the tickets most like this one.
    Like(usize),
    /// It is about the same topic.
    Topic(TopicId),
    Words(Vec<String>),
    /// It means much the same to the model of this desk.
    Meaning,
}

impl Reason {
    /// The word a program knows it by.
    pub fn kind(&self) -> &'static str {
        match self {
            Reason::Mended => "mended",
            Reason::Solved { .. } => "solved",
            Reason::Codes(_) => "codes",
            Reason::Like(_) => "like",
            Reason::Topic(_) => "topic",
            Reason::Words(_) => "words",
            Reason::Meaning => "meaning",
        }
    }
}

/// How well it has worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub solved: i64,
    pub of: i64,
}

/// The strongest first.
pub(super) fn reasons(near: &Near, common: Common, count: Count, topic: Option<TopicId>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if count.of > 0 {
        reasons.push(Reason::Solved {
            solved: count.solved,
            of: count.of,
        });
    }
    if !common.codes.is_empty() {
        reasons.push(Reason::Codes(common.codes));
    }
    if near.like > 0 {
        reasons.push(Reason::Like(near.like));
    }
    reasons.extend(topic.map(Reason::Topic));
    if !common.words.is_empty() {
        reasons.push(Reason::Words(common.words));
    }
    reasons
}

/// On how many tickets these helped before a moment, and how many of them stay solved. Tickets that are not there for who
/// asks do not count, nor the one that is asked about. A merged ticket counts as the one it went into.
pub(super) fn counted(r: &mut Read, asked: &Asked, kind: TargetKind, ids: &[i64]) -> Result<HashMap<i64, Count>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    // A ticket that stands beside another need not have helped there; what explains it did.
    let how = match kind {
        TargetKind::Ticket | TargetKind::Solution => "l.how = 'used'",
        TargetKind::Article | TargetKind::KnownError => "l.how <> 'dismissed'",
    };
    let mut sql = Sql::new(
        "SELECT l.target, count(*), SUM(CASE WHEN k.status IN ('solved', 'closed') AND NOT EXISTS (
             SELECT 1 FROM event e WHERE e.ticket = k.number AND e.kind = 'reopened' AND e.at >= l.at)
           THEN 1 ELSE 0 END)
         FROM learnt l JOIN ticket t ON t.number = l.ticket
         JOIN ticket k ON k.number = COALESCE(t.merged_into, t.number)
         WHERE ",
    );
    sql.push(how).push(" AND l.kind = ").bind(kind);
    sql.push(" AND l.at >= ").bind(asked.learnt_before.plus(-COUNTED));
    sql.push(" AND l.at < ").bind(asked.learnt_before);
    sql.push(" AND l.ticket <> ").bind(asked.of.unwrap_or(0));
    if !asked.closed_gates.is_empty() {
        sql.push(" AND COALESCE(k.team, 0) NOT IN (");
        sql.bind_list(asked.closed_gates.iter().copied()).push(")");
    }
    sql.push(" AND l.target IN (");
    sql.bind_list(ids.iter().copied()).push(") GROUP BY l.target");
    let rows: Vec<(i64, i64, Option<i64>)> = r.query_sql(&sql)?;
    let count = |(target, of, solved): (i64, i64, Option<i64>)| {
        let solved = solved.unwrap_or(0);
        (target, Count { solved, of })
    };
    Ok(rows.into_iter().map(count).collect())
}
