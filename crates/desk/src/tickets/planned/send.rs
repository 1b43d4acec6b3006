//! Sending a planned reply, by its job or by its author's hand.

use db::{Write, args};

use super::store::{self, Planned, PlannedState};
use crate::access::{Action, Via};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{MessageId, PlannedId, TicketNumber};
use crate::tickets::change::{Changed, change_admitted};
use crate::tickets::ticket::{Stage, Ticket};
use crate::tickets::write::{self, NewMessage};
use crate::tickets::{snooze, store as tickets, unseen};
use crate::{people, sign_in};

/// The job of its time: sends it as its author would now, or holds it and says why. Safe to run twice.
pub fn send_when_due(tx: &mut Write, cx: &Context, id: PlannedId) -> Result<()> {
    let Some(planned) = store::find(tx, id)? else {
        return Ok(());
    };
    let root = tickets::hold_root(tx, planned.ticket)?;
    // Called off and planned again it has two jobs; the row says which of them is right.
    if planned.send_at > cx.now || !store::turn(tx, id, &[PlannedState::Waiting], PlannedState::Sent, "")? {
        return Ok(());
    }
    let ticket = tickets::raw(tx, root)?;
    let sent = match why_not(tx, &planned, &ticket)? {
        Some(reason) => Err(reason),
        None => as_author(tx, cx, &planned, root)?,
    };
    match sent {
        Ok(()) => Ok(()),
        Err(reason) => hold(tx, cx, &planned, &ticket, reason),
    }
}

/// What its author could not know when he planned it.
fn why_not(tx: &mut Write, planned: &Planned, ticket: &Ticket) -> Result<Option<&'static str>> {
    // A word after the solution is meant; one that did not know of it is not.
    let done_at = ticket.solved_at.or(ticket.closed_at);
    if ticket.status.stage() == Stage::Done && done_at.is_none_or(|at| at >= planned.at) {
        return Ok(Some("held-done"));
    }
    let meant = people::root(tx, planned.requester)?;
    if meant != ticket.requester {
        return Ok(Some("held-other-person"));
    }
    if tx.one("SELECT suspended FROM person WHERE id = $1", &args![meant])? {
        return Ok(Some("held-person-gone"));
    }
    if store::split_since(tx, ticket.number, planned)? {
        return Ok(Some("held-split"));
    }
    Ok(store::said_since(tx, ticket.number, planned)?.then_some("held-answered"))
}

/// Under the author's rights of now. What is refused to him by hand is refused here, and nothing of it is kept.
fn as_author(
    tx: &mut Write,
    cx: &Context,
    planned: &Planned,
    root: TicketNumber,
) -> Result<std::result::Result<(), &'static str>> {
    let viewer = match sign_in::load_viewer(tx, planned.author, Via::Session) {
        Ok(viewer) => viewer,
        Err(Error::NotFound) => return Ok(Err("held-author-gone")),
        Err(other) => return Err(other),
    };
    let author = Context {
        viewer,
        request: None,
        ..cx.clone()
    };
    match tx.attempt(|tx| leave(tx, &author, planned, root)) {
        Ok(_) => Ok(Ok(())),
        Err(Error::NotFound) => Ok(Err("held-no-access")),
        Err(Error::Refused(_) | Error::Conflict(_)) => Ok(Err("held-refused")),
        Err(other) => Err(other),
    }
}

fn leave(tx: &mut Write, author: &Context, planned: &Planned, root: TicketNumber) -> Result<Changed> {
    let new = NewMessage {
        body: planned.body.clone(),
        minutes: None,
        files: planned.files.clone(),
        then: planned.then,
        ..NewMessage::default()
    };
    // What the author types on the page meanwhile is left alone.
    let (changed, message) = write::reply_beside(tx, author, root, &new)?;
    tx.exec(
        "UPDATE planned_reply SET message = $2 WHERE id = $1",
        &args![planned.id, message],
    )?;
    Ok(changed)
}

/// It waits for its author: the ticket says why, comes back if it was put away, and is unread to him.
fn hold(tx: &mut Write, cx: &Context, planned: &Planned, ticket: &Ticket, reason: &'static str) -> Result<()> {
    store::turn(tx, planned.id, &[PlannedState::Sent], PlannedState::Held, reason)?;
    change_admitted(tx, cx, ticket, EventKind::ReplyHeldBack, |tx, ticket| {
        ticket.snoozed_until = None;
        snooze::unread_again(tx, ticket, Some(planned.author))?;
        Ok(Some(planned.id.0))
    })?;
    Ok(())
}

/// Its author sends it now, whatever its time and whatever held it; he has seen the conversation up to `seen`.
pub fn send_now(tx: &mut Write, cx: &Context, id: PlannedId, seen: MessageId) -> Result<Changed> {
    let planned = store::find(tx, id)?.ok_or(Error::NotFound)?;
    let root = tickets::hold_root(tx, planned.ticket)?;
    tickets::load(tx, planned.ticket)?.admit(&cx.viewer, Action::Work)?;
    if planned.author != cx.viewer.person {
        return Err(Error::NotFound);
    }
    unseen::nothing_unseen(tx, cx, root, seen)?;
    let open = [PlannedState::Waiting, PlannedState::Held];
    if !store::turn(tx, id, &open, PlannedState::Sent, "")? {
        return Err(Error::Conflict("conflict-not-planned"));
    }
    leave(tx, cx, &planned, root)
}
