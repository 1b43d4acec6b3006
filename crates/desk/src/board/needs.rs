//! What needs whoever looks after the desk: what is late, and what nobody has.

use db::Read;

use super::scope::Scope;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::TicketNumber;
use crate::tickets::{self, ListQuery, Order, Row};
use crate::views::{Condition, Who};

/// Lines of each kind.
const LATE: i64 = 5;
const NOBODY: i64 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Late,
    /// Nobody has it.
    Nobody,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub why: Why,
    pub ticket: TicketNumber,
    pub subject: String,
    pub requester: String,
    pub assignee: Option<String>,
    pub due: Time,
    pub since: Time,
}

/// Said with the stage, so that one index serves it.
pub(super) fn late() -> Condition {
    Condition::All(vec![Condition::Active, Condition::Late])
}

/// The latest first, then what nobody has, the soonest due first.
pub(super) fn needs(r: &mut Read, cx: &Context, scope: &Scope) -> Result<Vec<Need>> {
    let nobody = Condition::All(vec![Condition::Assignee(vec![Who::Nobody]), Condition::Active]);
    let mut found = some(r, cx, scope, (late(), LATE), Why::Late)?;
    // What is late and has nobody is said once.
    let known: Vec<TicketNumber> = found.iter().map(|need| need.ticket).collect();
    let mut rest = some(r, cx, scope, (nobody, NOBODY), Why::Nobody)?;
    rest.retain(|need| !known.contains(&need.ticket));
    found.extend(rest);
    Ok(found)
}

fn some(r: &mut Read, cx: &Context, scope: &Scope, what: (Condition, i64), why: Why) -> Result<Vec<Need>> {
    let query = ListQuery {
        condition: scope.condition(what.0),
        order: Order::Due,
        limit: what.1,
        after: None,
    };
    let need = |row: Row| Need {
        why,
        ticket: row.number,
        subject: row.subject,
        requester: row.requester_name,
        assignee: row.assignee_name,
        due: row.next_due,
        since: row.created_at,
    };
    Ok(tickets::list(r, cx, &query)?.rows.into_iter().map(need).collect())
}
