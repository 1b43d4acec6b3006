//! Which tickets a problem is behind.
//!
//! A ticket has at most one problem. So "tell everybody" answers a requester once on each ticket, and "fixed 8 of 9" counts
//! each ticket once; two matters on one ticket are for splitting it.

use db::{Read, Write};

use super::change::held;
use super::known::{target, teach};
use super::problem::{Problem, ProblemState};
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, ProblemNumber, TicketNumber};
use crate::suggestions;
use crate::tickets::{self, Ticket};

/// Links tickets he may work on; one that cannot be linked refuses all, and is named.
pub fn link(tx: &mut Write, cx: &Context, number: ProblemNumber, tickets: &[TicketNumber]) -> Result<Vec<EventId>> {
    let problem = held(tx, cx, number)?;
    if problem.state == ProblemState::Closed {
        return Err(Error::Conflict("conflict-problem-closed"));
    }
    if tickets.is_empty() {
        return Err(Error::refused("tickets", "refused-none-chosen"));
    }
    if tickets.len() > tickets::MOST_AT_ONCE {
        let most = i64::try_from(tickets::MOST_AT_ONCE).map_err(Error::fault)?;
        return Err(Error::refused_at("tickets", "refused-too-many-chosen", most));
    }
    let mut ordered = tickets.to_vec();
    ordered.sort_unstable();
    ordered.dedup();
    ordered
        .into_iter()
        .map(|ticket| link_one(tx, cx, &problem, ticket))
        .collect()
}

fn link_one(tx: &mut Write, cx: &Context, problem: &Problem, number: TicketNumber) -> Result<EventId> {
    let refused = |key| Error::refused_at("tickets", key, number.0);
    let ticket = match tickets::held(tx, cx, number) {
        Err(Error::NotFound) => return Err(refused("refused-not-this-ticket")),
        other => other?,
    };
    if ticket.merged_into.is_some() {
        return Err(refused("refused-merged-ticket"));
    }
    match store::behind(tx, number)? {
        Some(same) if same == problem.number => return Err(refused("refused-linked-already")),
        Some(_) => return Err(refused("refused-has-problem")),
        None => {}
    }
    store::put_link(tx, problem.number, number, cx.now)?;
    teach(tx, cx, problem, number)?;
    let fact = Fact::new(EventKind::ProblemLinked)
        .on(number, ticket.team)
        .about(problem.number.0);
    events::record(tx, cx, fact)
}

/// Cuts the link of a ticket, or of one that was merged into it.
pub fn unlink(tx: &mut Write, cx: &Context, shown: TicketNumber) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let ticket = store::linked_here(tx, shown)?.ok_or(Error::NotFound)?;
    // Whose it is is asked twice: the problem is held before the ticket.
    let number = store::behind(tx, ticket)?.ok_or(Error::NotFound)?;
    held(tx, cx, number)?;
    let row = tickets::held(tx, cx, ticket)?;
    if store::behind(tx, ticket)? != Some(number) {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    store::cut_link(tx, ticket)?;
    suggestions::forget(tx, ticket, target(number))?;
    let fact = Fact::new(EventKind::ProblemUnlinked)
        .on(ticket, row.team)
        .about(number.0);
    events::record(tx, cx, fact)
}

/// Takes a link back, or puts one back that was cut; unless that is so already.
pub(crate) fn undo_link(tx: &mut Write, cx: &Context, event: &Event) -> Result<TicketNumber> {
    let (ticket, number) = ends(event)?;
    let cannot = Error::Conflict("conflict-changed-since");
    match event.kind {
        EventKind::ProblemLinked if store::behind(tx, ticket)? == Some(number) => unlink(tx, cx, ticket).map(drop)?,
        EventKind::ProblemUnlinked if store::behind(tx, ticket)?.is_none() => {
            link(tx, cx, number, &[ticket]).map(drop)?;
        }
        _ => return Err(cannot),
    }
    Ok(ticket)
}

fn ends(event: &Event) -> Result<(TicketNumber, ProblemNumber)> {
    match (event.ticket, event.subject) {
        (Some(ticket), Some(number)) => Ok((ticket, ProblemNumber(number))),
        _ => Err(Error::Conflict("conflict-cannot-undo")),
    }
}

/// The problem behind a ticket, for whoever may read all of the ticket.
pub fn of_ticket(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Option<Problem>> {
    let mut ticket = tickets::find_inside(r, cx, number)?;
    if ticket.merged_into.is_some() {
        let root = tickets::merged_root(r, cx, number)?;
        ticket = tickets::find_inside(r, cx, root)?;
    }
    of_shown(r, cx, &ticket)
}

/// The same for a page that has let the viewer into the ticket already.
pub fn of_shown(r: &mut Read, cx: &Context, ticket: &Ticket) -> Result<Option<Problem>> {
    access::require(&cx.viewer, Place::Desk)?;
    let number = store::behind(r, ticket.number)?;
    number.map(|number| store::load(r, number)).transpose()
}
