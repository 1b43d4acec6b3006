//! Saying something under the rules: it is sent at once where no rule holds it, and kept for a senior where one does.

use db::{Read, Write};

use super::review::{Review, State, Words};
use super::rule::{Rule, What};
use super::{gate, store};
use crate::access::{self, Action, Via};
use crate::clock::{HOUR, Time};
use crate::context::Context;
use crate::drafts;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{EventId, PersonId, ReviewId, TicketNumber};
use crate::sign_in;
use crate::tickets::{self, MessageKind, NewFile, NewMessage, Solution, Status, Ticket};

/// Working time after which words are everybody's of the team, though somebody was named.
pub const FALLS_AFTER: i64 = 4 * HOUR;

/// What became of the words: the event that can be undone, and the review they wait in, if they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handed {
    pub event: EventId,
    pub review: Option<ReviewId>,
}

/// Answers the requester, or hands the answer in.
pub fn reply(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewMessage) -> Result<Handed> {
    let Some(rule) = gate::of_reply(tx, cx, number, new.then)? else {
        let (changed, _) = tickets::reply(tx, cx, number, new)?;
        return Ok(Handed {
            event: changed.event,
            review: None,
        });
    };
    tickets::check_words(new)?;
    let kept = Kept {
        what: What::Reply,
        words: Words::of_reply(new),
        then: new.then,
        minutes: new.minutes,
        files: &new.files,
    };
    let handed = keep(tx, cx, number, &rule, &kept)?;
    drafts::forget_sent(tx, cx, number, MessageKind::Reply)?;
    Ok(handed)
}

/// Solves the ticket, or hands the solution in.
pub fn solve(tx: &mut Write, cx: &Context, number: TicketNumber, solution: &Solution) -> Result<Handed> {
    let Some(rule) = gate::of_solution(tx, cx, number)? else {
        return Ok(Handed {
            event: tickets::solve(tx, cx, number, solution)?.event,
            review: None,
        });
    };
    let kept = Kept {
        what: What::Solution,
        words: Words::of_solution(solution),
        then: None,
        minutes: None,
        files: &[],
    };
    keep(tx, cx, number, &rule, &kept)
}

struct Kept<'k> {
    what: What,
    words: Words,
    then: Option<Status>,
    minutes: Option<i64>,
    files: &'k [NewFile],
}

/// Whoever hands an answer in has the ticket, as if he had answered.
fn keep(tx: &mut Write, cx: &Context, number: TicketNumber, rule: &Rule, kept: &Kept<'_>) -> Result<Handed> {
    let mut review = ReviewId(0);
    let changed = tickets::change(tx, cx, number, EventKind::ReviewAsked, |tx, ticket| {
        if ticket.merged_into.is_some() {
            return Err(Error::Conflict("conflict-merged"));
        }
        check(tx, ticket, kept.what, &kept.words)?;
        ticket.assignee = ticket.assignee.or(Some(cx.viewer.person));
        let new = stood(tx, cx, ticket, rule.reviewer, kept)?;
        review = store::insert(tx, &new)?;
        store::add_version(tx, cx, review, &kept.words)?;
        store::add_files(tx, review, kept.files)?;
        Ok(Some(review.0))
    })?;
    Ok(Handed {
        event: changed.event,
        review: Some(review),
    })
}

/// Words of a solution are refused here as they would be when it is kept.
pub(super) fn check(tx: &mut Write, ticket: &Ticket, what: What, words: &Words) -> Result<()> {
    if what == What::Solution {
        tickets::check_solution(tx, ticket, &words.solution())?;
    }
    Ok(())
}

/// The review as the ticket stands now.
fn stood(tx: &mut Write, cx: &Context, ticket: &Ticket, reviewer: Option<PersonId>, kept: &Kept<'_>) -> Result<Review> {
    let reviewer = match reviewer.filter(|named| *named != cx.viewer.person) {
        Some(named) if can_review(tx, named, ticket)? => Some(named),
        _ => None,
    };
    Ok(Review {
        id: ReviewId(0),
        ticket: ticket.number,
        what: kept.what,
        author: cx.viewer.person,
        reviewer,
        state: State::Waiting,
        then_status: kept.then,
        minutes: kept.minutes,
        requester: ticket.requester,
        team: ticket.team,
        assignee: ticket.assignee,
        seen: store::newest_message(tx)?,
        falls_at: falls_at(cx, reviewer),
        handed_at: cx.now,
        decided_by: None,
        decided_at: None,
        event: None,
        revision: 0,
        created_at: cx.now,
    })
}

/// At once where nobody is named.
pub(super) fn falls_at(cx: &Context, reviewer: Option<PersonId>) -> Time {
    let later = reviewer.and_then(|_| cx.house.calendar.add(cx.now.0, FALLS_AFTER));
    Time(later.unwrap_or(cx.now.0))
}

/// Whether somebody is here and may work on this ticket.
pub(super) fn can_review(r: &mut Read, person: PersonId, ticket: &impl access::TicketFacts) -> Result<bool> {
    match sign_in::load_viewer(r, person, Via::Session) {
        Ok(viewer) => Ok(viewer.is_staff() && access::may(&viewer, Action::Work, ticket)),
        Err(Error::NotFound) => Ok(false),
        Err(other) => Err(other),
    }
}
