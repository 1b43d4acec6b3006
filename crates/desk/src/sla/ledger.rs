//! The ledger of a ticket's clock: when it started and why then, when it stood still and why, what moved a due time, and
//! what became of each promise. Read from the row of the ticket, its pauses and what its clock said.

use db::Read;

use super::marks::{self, Mark, MarkKind, Pause, Reason};
use super::policy::Deed;
use super::rules::Rule;
use super::targets::Target;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::TicketNumber;
use crate::tickets::{self, Ticket};
use crate::words::Both;

db::text_enum! {
    pub enum LineKind {
        Started => "started",
        Paused => "paused",
        Asked => "asked",
        Moved => "moved",
        Warned => "warned",
        Breached => "breached",
        Step => "step",
        Kept => "kept",
        Missed => "missed",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub at: Time,
    pub kind: LineKind,
    pub target: Option<Target>,
    /// Of a pause: when it ended; it lasts while there is none.
    pub until: Option<Time>,
    pub due: Option<Time>,
    /// Of a start: when the ticket was opened. Of a due time that moved: what it was.
    pub was: Option<Time>,
    pub reason: Option<Reason>,
    pub deed: Option<Deed>,
    /// Whom or what it waited for; what moved it: `policy`, `priority` or `recomputed`.
    pub words: String,
}

#[derive(Clone, Debug)]
pub struct Ledger {
    pub number: TicketNumber,
    /// The policy it has; none: the house's own targets.
    pub policy: Option<Both>,
    /// What is promised, and when it is due; in working microseconds.
    pub targets: Vec<(Target, i64, Time)>,
    /// In the order of time.
    pub lines: Vec<Line>,
}

/// For technicians who see the ticket.
pub fn ledger(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Ledger> {
    let ticket = tickets::find_inside(r, cx, number)?;
    let rule = cx.house.promises.by_id(ticket.policy);
    let pauses = marks::pauses_of(r, &[number])?.remove(&number).unwrap_or_default();
    let marks = marks::marks_of(r, number)?;
    Ok(Ledger {
        number,
        policy: rule.policy.as_ref().map(|policy| policy.says.name.clone()),
        targets: promised(rule, &ticket),
        lines: lines(rule, &ticket, &pauses, &marks),
    })
}

fn promised(rule: &Rule, ticket: &Ticket) -> Vec<(Target, i64, Time)> {
    let targets = rule.targets(ticket.priority);
    let each = Target::ALL.iter().copied();
    each.filter_map(|target| Some((target, targets.of(target)?, due_of(ticket, target))))
        .collect()
}

fn due_of(ticket: &Ticket, target: Target) -> Time {
    match target {
        Target::Reply => ticket.reply_due,
        Target::Answer => ticket.answer_due,
        Target::Solve => ticket.solve_due,
    }
}

/// Pure, so that its test is a table.
fn lines(rule: &Rule, ticket: &Ticket, pauses: &[Pause], marks: &[Mark]) -> Vec<Line> {
    let opened = ticket.created_at;
    let started = rule.calendar.next_open(opened.0).map_or(opened, Time);
    let mut all = vec![Line {
        was: Some(opened),
        ..line(started, LineKind::Started)
    }];
    all.extend(pauses.iter().map(|pause| Line {
        until: pause.until_at,
        reason: Some(pause.reason),
        words: pause.words.clone(),
        ..line(pause.from_at, LineKind::Paused)
    }));
    if let Some(asked) = ticket.asked_at.filter(|_| ticket.answer_due != Time::NEVER) {
        all.push(Line {
            target: Some(Target::Answer),
            due: Some(ticket.answer_due),
            ..line(asked, LineKind::Asked)
        });
    }
    let met = [(Target::Reply, ticket.replied_at), (Target::Solve, ticket.solved_at)];
    for (target, at) in met {
        all.extend(at.and_then(|at| outcome(target, at, due_of(ticket, target))));
    }
    all.extend(marks.iter().filter_map(told));
    all.sort_by_key(|line| line.at);
    all
}

fn line(at: Time, kind: LineKind) -> Line {
    Line {
        at,
        kind,
        target: None,
        until: None,
        due: None,
        was: None,
        reason: None,
        deed: None,
        words: String::new(),
    }
}

/// Kept or missed, where there was something to keep.
fn outcome(target: Target, at: Time, due: Time) -> Option<Line> {
    let kind = if at <= due { LineKind::Kept } else { LineKind::Missed };
    (due != Time::NEVER).then(|| Line {
        target: Some(target),
        due: Some(due),
        ..line(at, kind)
    })
}

fn told(mark: &Mark) -> Option<Line> {
    let kind = match mark.kind {
        MarkKind::Kept => return outcome(mark.target, mark.at, mark.due_at),
        MarkKind::Warned => LineKind::Warned,
        MarkKind::Breached => LineKind::Breached,
        MarkKind::Step => LineKind::Step,
        MarkKind::Moved => LineKind::Moved,
    };
    Some(Line {
        target: Some(mark.target),
        due: Some(mark.due_at),
        was: mark.due_was,
        deed: Deed::parse(&mark.words),
        words: mark.words.clone(),
        ..line(mark.at, kind)
    })
}
