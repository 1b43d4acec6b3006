//! Reopened: the fix did not hold. The solution stays in the log as what was tried.

use db::Write;

use super::change::{Changed, change_admitted};
use super::store;
use super::ticket::Status;
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::TicketNumber;

/// By a technician, or by the requester of a solved ticket. After closing, a requester's word opens a linked ticket
/// instead (see `receive`).
pub fn reopen(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    let action = if cx.viewer.is_staff() {
        Action::Work
    } else {
        Action::Answer
    };
    store::hold(tx, number)?;
    let ticket = store::load(tx, number)?.admit(&cx.viewer, action)?;
    let reopens = match ticket.status {
        Status::Solved => true,
        Status::Closed => action == Action::Work && ticket.merged_into.is_none(),
        _ => false,
    };
    if !reopens {
        return Err(Error::Conflict("conflict-not-solved"));
    }
    change_admitted(tx, cx, &ticket, EventKind::Reopened, |_, ticket| {
        ticket.become_status(Status::Open, cx.now, &cx.house);
        Ok(None)
    })
}
