//! Who has it: assign to a technician, take it oneself, or release it to the team.

use db::{Write, args};

use super::change::{Changed, change};
use super::ticket::Status;
use crate::access::Role;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{PersonId, TeamId, TicketNumber};

/// Gives the ticket to a technician. A new ticket becomes open; a requester or a suspended person is refused.
pub fn assign(tx: &mut Write, cx: &Context, number: TicketNumber, to: PersonId) -> Result<Changed> {
    must_be_technician(tx, to)?;
    change(tx, cx, number, EventKind::Assigned, |_, ticket| {
        if ticket.assignee != Some(to) {
            // Whoever gets it must see it; the one before him put it away.
            ticket.snoozed_until = None;
        }
        ticket.assignee = Some(to);
        if ticket.status == Status::New {
            ticket.become_status(Status::Open, cx.now, &cx.house);
        }
        Ok(Some(to.0))
    })
}

pub(super) fn must_be_technician(tx: &mut Write, person: PersonId) -> Result<()> {
    let role: Option<Role> = tx.maybe(
        "SELECT role FROM person WHERE id = $1 AND NOT suspended AND merged_into IS NULL",
        &args![person],
    )?;
    if role.is_none_or(|role| role < Role::Technician) {
        return Err(Error::refused("assignee", "refused-not-a-technician"));
    }
    Ok(())
}

/// To a technician, or to nobody, as part of something else that the event names.
pub(crate) fn given_to(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    event: EventKind,
    to: Option<PersonId>,
) -> Result<Changed> {
    change(tx, cx, number, event, |_, ticket| {
        if ticket.assignee != to {
            ticket.snoozed_until = None;
        }
        ticket.assignee = to;
        if to.is_some() && ticket.status == Status::New {
            ticket.become_status(Status::Open, cx.now, &cx.house);
        }
        Ok(to.map(|person| person.0))
    })
}

/// Where a ticket stands after it was handed over, taken over or sent back.
pub(crate) struct Given {
    pub team: Option<TeamId>,
    pub assignee: Option<PersonId>,
    /// On hold for them, by the name they are known by. Otherwise somebody here acts.
    pub waiting_for: Option<String>,
}

/// To a team and a person at once, as part of something else that the event names.
pub(crate) fn handed_on(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    (event, subject): (EventKind, i64),
    given: &Given,
) -> Result<Changed> {
    change(tx, cx, number, event, |_, ticket| {
        // Whoever gets it must see it; the one before him put it away.
        ticket.snoozed_until = None;
        (ticket.team, ticket.assignee) = (given.team, given.assignee);
        match &given.waiting_for {
            Some(whom) => {
                ticket.become_status(Status::OnHold, cx.now, &cx.house);
                ticket.waiting_for.clone_from(whom);
            }
            None if ticket.status != Status::New || given.assignee.is_some() => {
                ticket.become_status(Status::Open, cx.now, &cx.house);
            }
            None => {}
        }
        Ok(Some(subject))
    })
}

pub fn take(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    assign(tx, cx, number, cx.viewer.person)
}

/// Nobody's again: it shows under Unassigned.
pub fn release(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    change(tx, cx, number, EventKind::Assigned, |_, ticket| {
        ticket.assignee = None;
        // Put away it would be nobody's and stand nowhere.
        ticket.snoozed_until = None;
        Ok(None)
    })
}
