//! Taking back what was just done with words that wait.

use db::Write;

use super::change::withdraw;
use super::review::{Review, State};
use super::show::{Looked, look};
use super::store;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, ReviewId, TicketNumber};
use crate::tickets;

/// By the review's number, so that an event of something else is not there.
pub fn undo(tx: &mut Write, cx: &Context, id: ReviewId, event: EventId) -> Result<TicketNumber> {
    let line = events::find(tx, event)?;
    let ours = matches!(
        line.kind,
        EventKind::ReviewAsked | EventKind::ReviewReturned | EventKind::ReviewApproved
    );
    if !ours || line.subject != Some(id.0) {
        return Err(Error::NotFound);
    }
    tickets::undo(tx, cx, event)
}

fn looked_of(tx: &mut Write, cx: &Context, event: &Event) -> Result<Looked> {
    let id = event.subject.map(ReviewId).ok_or(Error::NotFound)?;
    store::hold(tx, id)?;
    look(tx, cx, id)
}

/// Handed in: its author has it back.
pub(crate) fn undo_asked(tx: &mut Write, cx: &Context, event: &Event) -> Result<()> {
    let looked = looked_of(tx, cx, event)?;
    if looked.review.author != cx.viewer.person {
        return Err(Error::Conflict("conflict-review-authors"));
    }
    if looked.review.state != State::Waiting {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    withdraw(tx, cx, &looked)
}

/// Sent back by the viewer: it waits again.
pub(crate) fn undo_returned(tx: &mut Write, cx: &Context, event: &Event) -> Result<()> {
    let looked = looked_of(tx, cx, event)?;
    let mine = looked.review.decided_by == Some(cx.viewer.person);
    if looked.review.state != State::Returned || !mine {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    let version = store::newest_version(tx, looked.review.id)?;
    store::say_of(tx, version.id, "")?;
    waiting(tx, &looked.review)?;
    told(tx, cx, &looked, event)
}

/// Approved: while the letter has not left, or nothing has changed since, it is as it was before.
pub(crate) fn undo_approved(tx: &mut Write, cx: &Context, event: &Event) -> Result<()> {
    let looked = looked_of(tx, cx, event)?;
    let review = &looked.review;
    if review.author == cx.viewer.person {
        return Err(Error::Conflict("conflict-own-review"));
    }
    if !looked.decides {
        return Err(Error::Conflict("conflict-review-of-another"));
    }
    let sent = review.event.filter(|_| review.state == State::Approved);
    tickets::undo(tx, cx, sent.ok_or(Error::Conflict("conflict-changed-since"))?)?;
    waiting(tx, review)?;
    told(tx, cx, &looked, event)
}

fn waiting(tx: &mut Write, review: &Review) -> Result<()> {
    let again = Review {
        state: State::Waiting,
        decided_by: None,
        decided_at: None,
        event: None,
        ..review.clone()
    };
    store::save(tx, &again)
}

fn told(tx: &mut Write, cx: &Context, looked: &Looked, event: &Event) -> Result<()> {
    let fact = Fact::new(EventKind::Undone).on(looked.ticket.number, looked.ticket.team);
    events::record(tx, cx, fact.about(event.id.0)).map(drop)
}
