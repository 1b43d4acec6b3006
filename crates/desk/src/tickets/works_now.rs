//! "It works now": the requester says that his own request is solved. It closes by itself like any solved ticket, and
//! he may reopen it; no solution is written in a technician's name.

use db::Write;

use super::change::{Changed, change_admitted};
use super::solve::CLOSES_AFTER;
use super::store;
use super::ticket::Status;
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::TicketNumber;
use crate::jobs::{self, JobKind};

/// Only by the requester himself, signed in or by the link of that request: the event keeps who said it.
pub fn works_now(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    store::hold(tx, number)?;
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Answer)?;
    if ticket.requester != cx.viewer.person {
        return Err(Error::NotFound);
    }
    if ticket.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    if matches!(ticket.status, Status::Solved | Status::Closed) {
        return Err(Error::Conflict("conflict-already-solved"));
    }
    let changed = change_admitted(tx, cx, &ticket, EventKind::Solved, |_, ticket| {
        ticket.become_status(Status::Solved, cx.now, &cx.house);
        ticket.solved_at = Some(cx.now);
        Ok(None)
    })?;
    jobs::enqueue(tx, JobKind::CloseSolved, number.0, cx.now.plus(CLOSES_AFTER))?;
    Ok(changed)
}
