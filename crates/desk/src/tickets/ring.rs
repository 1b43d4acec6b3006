//! The alarm of a ticket's clock: a warning before a promise is missed, the breach itself, and the steps of the policy.
//!
//! When it rings next stands in the row of the ticket, and what has rung in its ledger, once for each beginning of a
//! target. So nothing is lost when a process dies or the machine's clock jumps, and nothing is said twice.

use db::{Read, Write, args};

use super::change::change_admitted;
use super::recompute::set_alarm;
use super::store;
use super::ticket::Ticket;
use crate::access::Viewer;
use crate::clock::Time;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{PersonId, TicketNumber};
use crate::sla::{self, Deed, Moment, Rule, Says};
use crate::tickets::Priority;

/// As many as one round takes; the next comes at once after it.
const ROUND: i64 = 1_000;

/// Everything that is due to ring now.
pub async fn ring_due(desk: &Desk) -> Result<()> {
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let now = cx.now;
    for number in desk.read(move |r| due(r, now)).await? {
        let cx = cx.clone();
        if let Err(e) = desk.write(move |tx| ring(tx, &cx, number)).await {
            // One that cannot ring keeps no other back; it is still due in the next round.
            tracing::warn!(error = %e, ticket = number.0, "the alarm of a ticket failed; it is tried again");
        }
    }
    Ok(())
}

fn due(r: &mut Read, now: Time) -> Result<Vec<TicketNumber>> {
    Ok(r.query(
        "SELECT number FROM ticket WHERE alarm_at <= $1 AND alarm_at < 9223372036854775807 ORDER BY alarm_at, number
         LIMIT $2",
        &args![now, ROUND],
    )?)
}

/// Says what is due on one ticket and was not said. Safe to run twice.
///
/// No event: the ledger's line is the record; a step that changes the ticket writes its own.
pub fn ring(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    store::hold(tx, number)?;
    let ticket = match store::raw(tx, number) {
        Ok(ticket) => ticket,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    if ticket.alarm_at > cx.now {
        return Ok(());
    }
    let rule = cx.house.promises.by_id(ticket.policy);
    for moment in said_by(rule, &ticket).iter().filter(|moment| moment.at <= cx.now) {
        let words = match moment.says {
            Says::Step(place) => rule.steps().get(place).map_or("", |step| step.deed.as_str()),
            _ => "",
        };
        if sla::mark(tx, &ticket, cx.now, moment, words)? {
            act(tx, cx, rule, number, moment)?;
        }
    }
    arm(tx, cx, number)
}

fn said_by(rule: &Rule, ticket: &Ticket) -> Vec<Moment> {
    sla::moments(rule, &rule.targets(ticket.priority), &ticket.clocks(), ticket.status)
}

/// The next moment that was not said yet. A step may have changed the ticket.
fn arm(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    let ticket = store::raw(tx, number)?;
    let rule = cx.house.promises.by_id(ticket.policy);
    for moment in said_by(rule, &ticket) {
        if !sla::marked(tx, number, &moment)? {
            return set_alarm(tx, number, moment.at);
        }
    }
    set_alarm(tx, number, Time::NEVER)
}

fn act(tx: &mut Write, cx: &Context, rule: &Rule, number: TicketNumber, moment: &Moment) -> Result<()> {
    // As the step before has left it.
    let ticket = store::raw(tx, number)?;
    let leads = sla::leads_of(tx, ticket.team)?;
    let own = ticket.assignee.map_or(leads.clone(), |person| vec![person]);
    let place = match moment.says {
        Says::Warning => return sla::tell(tx, cx, &ticket, moment, &own),
        Says::Breach => return Ok(()),
        Says::Step(place) => place,
    };
    let Some(step) = rule.steps().get(place) else {
        return Ok(());
    };
    match step.deed {
        Deed::TellAssignee => sla::tell(tx, cx, &ticket, moment, &own),
        Deed::TellLeads => sla::tell(tx, cx, &ticket, moment, &leads),
        Deed::TellPerson => sla::tell(tx, cx, &ticket, moment, step.person.as_slice()),
        Deed::RaisePriority => raise(tx, cx, &ticket),
        Deed::BackToTeam => give_back(tx, cx, &ticket),
    }
}

fn raise(tx: &mut Write, cx: &Context, ticket: &Ticket) -> Result<()> {
    let next = match ticket.priority {
        Priority::Low => Priority::Normal,
        Priority::Normal => Priority::High,
        Priority::High => Priority::Urgent,
        Priority::Urgent => return Ok(()),
    };
    let raised = change_admitted(tx, cx, ticket, EventKind::Edited, |_, ticket| {
        (ticket.priority, ticket.priority_set) = (next, true);
        Ok(None)
    });
    raised.map(drop)
}

fn give_back(tx: &mut Write, cx: &Context, ticket: &Ticket) -> Result<()> {
    if ticket.assignee.is_none() {
        return Ok(());
    }
    let given = change_admitted(tx, cx, ticket, EventKind::Assigned, |_, ticket| {
        ticket.assignee = None;
        Ok(None)
    });
    given.map(drop)
}
