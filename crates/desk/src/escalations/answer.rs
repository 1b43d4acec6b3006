//! What the receiving side answers: it takes the work, or sends it back with a reason.

use db::{Write, args};

use super::escalation::{Escalation, Kind, Recorded, State};
use super::hand_over::{recorded, workable};
use super::store;
use crate::access::{Role, Viewer};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EscalationId, EventId, PersonId};
use crate::tickets::{self, Given, Status, Ticket};

/// Whoever takes it has the work; the requester keeps his contact.
pub fn accept(tx: &mut Write, cx: &Context, id: EscalationId) -> Result<Recorded> {
    let (mut escalation, ticket) = held(tx, cx, id)?;
    if escalation.state != State::Waiting {
        return Err(Error::Conflict("conflict-escalation-answered"));
    }
    may_be_answered(&cx.viewer, &escalation)?;
    let event = (EventKind::EscalationAccepted, id.0);
    let event = match escalation.kind {
        Kind::Group => told(tx, cx, &ticket, event)?,
        Kind::Team | Kind::Supervisor => {
            let given = Given {
                team: escalation.to_team.or(ticket.team),
                assignee: Some(cx.viewer.person),
                waiting_for: None,
            };
            tickets::handed_on(tx, cx, ticket.number, event, &given)?.event
        }
    };
    escalation.state = State::Accepted;
    (escalation.taken_by, escalation.event) = (Some(cx.viewer.person), Some(event));
    store::save(tx, &escalation)?;
    recorded(&escalation)
}

/// Back to where it was, and why. Also of what was taken: that it belongs elsewhere is often seen later.
pub fn send_back(tx: &mut Write, cx: &Context, id: EscalationId, reason: &str) -> Result<Recorded> {
    let (mut escalation, ticket) = held(tx, cx, id)?;
    let latest = store::latest(tx, ticket.number)?;
    if !escalation.is_out() || latest.is_some_and(|one| one.id != id) {
        return Err(Error::Conflict("conflict-escalation-answered"));
    }
    may_be_answered(&cx.viewer, &escalation)?;
    Checks::default().text(reason, 5000, "reason").done()?;
    let event = (EventKind::EscalationReturned, id.0);
    let event = if escalation.kind == Kind::Supervisor && escalation.state == State::Waiting {
        told(tx, cx, &ticket, event)?
    } else {
        let given = Given {
            team: escalation.from_team,
            assignee: still_here(tx, escalation.from_assignee)?,
            waiting_for: None,
        };
        tickets::handed_on(tx, cx, ticket.number, event, &given)?.event
    };
    store::set_return(tx, &escalation, reason.trim(), Some(cx.viewer.person), Some(cx.now))?;
    escalation.state = State::Returned;
    escalation.event = Some(event);
    store::save(tx, &escalation)?;
    recorded(&escalation)
}

/// The escalation and its ticket, for whoever may work on it; what was read before the ticket was held is read again.
pub(super) fn held(tx: &mut Write, cx: &Context, id: EscalationId) -> Result<(Escalation, Ticket)> {
    let number = store::load(tx, id)?.ticket;
    let ticket = workable(tx, cx, number)?;
    Ok((store::load(tx, id)?, ticket))
}

/// Whoever had it, if he still may have tickets.
fn still_here(tx: &mut Write, person: Option<PersonId>) -> Result<Option<PersonId>> {
    let Some(person) = person else { return Ok(None) };
    Ok(tx.maybe(
        "SELECT id FROM person WHERE id = $1 AND NOT suspended AND role <> $2 AND merged_into IS NULL",
        &args![person, Role::Requester],
    )?)
}

fn told(tx: &mut Write, cx: &Context, ticket: &Ticket, (kind, subject): (EventKind, i64)) -> Result<EventId> {
    let fact = Fact::new(kind).on(ticket.number, ticket.team).about(subject);
    events::record(tx, cx, fact)
}

/// Whether this viewer speaks for the receiving side of it, now.
pub fn may_answer(viewer: &Viewer, escalation: &Escalation, ticket: &Ticket) -> bool {
    let done = matches!(ticket.status, Status::Solved | Status::Closed);
    escalation.is_out() && !done && speaks(viewer, escalation)
}

fn may_be_answered(viewer: &Viewer, escalation: &Escalation) -> Result<()> {
    if speaks(viewer, escalation) {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-escalation-not-yours"))
    }
}

/// A group outside has no door here: whoever keeps the ticket writes down what it said.
fn speaks(viewer: &Viewer, escalation: &Escalation) -> bool {
    match escalation.kind {
        Kind::Team => {
            let member = escalation.to_team.is_some_and(|team| viewer.teams.contains(&team));
            member || viewer.role >= Role::Supervisor
        }
        Kind::Group => true,
        Kind::Supervisor => escalation.to_person == Some(viewer.person) || viewer.role == Role::Admin,
    }
}
