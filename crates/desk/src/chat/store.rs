//! SQL of the chat rows. Private to this room.
//!
//! A chat whose ticket was closed or merged is over, whatever its own row still says: it is read so everywhere, and the
//! sweep writes it down.

use db::{Read, Write, args};

use super::record::{Chat, ChatState};
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{PersonId, TicketNumber};

pub(super) fn load(r: &mut Read, ticket: TicketNumber) -> Result<Chat> {
    Ok(r.one(
        "SELECT c.ticket, c.person,
           CASE WHEN c.state IN ('waiting', 'taken') AND (t.status = 'closed' OR t.merged_into IS NOT NULL)
             THEN 'ended' ELSE c.state END AS state,
           c.technician, c.asked_at, c.since, c.seen_at,
           CASE WHEN t.status = 'closed' OR t.merged_into IS NOT NULL
             THEN COALESCE(c.ended_at, t.closed_at, t.updated_at) ELSE c.ended_at END AS ended_at
         FROM chat c JOIN ticket t ON t.number = c.ticket WHERE c.ticket = $1",
        &args![ticket],
    )?)
}

/// The chat, its row held until the transaction ends, and then that of its ticket: what is decided on it is not closed
/// or merged meanwhile. The chat before the ticket, in every verb.
pub(super) fn held(tx: &mut Write, ticket: TicketNumber) -> Result<Chat> {
    tx.hold_rows(
        "SELECT ticket FROM chat WHERE ticket = $1 FOR NO KEY UPDATE",
        &args![ticket],
    )?;
    tx.hold_rows(
        "SELECT number FROM ticket WHERE number = $1 FOR NO KEY UPDATE",
        &args![ticket],
    )?;
    load(tx, ticket)
}

/// False when its row had an end already.
pub(super) fn move_to(
    tx: &mut Write,
    chat: &Chat,
    state: ChatState,
    technician: Option<PersonId>,
    now: Time,
) -> Result<bool> {
    let over = matches!(state, ChatState::Ended | ChatState::Left);
    let moved = tx.exec(
        "UPDATE chat SET state = $2, technician = $3, since = $4, ended_at = $5
         WHERE ticket = $1 AND state IN ('waiting', 'taken')",
        &args![chat.ticket, state, technician, now, over.then_some(now)],
    )?;
    Ok(moved > 0)
}
