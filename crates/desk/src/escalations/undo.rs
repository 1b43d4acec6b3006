//! Taking back what was just done to an escalation: handed over, taken, or sent back. Only the last deed, and only while the
//! ticket stands as that deed left it.

use db::Write;

use super::answer::held;
use super::escalation::{Escalation, State, To};
use super::store;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind};
use crate::ids::{EscalationId, EventId, TicketNumber};
use crate::tickets;

/// The deed of an escalation; of anything else this is no way.
pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<Escalation> {
    let event = events::find(tx, id)?;
    taken_back(tx, cx, &event)
}

pub(crate) fn taken_back(tx: &mut Write, cx: &Context, event: &Event) -> Result<Escalation> {
    use EventKind::{Escalated, EscalationAccepted};
    if !event.kind.is_of_escalation() {
        return Err(Error::NotFound);
    }
    let id = event.subject.map(EscalationId).ok_or(Error::NotFound)?;
    let (mut escalation, ticket) = held(tx, cx, id)?;
    let last = store::latest(tx, ticket.number)?;
    if escalation.event != Some(event.id) || last.is_none_or(|one| one.id != id) {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    match event.kind {
        Escalated => called_back(tx, cx, &mut escalation)?,
        EscalationAccepted => {
            escalation.state = State::Waiting;
            escalation.taken_by = None;
        }
        _ => {
            store::set_return(tx, &escalation, "", None, None)?;
            escalation.state = if escalation.taken_by.is_some() {
                State::Accepted
            } else {
                State::Waiting
            };
        }
    }
    escalation.event = None;
    store::save(tx, &escalation)?;
    tickets::put_back(tx, cx, ticket.number, event)?;
    Ok(escalation)
}

/// What was written goes back to where it was written; a later round leaves the one before as it was answered.
fn called_back(tx: &mut Write, cx: &Context, escalation: &mut Escalation) -> Result<()> {
    let number: TicketNumber = escalation.ticket;
    let mut rounds = store::rounds(tx, escalation.id)?;
    let last = rounds
        .pop()
        .ok_or_else(|| Error::fault("an escalation without a round"))?;
    if store::draft(tx, number)?.is_none() {
        store::keep_draft(tx, number, &last.read()?, cx.viewer.person, cx.now)?;
    }
    match rounds.last() {
        None => escalation.state = State::Withdrawn,
        Some(before) => {
            store::cut_round(tx, escalation)?;
            escalation.state = State::Returned;
            escalation.round = before.round;
            if let Some(to) = To::parse(&before.sent_to) {
                escalation.goes_to(to);
            }
            (escalation.sent_by, escalation.sent_at) = (before.sent_by, before.sent_at);
        }
    }
    Ok(())
}
