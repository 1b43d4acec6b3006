//! Reading the audit log, newest first, page by page: for administrators.

use std::collections::BTreeMap;

use db::{Read, Sql, args};

use super::policy::{Place, require};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::PersonId;

db::table! {
    #[derive(Clone, Debug)]
    pub struct AuditLine {
        pub id: i64,
        pub at: Time,
        pub actor: Option<PersonId>,
        pub action: String,
        pub subject: String,
        pub data: String,
    }
}

impl AuditLine {
    /// The person the line is about, when it is about one.
    pub fn person(&self) -> Option<PersonId> {
        let id = self.subject.strip_prefix("person ")?;
        id.parse().ok().map(PersonId)
    }
}

/// Whose hand it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Person(PersonId),
    /// The command line, jobs and intake.
    Desk,
}

#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    pub hand: Option<Hand>,
    pub action: Option<String>,
    /// From this instant on.
    pub from: Option<Time>,
    /// Before this instant.
    pub until: Option<Time>,
    /// The last line of the page before.
    pub after: Option<(Time, i64)>,
    /// At most 200; 0 stands for 50.
    pub limit: i64,
}

#[derive(Clone, Debug)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    /// The names of everybody these lines speak of.
    pub names: BTreeMap<PersonId, String>,
    pub next: Option<(Time, i64)>,
}

pub fn read(r: &mut Read, cx: &Context, asked: &AuditQuery) -> Result<AuditPage> {
    require(&cx.viewer, Place::Admin)?;
    let limit = if asked.limit <= 0 { 50 } else { asked.limit.min(200) };
    let mut lines: Vec<AuditLine> = r.query_sql(&query(asked, limit + 1))?;
    let shown = usize::try_from(limit).unwrap_or(0);
    let more = lines.len() > shown;
    lines.truncate(shown);
    let next = lines.last().filter(|_| more).map(|line| (line.at, line.id));
    let names = names(r, &lines)?;
    Ok(AuditPage { lines, names, next })
}

fn query(asked: &AuditQuery, limit: i64) -> Sql {
    let mut sql = Sql::new("SELECT id, at, actor, action, subject, data FROM audit WHERE 1 = 1");
    match asked.hand {
        Some(Hand::Person(person)) => {
            sql.push(" AND actor = ").bind(person);
        }
        // What has no person is written down without one, or as person 0.
        Some(Hand::Desk) => {
            sql.push(" AND (actor IS NULL OR actor = 0)");
        }
        None => {}
    }
    if let Some(action) = &asked.action {
        sql.push(" AND action = ").bind(action.clone());
    }
    if let Some(from) = asked.from {
        sql.push(" AND at >= ").bind(from);
    }
    if let Some(until) = asked.until {
        sql.push(" AND at < ").bind(until);
    }
    if let Some((at, id)) = asked.after {
        sql.push(" AND (at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(limit);
    sql
}

/// How the database would run such a question, for the plan tests.
pub fn plan(r: &mut Read, asked: &AuditQuery) -> Result<String> {
    let sql = query(asked, 51);
    Ok(r.plan(&sql.text(), sql.args())?)
}

fn names(r: &mut Read, lines: &[AuditLine]) -> Result<BTreeMap<PersonId, String>> {
    let mut sql = Sql::new("SELECT id, name FROM person WHERE id IN (");
    sql.bind_list(lines.iter().flat_map(|line| [line.actor, line.person()]).flatten());
    sql.push(")");
    let rows: Vec<(PersonId, String)> = r.query_sql(&sql)?;
    Ok(rows.into_iter().collect())
}

/// Every kind of line there is: one step of the index for each, never the whole log.
pub fn actions(r: &mut Read, cx: &Context) -> Result<Vec<String>> {
    require(&cx.viewer, Place::Admin)?;
    let mut known: Vec<String> = Vec::new();
    loop {
        let last = known.last().map_or("", String::as_str);
        let next: Option<String> = r.maybe(
            "SELECT action FROM audit WHERE action > $1 ORDER BY action LIMIT 1",
            &args![last],
        )?;
        let Some(next) = next else { return Ok(known) };
        known.push(next);
    }
}
