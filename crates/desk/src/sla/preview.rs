//! What a change of a policy or a calendar would move: the same computation as the batches that apply it, over every open
//! ticket, without writing.

use db::Read;

use super::add::checked;
use super::policy::{NewPolicy, Policy};
use super::rules::Rules;
use super::store;
use super::targets::Target;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::house::House;
use crate::ids::{PolicyId, TicketNumber};
use crate::tickets::{open_after, recomputed};

/// One due time that moves. By its number alone: an administrator need not see into every team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub number: TicketNumber,
    pub target: Target,
    pub was: Time,
    pub due: Time,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// How many tickets are open.
    pub open: i64,
    /// How many of them move.
    pub tickets: i64,
    /// The first of them, in their order.
    pub first: Vec<Move>,
}

const SHOWN: usize = 50;
const BATCH: i64 = 1_000;

/// What it would move if this policy were written so: one that is there, or a new one.
pub fn preview_of(r: &mut Read, cx: &Context, id: Option<PolicyId>, new: &NewPolicy) -> Result<Preview> {
    access::require(&cx.viewer, Place::Admin)?;
    checked(r, cx, new)?;
    let mut all = store::all(r)?;
    let says = new.clone();
    match all.iter_mut().find(|policy| Some(policy.id) == id) {
        Some(policy) => policy.says = says,
        None => all.push(Policy {
            // Behind all others, as it is added.
            id: PolicyId(i64::MAX),
            place: i64::MAX,
            retired: false,
            says,
        }),
    }
    let mut house = House::clone(&cx.house);
    house.promises = Rules::of(r, all, &cx.house.calendar)?;
    preview(r, cx, &house)
}

/// What it would move if the house were so.
pub fn preview(r: &mut Read, cx: &Context, house: &House) -> Result<Preview> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut seen = Preview::default();
    let mut after = TicketNumber(0);
    loop {
        let batch = open_after(r, after, BATCH)?;
        let Some((last, _)) = batch.last() else {
            return Ok(seen);
        };
        after = last.number;
        for (ticket, pauses) in &batch {
            seen.open += 1;
            let moved = recomputed(house, ticket, pauses).moved_since(ticket);
            seen.tickets += i64::from(!moved.is_empty());
            let room = SHOWN.saturating_sub(seen.first.len());
            seen.first
                .extend(moved.into_iter().take(room).map(|(target, was, due)| Move {
                    number: ticket.number,
                    target,
                    was,
                    due,
                }));
        }
    }
}
