//! What a verb does to the clock besides moving due times: pauses begin and end, the requester waits for a next reply or
//! has it, another policy counts by another calendar. Part of the verb's own transaction.

use db::{Write, args};

use super::marks::{self, Pause, Reason};
use super::rules::Rule;
use super::targets::Target;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::EventKind;
use crate::ids::TicketNumber;
use crate::tickets::{Stage, Status, Ticket};

/// True when the due times must be computed once more.
pub(crate) fn follow(
    tx: &mut Write,
    cx: &Context,
    before: &Ticket,
    ticket: &mut Ticket,
    kind: EventKind,
) -> Result<bool> {
    keep_pause(tx, cx, before, ticket, kind)?;
    let asked = keep_question(tx, cx, before, ticket, kind)?;
    let counts_otherwise = before.policy != ticket.policy;
    if counts_otherwise {
        let rule = cx.house.promises.by_id(ticket.policy);
        count_again(tx, rule, ticket)?;
    }
    if counts_otherwise || before.priority != ticket.priority {
        // Only where the clock of both is the same beside that may it be said that this moved it.
        ticket.settle_clock(rule_targets(cx, ticket));
        tell_moved(tx, cx, before, ticket)?;
    }
    Ok(asked || counts_otherwise)
}

fn rule_targets<'c>(cx: &'c Context, ticket: &Ticket) -> &'c Rule {
    cx.house.promises.by_id(ticket.policy)
}

/// Takes back what an undone verb laid down, or lays down what this one does.
fn keep_pause(tx: &mut Write, cx: &Context, before: &Ticket, ticket: &Ticket, kind: EventKind) -> Result<()> {
    use EventKind::{ReplyUnplanned, ReplyWithdrawn, Undone, Unmerged};
    let undoing = matches!(kind, Undone | ReplyWithdrawn | Unmerged | ReplyUnplanned);
    let number = ticket.number;
    match (before.paused_at, ticket.paused_at) {
        (None, Some(from)) => {
            let again = tx.exec(
                "UPDATE clock_pause SET until_at = NULL WHERE ticket = $1 AND from_at = $2 AND work IS NULL",
                &args![number, from],
            )?;
            if again == 0 {
                marks::pause(tx, &begun(ticket, from))?;
            }
        }
        // It never was: the clock ran on.
        (Some(_), None) if undoing && before.paused_work == ticket.paused_work => {
            let open = "DELETE FROM clock_pause WHERE ticket = $1 AND until_at IS NULL";
            tx.exec(open, &args![number])?;
        }
        (Some(_), None) => {
            tx.exec(
                "UPDATE clock_pause SET until_at = $2 WHERE ticket = $1 AND until_at IS NULL",
                &args![number, cx.now],
            )?;
        }
        _ => {}
    }
    Ok(())
}

fn begun(ticket: &Ticket, from: Time) -> Pause {
    let reason = match ticket.status {
        Status::Pending => Reason::Pending,
        Status::OnHold => Reason::OnHold,
        _ => Reason::Done,
    };
    Pause {
        ticket: ticket.number,
        reason,
        words: ticket.waiting_for.clone(),
        from_at: from,
        until_at: None,
        work: None,
    }
}

/// Whether the requester waits for a next reply: from his first word after one until the next, or until it is done.
fn keep_question(tx: &mut Write, cx: &Context, before: &Ticket, ticket: &mut Ticket, kind: EventKind) -> Result<bool> {
    let spoke = matches!(kind, EventKind::RequesterWrote | EventKind::Reopened)
        && ticket.requester_spoke_at > before.requester_spoke_at;
    if spoke && ticket.replied_at.is_some() && ticket.asked_at.is_none() && ticket.status.stage() != Stage::Done {
        ticket.asked_at = ticket.requester_spoke_at;
        ticket.asked_paused = ticket.paused_work;
        return Ok(true);
    }
    let answered = matches!(kind, EventKind::Replied | EventKind::Called | EventKind::Visited);
    match ticket.asked_at {
        Some(from) if answered || ticket.status.stage() == Stage::Done => {
            marks::answered(tx, ticket.number, cx.now, from, before.answer_due)?;
            (ticket.asked_at, ticket.asked_paused) = (None, 0);
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// The words that answered at that moment were taken back: the requester waits again.
pub(crate) fn unanswered(tx: &mut Write, cx: &Context, ticket: &mut Ticket, at: Time) -> Result<()> {
    if let Some(from) = marks::not_answered(tx, ticket.number, at)? {
        ticket.asked_at = Some(from);
        let calendar = &cx.house.promises.by_id(ticket.policy).calendar;
        let pauses = marks::pauses_of(tx, &[ticket.number])?.remove(&ticket.number);
        ticket.asked_paused = marks::paused_by(calendar, &pauses.unwrap_or_default(), from);
    }
    Ok(())
}

/// Pauses are counted by the calendar of the policy the ticket has now.
fn count_again(tx: &mut Write, rule: &Rule, ticket: &mut Ticket) -> Result<()> {
    if let Some(pauses) = marks::pauses_of(tx, &[ticket.number])?.remove(&ticket.number) {
        ticket.count_pauses(rule, &pauses);
    }
    Ok(())
}

fn tell_moved(tx: &mut Write, cx: &Context, before: &Ticket, ticket: &Ticket) -> Result<()> {
    let words = if before.policy == ticket.policy {
        "priority"
    } else {
        "policy"
    };
    for (target, was, due) in ticket.moved_since(before) {
        marks::moved(tx, ticket.number, cx.now, (target, was, due), ticket.policy, words)?;
    }
    Ok(())
}

impl Ticket {
    /// What its pauses come to by the calendar of this rule.
    pub(crate) fn count_pauses(&mut self, rule: &Rule, pauses: &[Pause]) {
        if pauses.is_empty() {
            return;
        }
        self.paused_work = marks::paused_by(&rule.calendar, pauses, Time::NEVER);
        if let Some(asked) = self.asked_at {
            self.asked_paused = marks::paused_by(&rule.calendar, pauses, asked);
        }
    }

    /// The targets still to be met whose due times differ, with what they were and are.
    pub(crate) fn moved_since(&self, before: &Ticket) -> Vec<(Target, Time, Time)> {
        let open = |target| self.clocks().began(target).is_some();
        let all = [
            (Target::Reply, before.reply_due, self.reply_due),
            (Target::Answer, before.answer_due, self.answer_due),
            (Target::Solve, before.solve_due, self.solve_due),
        ];
        all.into_iter()
            .filter(|(target, was, due)| was != due && open(*target))
            .collect()
    }
}

/// The clock of a ticket that was brought in stood still from then until then.
pub(crate) fn stood_still(tx: &mut Write, number: TicketNumber, from: Time, until: Time) -> Result<()> {
    tx.exec("DELETE FROM clock_pause WHERE ticket = $1", &args![number])?;
    marks::pause(
        tx,
        &Pause {
            ticket: number,
            reason: Reason::Before,
            words: String::new(),
            from_at: from,
            until_at: Some(until),
            work: None,
        },
    )
}
