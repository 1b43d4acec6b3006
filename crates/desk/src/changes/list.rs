//! The log, the newest first, page by page; and one change of it.

use db::{Read, Sql, args};

use super::approve::{may_decide, services_of};
use super::change::{Change, State};
use super::store;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{ChangeNumber, ServiceId};

/// What is asked for; what is left out narrows nothing.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub states: Vec<State>,
    pub service: Option<ServiceId>,
    /// From this instant on, and before that one.
    pub from: Option<Time>,
    pub until: Option<Time>,
    /// The last line of the page before.
    pub before: Option<(Time, ChangeNumber)>,
    /// At most 200; 0 stands for 50.
    pub limit: i64,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub changes: Vec<Change>,
    /// Where the next page begins.
    pub next: Option<(Time, ChangeNumber)>,
}

pub fn list(r: &mut Read, cx: &Context, asked: &Asked) -> Result<Page> {
    access::require(&cx.viewer, Place::Desk)?;
    let limit = if asked.limit <= 0 { 50 } else { asked.limit.min(200) };
    let mut changes = store::query(r, &question(asked, limit + 1))?;
    let shown = usize::try_from(limit).unwrap_or(0);
    let more = changes.len() > shown;
    changes.truncate(shown);
    let next = changes
        .last()
        .filter(|_| more)
        .map(|change| (change.from_at(), change.number));
    Ok(Page { changes, next })
}

fn question(asked: &Asked, limit: i64) -> Sql {
    let mut sql = Sql::new(store::SELECT);
    sql.push("NOT removed");
    if !asked.states.is_empty() {
        sql.push(" AND state IN (").bind_list(asked.states.clone()).push(")");
    }
    if let Some(service) = asked.service {
        sql.push(" AND number IN (SELECT change FROM change_service WHERE service = ")
            .bind(service)
            .push(")");
    }
    if let Some(from) = asked.from {
        sql.push(" AND from_at >= ").bind(from);
    }
    if let Some(until) = asked.until {
        sql.push(" AND from_at < ").bind(until);
    }
    if let Some((at, number)) = asked.before {
        sql.push(" AND (from_at, number) < (")
            .bind(at)
            .push(", ")
            .bind(number)
            .push(")");
    }
    sql.push(" ORDER BY from_at DESC, number DESC LIMIT ").bind(limit);
    sql
}

pub fn find(r: &mut Read, cx: &Context, number: ChangeNumber) -> Result<Change> {
    access::require(&cx.viewer, Place::Desk)?;
    store::load(r, number)
}

/// Whether the viewer may say yes or no to it: what its page offers.
pub fn may_decide_on(r: &mut Read, cx: &Context, change: &Change) -> Result<bool> {
    access::require(&cx.viewer, Place::Desk)?;
    let answered = services_of(r, cx)?;
    Ok(change.state == State::Asked && may_decide(&cx.viewer, change, &answered).is_ok())
}

/// How many wait for somebody to approve them.
pub fn waiting_for_approval(r: &mut Read, cx: &Context) -> Result<i64> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.one(
        "SELECT count(*) FROM system_change WHERE state = 'asked' AND NOT removed",
        &args![],
    )?)
}
