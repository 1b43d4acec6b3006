//! The clock of one ticket: when its promises fall due, how pauses move them, and when it has something to say.
//!
//! Due times are always computed anew from the opening, the target and the working time spent paused, so that no
//! sequence of pauses, changes of priority or undos can make them drift.

use worktime::Calendar;

use super::rules::Rule;
use super::targets::{Target, Targets};
use crate::clock::Time;
use crate::tickets::{Stage, Status};

/// The part of a ticket that its clock needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    pub created_at: Time,
    pub replied_at: Option<Time>,
    /// Since when its requester waits for a next reply, and the working time that had been paused by then.
    pub asked_at: Option<Time>,
    pub asked_paused: i64,
    pub paused_work: i64,
}

impl Clocks {
    /// When the clock of a target began, and what was paused since; nothing while it does not run.
    pub fn began(&self, target: Target) -> Option<(Time, i64)> {
        let opened = (self.created_at, self.paused_work);
        match target {
            Target::Reply => self.replied_at.is_none().then_some(opened),
            Target::Answer => {
                let since = self.paused_work.saturating_sub(self.asked_paused);
                self.asked_at.map(|at| (at, since))
            }
            Target::Solve => Some(opened),
        }
    }
}

/// When each promise falls due, and which is next; never where nothing is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dues {
    pub reply: Time,
    pub answer: Time,
    pub solve: Time,
    pub next: Time,
}

/// While a ticket waits or is done nothing is next due. The first reply keeps its due time once it was given.
pub fn dues(calendar: &Calendar, targets: &Targets, clocks: &Clocks, status: Status) -> Dues {
    let due = |from: Time, paused: i64, work: Option<i64>| {
        let at = work.and_then(|work| calendar.add(from.0, work.saturating_add(paused)));
        at.map_or(Time::NEVER, Time)
    };
    let reply = due(clocks.created_at, clocks.paused_work, targets.reply);
    let solve = due(clocks.created_at, clocks.paused_work, targets.solve);
    let answer = match clocks.began(Target::Answer) {
        Some((from, paused)) => due(from, paused, targets.answer),
        None => Time::NEVER,
    };
    let next = match (status.stage(), clocks.replied_at) {
        (Stage::Active, None) => reply.min(answer).min(solve),
        (Stage::Active, Some(_)) => answer.min(solve),
        _ => Time::NEVER,
    };
    Dues {
        reply,
        answer,
        solve,
        next,
    }
}

/// What the clock has to say at its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    Warning,
    Breach,
    /// The step of the policy that stands at that place, from 0.
    Step(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Time,
    pub target: Target,
    /// When the clock of the target began: a moment comes once for each beginning.
    pub from: Time,
    /// When the target falls due.
    pub due: Time,
    pub says: Says,
}

/// Everything the clock will say or has said while it runs as it runs now, the earliest first.
pub fn moments(rule: &Rule, targets: &Targets, clocks: &Clocks, status: Status) -> Vec<Moment> {
    let mut all = Vec::new();
    if status.stage() != Stage::Active {
        return all;
    }
    for target in Target::ALL.iter().copied() {
        let (Some(work), Some((from, paused))) = (targets.of(target), clocks.began(target)) else {
            continue;
        };
        let at = |work: i64| rule.calendar.add(from.0, work.saturating_add(paused)).map(Time);
        let Some(due) = at(work) else { continue };
        let mut say = |at: Time, says| {
            all.push(Moment {
                at,
                target,
                from,
                due,
                says,
            });
        };
        if let Some(warned) = rule.warning().and_then(|warning| at(warning.work(work))) {
            say(warned, Says::Warning);
        }
        // What is done on the stroke is kept.
        say(due.plus(1), Says::Breach);
        for (place, step) in rule
            .steps()
            .iter()
            .enumerate()
            .filter(|(_, step)| step.target == target)
        {
            if let Some(reached) = at(step.work(work)) {
                say(reached.max(from), Says::Step(place));
            }
        }
    }
    all.sort_by_key(|moment| moment.at);
    all
}

/// Working time that passed while the clock stood still.
pub fn work_paused(calendar: &Calendar, from: Time, to: Time) -> i64 {
    calendar.between(from.0, to.0).max(0)
}
