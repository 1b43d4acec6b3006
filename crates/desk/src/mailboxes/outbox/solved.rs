//! The letter that says that a request is solved, and asks how it went. A technician's deed is behind it, so the brakes
//! of what the desk writes by itself do not count it; it has its own.

use db::{Write, args};

use super::brakes;
use super::queue::{self, OutgoingKind};
use crate::clock::SECOND;
use crate::context::Context;
use crate::error::Result;
use crate::ids::OutgoingId;
use crate::mailboxes::boxes;
use crate::tickets::Ticket;

/// A solving can be undone for eight seconds: it is not told before.
const UNDONE_WITHIN: i64 = 10;

/// Tells the requester, once a solving. Not whoever solved his own request, nor anybody whose address was not confirmed.
/// The letter waits as long as the solving may be taken back, and does not leave when the ticket is open by then.
pub fn tell_solved(tx: &mut Write, cx: &Context, ticket: &Ticket) -> Result<()> {
    tx.exec(
        "UPDATE outgoing SET state = 'withdrawn'
         WHERE ticket = $1 AND kind = 'solved' AND state = 'waiting' AND attempts = 0",
        &args![ticket.number],
    )?;
    if !ticket.confirmed || ticket.requester == cx.viewer.person {
        return Ok(());
    }
    let Some(to) = queue::recipient(tx, ticket.requester)? else {
        return Ok(());
    };
    let Some(mailbox) = boxes::home_of(tx, ticket)? else {
        return Ok(());
    };
    if !brakes::may_tell_solved(tx, cx, ticket.number, &to.address)? {
        return Ok(());
    }
    let wait = cx.house.undo_seconds.clamp(UNDONE_WITHIN, 600);
    let new = queue::NewLetter {
        kind: OutgoingKind::Solved,
        ticket: Some(ticket.number),
        message: None,
        to: &to,
        mailbox: &mailbox,
        send_at: cx.now.plus(wait * SECOND),
    };
    queue::insert(tx, &cx.house, cx.now, &new)?;
    Ok(())
}

/// What was solved may be open again, or part of another ticket, by the time its letter is due: then it does not leave.
pub(super) fn withdraw_if_open(tx: &mut Write, id: OutgoingId) -> Result<()> {
    tx.exec(
        "UPDATE outgoing SET state = 'withdrawn'
         WHERE id = $1 AND kind = 'solved' AND state = 'waiting' AND attempts = 0 AND NOT EXISTS (
           SELECT 1 FROM ticket t WHERE t.number = outgoing.ticket AND t.status IN ('solved', 'closed')
             AND t.merged_into IS NULL)",
        &args![id],
    )?;
    Ok(())
}
