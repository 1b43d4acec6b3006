//! Two tickets about one thing become one, and apart again.
//!
//! Nothing is moved: the merged ticket points to the one kept, whose conversation then shows both. So unmerging loses
//! nothing, and a requester of the one never reads the letters of the other.

use db::{Read, Write, args};
use serde_json::{Map, Value};

use super::change::{Changed, change, change_admitted};
use super::ticket::{Status, Ticket};
use super::{snooze, store, undo};
use crate::access::Action;
use crate::context::Context;
use crate::drafts;
use crate::error::{Error, Result};
use crate::events::{self, EventKind};
use crate::ids::{EventId, TicketNumber};

/// Merges `number` into `into`. Both must be open to the viewer.
pub fn merge(tx: &mut Write, cx: &Context, number: TicketNumber, into: TicketNumber) -> Result<Changed> {
    store::hold(tx, number.min(into))?;
    store::hold(tx, number.max(into))?;
    let kept = may_keep(tx, cx, number, into)?;
    let merged = change(tx, cx, number, EventKind::Merged, |_, ticket| {
        if ticket.merged_into.is_some() {
            return Err(Error::Conflict("conflict-merged"));
        }
        ticket.merged_into = Some(into);
        if ticket.status != Status::Closed {
            ticket.become_status(Status::Closed, cx.now, &cx.house);
            ticket.closed_at = Some(cx.now);
        }
        Ok(Some(into.0))
    })?;
    drafts::go_along(tx, cx, number, into)?;
    // The one kept hears of it too, so that its page and its place in the index are renewed.
    let spoke = kept.requester_spoke_at.max(merged.ticket.requester_spoke_at);
    change_admitted(tx, cx, &kept, EventKind::Merged, |_, ticket| {
        ticket.requester_spoke_at = spoke;
        Ok(Some(number.0))
    })?;
    Ok(merged)
}

/// The ticket that `number` may be merged into, if it may.
pub(super) fn may_keep(r: &mut Read, cx: &Context, number: TicketNumber, into: TicketNumber) -> Result<Ticket> {
    let kept = store::load(r, into)
        .and_then(|t| t.admit(&cx.viewer, Action::Work))
        .map_err(|e| match e {
            Error::NotFound => Error::refused("into", "refused-no-such-ticket"),
            other => other,
        })?;
    if number == into || store::root(r, into)? == number {
        return Err(Error::refused("into", "refused-merge-itself"));
    }
    if kept.merged_into.is_some() {
        return Err(Error::refused("into", "refused-already-merged"));
    }
    Ok(kept)
}

/// Takes `number` out of the ticket it was merged into: open again, with everything that was its own.
pub fn unmerge(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    if let Some(into) = store::merged_into(tx, number)? {
        store::hold(tx, number.min(into))?;
        store::hold(tx, number.max(into))?;
    }
    let mut was_in = None;
    let unmerged = change(tx, cx, number, EventKind::Unmerged, |tx, ticket| {
        let into = ticket.merged_into.ok_or(Error::Conflict("conflict-not-merged"))?;
        was_in = Some(into);
        match before_merge(tx, number)? {
            Some(changes) => *ticket = undo::restored(ticket, &changes)?,
            None => ticket.merged_into = None,
        }
        Ok(Some(into.0))
    })?;
    snooze::wake_in_time(tx, &unmerged.ticket)?;
    if let Some(into) = was_in {
        let kept = store::raw(tx, into)?;
        change_admitted(tx, cx, &kept, EventKind::Unmerged, |_, _| Ok(Some(number.0)))?;
    }
    Ok(unmerged)
}

/// What the last merge changed on this ticket, so that it comes back as it was.
fn before_merge(tx: &mut Write, number: TicketNumber) -> Result<Option<Map<String, Value>>> {
    let merges: Vec<EventId> = tx.query(
        "SELECT id FROM event WHERE ticket = $1 AND kind = $2 ORDER BY id DESC",
        &args![number, EventKind::Merged],
    )?;
    for id in merges {
        let changes = undo::changes_of(&events::find(tx, id)?)?;
        if changes.contains_key("merged_into") {
            return Ok(Some(changes));
        }
    }
    Ok(None)
}
