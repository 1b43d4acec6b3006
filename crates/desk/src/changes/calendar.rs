//! The calendar of changes: what falls between two moments, with those that touch the same service at the same time.

use db::{Read, Sql};

use super::change::{Change, State};
use super::store;
use crate::access::{self, Place};
use crate::clock::{MINUTE, Time};
use crate::context::Context;
use crate::error::Result;
use crate::ids::ChangeNumber;

#[derive(Clone, Debug)]
pub struct Entry {
    pub change: Change,
    /// The others at the same time on one of its services.
    pub overlaps: Vec<ChangeNumber>,
}

/// As many as a person can look at.
const MOST: i64 = 500;

/// In the order in which they begin. What has no time, and what was refused, is on no calendar.
pub fn calendar(r: &mut Read, cx: &Context, from: Time, until: Time) -> Result<Vec<Entry>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(store::SELECT);
    sql.push("NOT removed AND state <> 'refused' AND (begins_at IS NOT NULL OR started_at IS NOT NULL) AND from_at < ")
        .bind(until)
        .push(" AND to_at >= ")
        .bind(from)
        .push(" ORDER BY from_at, number LIMIT ")
        .bind(MOST);
    Ok(entries(store::query(r, &sql)?))
}

fn entries(changes: Vec<Change>) -> Vec<Entry> {
    let meeting = |one: &Change| -> Vec<ChangeNumber> {
        let others = changes
            .iter()
            .filter(|other| other.number != one.number && meet(one, other));
        others.map(|other| other.number).collect()
    };
    let overlaps: Vec<Vec<ChangeNumber>> = changes.iter().map(meeting).collect();
    changes
        .into_iter()
        .zip(overlaps)
        .map(|(change, overlaps)| Entry { change, overlaps })
        .collect()
}

/// At the same time, on the same service. What was taken back meets nothing.
fn meet(one: &Change, other: &Change) -> bool {
    let counts = |change: &Change| change.state != State::BackedOut;
    let shared = one.services.iter().any(|service| other.services.contains(service));
    let apart = one.from_at() >= ends(other) || other.from_at() >= ends(one);
    counts(one) && counts(other) && shared && !apart
}

/// What is done at once takes a minute.
fn ends(change: &Change) -> Time {
    change.to_at().max(change.from_at().plus(MINUTE))
}
