//! The ticket its requester speaks of: the one his was merged into, which is the one that was worked on.

use db::{Read, Write};

use super::store;
use super::ticket::Ticket;
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::TicketNumber;

/// The ticket that stands for this one now, its row held. Only for the requester of `number` himself; the one kept may
/// be another's, so nothing of it is to be shown to him but what he said.
pub fn hold_own(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    let root = store::hold_root(tx, number)?;
    is_own(tx, cx, number, Action::Answer)?;
    store::raw(tx, root)
}

/// The same, to look at.
pub fn find_own(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    is_own(r, cx, number, Action::See)?;
    let root = store::root(r, number)?;
    store::raw(r, root)
}

/// The ticket, if the viewer may work on it.
pub(crate) fn may_work(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    store::load(r, number)?.admit(&cx.viewer, Action::Work)
}

fn is_own(r: &mut Read, cx: &Context, number: TicketNumber, action: Action) -> Result<()> {
    let ticket = store::load(r, number)?.admit(&cx.viewer, action)?;
    if ticket.requester == cx.viewer.person {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}
