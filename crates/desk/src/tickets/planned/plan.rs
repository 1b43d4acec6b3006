//! Planning a reply, and taking the plan back.

use db::{Read, Write};

use super::store::{self, Planned, PlannedState};
use crate::access::Action;
use crate::clock::Time;
use crate::context::Context;
use crate::drafts;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, MessageId, PlannedId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::reviews;
use crate::tickets::change::{Changed, change};
use crate::tickets::write::{self, MessageKind, NewMessage};
use crate::tickets::{TakenBack, later, store as tickets};

/// Keeps a reply that leaves then. Whoever plans the answer has the ticket, as if he had answered.
pub fn plan_reply(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
    send_at: Time,
) -> Result<(Changed, PlannedId)> {
    write::check(new)?;
    reviews::must_not_be_planned(tx, cx, number, new)?;
    let mut planned = PlannedId(0);
    let changed = change(tx, cx, number, EventKind::ReplyPlanned, |tx, ticket| {
        later::check(send_at, cx.now, "until")?;
        if ticket.merged_into.is_some() {
            return Err(Error::Conflict("conflict-merged"));
        }
        let row = Planned {
            id: PlannedId(0),
            ticket: number,
            author: cx.viewer.person,
            author_name: String::new(),
            requester: ticket.requester,
            body: new.body.clone(),
            then: new.then,
            seen: store::newest(tx)?,
            send_at,
            at: cx.now,
            state: PlannedState::Waiting,
            reason: String::new(),
            files: new.files.clone(),
        };
        planned = store::insert(tx, &row, cx.now)?;
        drafts::forget_sent(tx, cx, number, MessageKind::Reply)?;
        ticket.assignee = ticket.assignee.or(Some(cx.viewer.person));
        Ok(Some(planned.0))
    })?;
    jobs::enqueue(tx, JobKind::SendPlanned, planned.0, send_at)?;
    Ok((changed, planned))
}

/// Calls a planned reply off; whoever works on the ticket may. Its words go back to where its author writes.
pub fn unplan(tx: &mut Write, cx: &Context, id: PlannedId) -> Result<(TicketNumber, EventId)> {
    let (planned, root, event) = call_off(tx, cx, id)?;
    drafts::give_back(tx, cx, root, planned.author, &planned.body)?;
    Ok((root, event))
}

/// The same by somebody who gets his words on the page that follows (see [`called_off`]).
pub fn unplan_to_edit(tx: &mut Write, cx: &Context, id: PlannedId) -> Result<(TicketNumber, EventId)> {
    let (planned, root, event) = call_off(tx, cx, id)?;
    if planned.author != cx.viewer.person {
        drafts::give_back(tx, cx, root, planned.author, &planned.body)?;
    }
    Ok((root, event))
}

fn call_off(tx: &mut Write, cx: &Context, id: PlannedId) -> Result<(Planned, TicketNumber, EventId)> {
    let planned = store::find(tx, id)?.ok_or(Error::NotFound)?;
    let root = tickets::hold_root(tx, planned.ticket)?;
    tickets::load(tx, planned.ticket)?.admit(&cx.viewer, Action::Work)?;
    let ticket = tickets::load(tx, root)?.admit(&cx.viewer, Action::Work)?;
    withdraw(tx, id)?;
    let fact = Fact::new(EventKind::ReplyUnplanned).on(root, ticket.team).about(id.0);
    Ok((planned, root, events::record(tx, cx, fact)?))
}

pub(in crate::tickets) fn withdraw(tx: &mut Write, id: PlannedId) -> Result<()> {
    if store::call_off(tx, id)? {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-not-planned"))
    }
}

/// What was called off is planned again, for the same time; when that has passed meanwhile, it leaves now by its author's
/// hand and waits for him by anybody else's. What was held is held again: calling it off has cured nothing.
pub(in crate::tickets) fn plan_again(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    id: PlannedId,
) -> Result<EventId> {
    let planned = store::find(tx, id)?.ok_or(Error::NotFound)?;
    let late = planned.send_at <= cx.now && planned.author != cx.viewer.person;
    let (state, reason) = match planned.reason.as_str() {
        "" if late => (PlannedState::Held, "held-called-off"),
        "" => (PlannedState::Waiting, ""),
        held => (PlannedState::Held, held),
    };
    if !store::turn(tx, id, &[PlannedState::Withdrawn], state, reason)? {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    if state == PlannedState::Waiting {
        jobs::enqueue(tx, JobKind::SendPlanned, id.0, planned.send_at)?;
    }
    drafts::take_again(tx, number, planned.author, &planned.body)?;
    let ticket = tickets::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::ReplyPlanned).on(number, ticket.team).about(id.0),
    )
}

/// The viewer's own words of a reply that was called off: they return to where they were typed.
pub(in crate::tickets) fn called_off(r: &mut Read, cx: &Context, id: PlannedId) -> Result<Option<TakenBack>> {
    let planned = store::find(r, id)?;
    let own = |p: &Planned| p.author == cx.viewer.person && p.state == PlannedState::Withdrawn;
    Ok(planned.filter(own).map(|p| TakenBack {
        // No message has this number, so the page tells it from every other that comes back.
        id: MessageId(-p.id.0),
        kind: MessageKind::Reply,
        body: db::Packed(p.body),
        minutes: None,
    }))
}
