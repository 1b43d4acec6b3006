//! The problems, the newest first, and what happened with one.

use db::{Read, Sql, args};

use super::problem::{Problem, ProblemState};
use super::store;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::ids::{EventId, PersonId, ProblemNumber};
use crate::tickets;

/// Problems of one page.
pub const ON_A_PAGE: usize = 50;

db::table! {
    /// A problem as a list shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Row {
        pub number: ProblemNumber,
        pub state: ProblemState,
        pub known_at: Option<Time>,
        pub title_en: String,
        pub title_fr: String,
        pub owner: Option<PersonId>,
        pub owner_name: Option<String>,
        pub opened_at: Time,
        pub changed_at: Time,
    }
}

#[derive(Clone, Debug)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Where the next page begins: before this one.
    pub next: Option<ProblemNumber>,
}

/// Those in these states.
pub fn list(r: &mut Read, cx: &Context, states: &[ProblemState], before: Option<ProblemNumber>) -> Result<Page> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(
        "SELECT b.number, b.state, b.known_at, b.title_en, b.title_fr, b.owner, p.name AS owner_name, b.opened_at,
           b.changed_at
         FROM problem b LEFT JOIN person p ON p.id = b.owner WHERE b.state IN (",
    );
    sql.bind_list(states.iter().copied()).push(")");
    if let Some(before) = before {
        sql.push(" AND b.number < ").bind(before);
    }
    sql.push(" ORDER BY b.number DESC LIMIT ")
        .bind(i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX));
    let mut rows: Vec<Row> = r.query_sql(&sql)?;
    let more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    let next = rows.last().map(|row| row.number).filter(|_| more);
    Ok(Page { rows, next })
}

pub fn find(r: &mut Read, cx: &Context, number: ProblemNumber) -> Result<Problem> {
    access::require(&cx.viewer, Place::Desk)?;
    store::load(r, number)
}

/// Lines of a history that are read at most.
const MOST_LINES: i64 = 200;

// The kinds are those of the index `event_problem`, word for word, or the planner does not see that it may use it.
const OF_PROBLEM: &str = "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request FROM event
    WHERE subject = $1 AND kind IN ('problem_opened', 'problem_edited', 'problem_known', 'problem_fix_found',
      'problem_solved', 'problem_reopened', 'problem_closed', 'problem_linked', 'problem_unlinked', 'problem_undone')
    ORDER BY id DESC LIMIT $2";

/// What happened with it, the newest first. Lines about tickets that are not there for the viewer are left out.
pub fn history(r: &mut Read, cx: &Context, number: ProblemNumber) -> Result<Vec<Event>> {
    find(r, cx, number)?;
    let lines: Vec<Event> = r.query(OF_PROBLEM, &args![number, MOST_LINES])?;
    let mut told = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(ticket) = line.ticket {
            match tickets::find_inside(r, cx, ticket) {
                Ok(_) => {}
                Err(Error::NotFound) => continue,
                Err(other) => return Err(other),
            }
        }
        told.push(line);
    }
    Ok(told)
}

/// One line of a problem, if the viewer did it himself: what he may be offered to undo.
pub fn own_event(r: &mut Read, cx: &Context, number: ProblemNumber, id: EventId) -> Result<Event> {
    find(r, cx, number)?;
    let event = crate::events::find(r, id)?;
    let of_it = event.subject == Some(number.0) && event.kind.as_str().starts_with("problem_");
    if of_it && event.actor == Some(cx.viewer.person) {
        Ok(event)
    } else {
        Err(Error::NotFound)
    }
}

/// How the database would run the history, for the plan tests.
pub fn history_plan(r: &mut Read) -> Result<String> {
    Ok(r.plan(OF_PROBLEM, &args![1_i64, MOST_LINES])?)
}
