//! Whom a requester turns to while others work on what he asked: of an escalation this name is all he is told.

use db::{Read, args};

use crate::context::Context;
use crate::error::Result;
use crate::ids::TicketNumber;
use crate::tickets;

/// The name of his contact, while the ticket is handed over and worked on. Nobody is named who cannot see the ticket where
/// it is now.
pub fn contact_of(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Option<String>> {
    tickets::find_visible(r, cx, number)?;
    Ok(r.maybe(
        "SELECT p.name FROM escalation e JOIN ticket t ON t.number = e.ticket JOIN person p ON p.id = e.contact
           LEFT JOIN team w ON w.id = t.team
         WHERE e.ticket = $1 AND e.state IN ('waiting', 'accepted') AND t.stage <> 2
           AND NOT p.suspended AND p.role <> 'requester'
           AND (NOT COALESCE(w.private, FALSE) OR p.role = 'admin'
             OR EXISTS (SELECT 1 FROM membership m WHERE m.team = t.team AND m.person = p.id))
         ORDER BY e.id DESC LIMIT 1",
        &args![number],
    )?)
}
