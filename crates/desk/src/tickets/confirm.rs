//! A stranger's form is confirmed from his own mailbox: now the desk may write to him.

use db::{Write, args};

use super::change::change_admitted;
use super::store;
use crate::context::Context;
use crate::error::Result;
use crate::events::EventKind;
use crate::ids::TicketNumber;

/// Marks the ticket and its requester's address as confirmed. Safe to run twice.
pub fn confirm(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    store::hold(tx, number)?;
    let ticket = store::raw(tx, number)?;
    // The letter went to the main address; only that mailbox has been shown to be theirs.
    tx.exec(
        "UPDATE address SET confirmed = TRUE WHERE person = $1 AND main",
        &args![ticket.requester],
    )?;
    if ticket.confirmed {
        return Ok(());
    }
    change_admitted(tx, cx, &ticket, EventKind::Confirmed, |_, ticket| {
        ticket.confirmed = true;
        Ok(None)
    })?;
    Ok(())
}
