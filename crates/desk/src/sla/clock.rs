//! The clock of one ticket: when its promises fall due, and how pauses move them.
//!
//! Due times are always computed anew from the opening, the target and the working time spent paused, so that no
//! sequence of pauses, changes of priority or undos can make them drift.

use worktime::Calendar;

use super::targets::targets;
use crate::clock::Time;
use crate::tickets::{Priority, Status};

/// The part of a ticket that its clock needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    pub created_at: Time,
    pub replied_at: Option<Time>,
    pub paused_work: i64,
    pub reply_due: Time,
    pub solve_due: Time,
    pub next_due: Time,
}

/// Due times for this priority and status. While a ticket waits or is done nothing is next due.
pub fn recompute(calendar: &Calendar, clocks: Clocks, priority: Priority, status: Status) -> Clocks {
    let target = targets(priority);
    let due = |work: i64| {
        calendar
            .add(clocks.created_at.0, work.saturating_add(clocks.paused_work))
            .map_or(Time::NEVER, Time)
    };
    let (reply_due, solve_due) = (due(target.reply), due(target.solve));
    let next_due = match status {
        Status::New | Status::Open if clocks.replied_at.is_none() => reply_due.min(solve_due),
        Status::New | Status::Open => solve_due,
        Status::Pending | Status::OnHold | Status::Solved | Status::Closed => Time::NEVER,
    };
    Clocks {
        reply_due,
        solve_due,
        next_due,
        ..clocks
    }
}

/// Working time that passed while the clock stood still.
pub fn work_paused(calendar: &Calendar, from: Time, to: Time) -> i64 {
    calendar.between(from.0, to.0).max(0)
}
