//! What is written of a packet before it is handed over: one a ticket, so that a colleague can go on with it.

use db::Write;

use super::packet::Packet;
use super::store;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::TicketNumber;
use crate::tickets;

/// Keeps it as it is; what is missing is asked for when it is handed over.
///
/// No event: what is not handed over yet is nobody's news.
pub fn keep(tx: &mut Write, cx: &Context, number: TicketNumber, packet: &Packet) -> Result<()> {
    let ticket = tickets::held(tx, cx, number)?;
    if ticket.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    let packet = packet.tidied();
    let mut checks = Checks::default();
    packet.check_length(&mut checks);
    checks.done()?;
    store::keep_draft(tx, number, &packet, cx.viewer.person, cx.now)
}
