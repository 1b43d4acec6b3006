//! The steps of a ticket, for its page, the API and paper.

use db::{Read, Sql, args};

use super::super::show;
use crate::access::{self, Action, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, StepId, TicketNumber};

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Step {
        pub id: StepId,
        pub ticket: TicketNumber,
        pub words: String,
        pub assignee: Option<PersonId>,
        pub assignee_name: Option<String>,
        pub due: Option<String>,
        pub done_at: Option<Time>,
        pub done_by: Option<PersonId>,
        pub done_by_name: Option<String>,
    }
}

/// Its own in their order, then those of each ticket merged into it that the viewer may see.
pub fn steps(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Step>> {
    access::require(&cx.viewer, Place::Desk)?;
    let ticket = show::find_visible(r, cx, number)?;
    if !access::may(&cx.viewer, Action::Inside, &ticket) {
        return Ok(Vec::new());
    }
    let numbers = show::seen_with_merged(r, cx, number)?;
    let mut sql = Sql::new(
        "SELECT s.id, s.ticket, s.words, s.assignee, a.name AS assignee_name, s.due, s.done_at, s.done_by,
           d.name AS done_by_name
         FROM step s LEFT JOIN person a ON a.id = s.assignee LEFT JOIN person d ON d.id = s.done_by
         WHERE s.gone_at IS NULL AND s.ticket IN (",
    );
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY s.position, s.id");
    let mut all: Vec<Step> = r.query_sql(&sql)?;
    all.sort_by_key(|step| numbers.iter().position(|n| *n == step.ticket));
    Ok(all)
}

db::table! {
    /// One of the viewer's own open steps, and where it is.
    #[derive(Clone, Debug, PartialEq)]
    pub struct MyStep { pub id: StepId, pub ticket: TicketNumber, pub words: String, pub due: Option<String> }
}

db::table! {
    struct Mine {
        id: StepId,
        ticket: TicketNumber,
        /// The ticket it is shown on.
        page: TicketNumber,
        words: String,
        due: Option<String>,
    }
}

/// What the viewer still has to do on tickets that are not done, the next day first.
pub fn my_steps(r: &mut Read, cx: &Context) -> Result<Vec<MyStep>> {
    access::require(&cx.viewer, Place::Desk)?;
    let all: Vec<Mine> = r.query(
        "WITH RECURSIVE up (step, at) AS (
           SELECT id, ticket FROM step WHERE assignee = $1 AND done_at IS NULL AND gone_at IS NULL
           UNION SELECT up.step, t.merged_into FROM up JOIN ticket t ON t.number = up.at
             WHERE t.merged_into IS NOT NULL)
         SELECT s.id, s.ticket, t.number AS page, s.words, s.due
         FROM up JOIN ticket t ON t.number = up.at JOIN step s ON s.id = up.step
         WHERE t.merged_into IS NULL AND t.stage <> 2
         ORDER BY COALESCE(s.due, '9999'), s.id LIMIT 200",
        &args![cx.viewer.person],
    )?;
    let mut seen = Vec::new();
    for step in all {
        if show::find_inside(r, cx, step.ticket).is_ok() && show::find_inside(r, cx, step.page).is_ok() {
            seen.push(MyStep {
                id: step.id,
                ticket: step.page,
                words: step.words,
                due: step.due,
            });
        }
    }
    Ok(seen)
}
