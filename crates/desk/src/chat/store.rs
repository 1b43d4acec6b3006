//! SQL of the chat rows. Private to this room.

use db::{Read, Write, args};

use super::record::{Chat, ChatState};
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{PersonId, TicketNumber};

pub(super) fn load(r: &mut Read, ticket: TicketNumber) -> Result<Chat> {
    Ok(r.one(
        "SELECT ticket, person, state, technician, asked_at, since, seen_at, ended_at FROM chat WHERE ticket = $1",
        &args![ticket],
    )?)
}

/// The chat, its row held until the transaction ends. Before the ticket's own row, in every verb.
pub(super) fn held(tx: &mut Write, ticket: TicketNumber) -> Result<Chat> {
    tx.hold_rows(
        "SELECT ticket FROM chat WHERE ticket = $1 FOR NO KEY UPDATE",
        &args![ticket],
    )?;
    load(tx, ticket)
}

pub(super) fn move_to(
    tx: &mut Write,
    chat: &Chat,
    state: ChatState,
    technician: Option<PersonId>,
    now: Time,
) -> Result<()> {
    let over = matches!(state, ChatState::Ended | ChatState::Left);
    tx.exec(
        "UPDATE chat SET state = $2, technician = $3, since = $4, ended_at = $5 WHERE ticket = $1",
        &args![chat.ticket, state, technician, now, over.then_some(now)],
    )?;
    Ok(())
}
