//! Who has what now: by name, one bead a ticket, the soonest due first. Never an order by how much.

use std::collections::BTreeMap;

use db::{Read, Sql};

use super::scope::Scope;
use super::sums::Sum;
use crate::clock::{HOUR, MINUTE, Time};
use crate::context::Context;
use crate::error::Result;
use crate::ids::PersonId;

/// Tickets of one person that are drawn; the others are a number.
pub const BEADS: usize = 24;
/// People that are shown.
const MOST: i64 = 60;
/// Who asked for a page within so long is here.
const HERE: i64 = 15 * MINUTE;
/// Due within so long is due soon.
const SOON: i64 = HOUR;

db::text_enum! {
    /// How one ticket stands.
    pub enum Hand { Late => "late", Soon => "soon", Fine => "ok", Waiting => "wait" }
}

/// What one person has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    pub person: PersonId,
    pub name: String,
    pub here: bool,
    /// At most [`BEADS`], late ones first, what waits last.
    pub beads: Vec<Hand>,
    /// All he has, drawn or not.
    pub total: i64,
}

impl Load {
    pub fn count(&self, hand: Hand) -> i64 {
        let found = self.beads.iter().filter(|bead| **bead == hand).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    }

    /// How many are not drawn.
    pub fn more(&self) -> i64 {
        self.total - i64::try_from(self.beads.len()).unwrap_or(0)
    }
}

db::table! {
    struct Found { person: PersonId, name: String, seen_at: Option<Time> }
}

pub(super) fn loads(r: &mut Read, cx: &Context, scope: &Scope, held: &[Sum], waiting: &[Sum]) -> Result<Vec<Load>> {
    let in_hand = |sums: &[Sum]| {
        let mut by: BTreeMap<i64, i64> = BTreeMap::new();
        for sum in sums {
            *by.entry(sum.part).or_default() += sum.n;
        }
        by
    };
    let (held, waiting) = (in_hand(held), in_hand(waiting));
    let found: Vec<Found> = r.query_sql(&members(scope))?;
    let mut loads = Vec::with_capacity(found.len());
    for one in found {
        let of = |by: &BTreeMap<i64, i64>| by.get(&one.person.0).copied().unwrap_or(0);
        let (active, waits) = (of(&held), of(&waiting));
        let mut beads = Vec::new();
        if active > 0 {
            beads = r
                .query_sql::<Time>(&due(scope, one.person))?
                .into_iter()
                .map(|due| hand(due, cx.now))
                .collect();
        }
        let room = BEADS.saturating_sub(beads.len());
        beads.extend(std::iter::repeat_n(
            Hand::Waiting,
            room.min(usize::try_from(waits).unwrap_or(0)),
        ));
        loads.push(Load {
            here: one.seen_at.is_some_and(|at| cx.now.since(at) <= HERE),
            person: one.person,
            name: one.name,
            total: (active + waits).max(i64::try_from(beads.len()).unwrap_or(0)),
            beads,
        });
    }
    loads.sort_by_cached_key(|load| crate::words::fold(&load.name));
    Ok(loads)
}

fn hand(due: Time, now: Time) -> Hand {
    match due {
        due if due <= now => Hand::Late,
        due if due.since(now) <= SOON => Hand::Soon,
        _ => Hand::Fine,
    }
}

/// The members of the teams; of the whole desk, its staff.
fn members(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT p.id AS person, p.name, (SELECT MAX(s.seen_at) FROM session s WHERE s.person = p.id) AS seen_at
         FROM person p WHERE p.role IN ('technician', 'supervisor', 'admin') AND NOT p.suspended
           AND p.merged_into IS NULL",
    );
    if let Some(teams) = &scope.teams {
        sql.push(" AND p.id IN (SELECT person FROM membership WHERE team IN (")
            .bind_list(teams.iter().copied())
            .push("))");
    }
    sql.push(" ORDER BY p.name, p.id LIMIT ").bind(MOST);
    sql
}

fn due(scope: &Scope, person: PersonId) -> Sql {
    let mut sql = Sql::new("SELECT next_due FROM ticket WHERE stage = 0 AND merged_into IS NULL AND assignee = ");
    sql.bind(person);
    scope.narrow_tickets(&mut sql);
    sql.push(" ORDER BY next_due, number LIMIT ")
        .bind(i64::try_from(BEADS).unwrap_or(i64::MAX));
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_late_when_its_moment_has_come() {
        let now = Time(1_794_928_920_000_000);
        for (after, found) in [
            (0, Hand::Late),
            (1, Hand::Soon),
            (HOUR, Hand::Soon),
            (HOUR + 1, Hand::Fine),
        ] {
            assert_eq!(hand(now.plus(after), now), found, "{after}");
        }
        assert_eq!(hand(Time::NEVER, now), Hand::Fine, "nothing was promised");
    }
}
