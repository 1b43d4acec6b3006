//! Words that wait, for those who may read them: whole, with what they were before, and with what has changed around them
//! since they were handed in.

use std::collections::BTreeMap;

use db::Read;

use super::hand_in::can_review;
use super::review::{Review, State, Version};
use super::store;
use crate::access::{self, ReviewFacts};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, ReviewId, TicketNumber};
use crate::people::{self, Level};
use crate::tickets::{self, NewFile, Stage, Ticket};

db::text_enum! {
    /// What the reviewer is told, for its author may not have known it.
    pub enum Notice {
        /// The ticket went into another one; the words are sent there.
        Merged => "merged",
        Done => "done",
        /// Another person holds it, or another team.
        Moved => "moved",
        Answered => "answered",
        /// The ticket is another person's now: the words cannot be sent.
        OtherPerson => "other_person",
        /// Its author may not send it any more.
        AuthorGone => "author_gone",
    }
}

#[derive(Clone, Debug)]
pub struct Shown {
    pub review: Review,
    /// The ticket it would be sent on.
    pub ticket: Ticket,
    pub versions: Vec<Version>,
    pub files: Vec<NewFile>,
    pub notices: Vec<Notice>,
    /// The one whose turn it is alone.
    pub named: Option<PersonId>,
    /// The viewer may say yes or no.
    pub decides: bool,
    /// Everybody it names.
    pub names: BTreeMap<PersonId, String>,
}

/// A review past the policy, with what the policy knew.
pub(super) struct Looked {
    pub(super) review: Review,
    pub(super) ticket: Ticket,
    pub(super) named: Option<PersonId>,
    pub(super) decides: bool,
}

/// `NotFound` for whoever may not read it: it is not there for him.
pub(super) fn look(r: &mut Read, cx: &Context, id: ReviewId) -> Result<Looked> {
    let review = store::load(r, id)?;
    tickets::find_inside(r, cx, review.ticket)?;
    let root = tickets::root(r, review.ticket)?;
    let ticket = tickets::find_inside(r, cx, root)?;
    let advanced = is_advanced(r, cx)?;
    let named = match review.reviewer.filter(|_| cx.now < review.falls_at) {
        Some(named) if can_review(r, named, &ticket)? => Some(named),
        _ => None,
    };
    // The one named reads it as long as it is there, though it has fallen to others.
    let reads = ReviewFacts {
        author: review.author,
        named: review.reviewer,
        team: ticket.team,
    };
    if !access::may_see_review(&cx.viewer, advanced, &reads) {
        return Err(Error::NotFound);
    }
    let facts = ReviewFacts { named, ..reads };
    Ok(Looked {
        decides: access::may_decide_review(&cx.viewer, advanced, &facts),
        review,
        ticket,
        named,
    })
}

pub(super) fn is_advanced(r: &mut Read, cx: &Context) -> Result<bool> {
    Ok(people::level_now(r, cx.viewer.person)? == Some(Level::Advanced))
}

pub fn find(r: &mut Read, cx: &Context, id: ReviewId) -> Result<Shown> {
    let Looked {
        review,
        ticket,
        named,
        decides,
    } = look(r, cx, id)?;
    let (versions, files) = (store::versions(r, id)?, store::files(r, id)?);
    let notices = match review.state {
        State::Waiting | State::Returned => notices(r, &review, &ticket)?,
        State::TakenBack | State::Approved => Vec::new(),
    };
    let mut ids: Vec<PersonId> = versions.iter().map(|version| version.writer).collect();
    ids.extend([review.author, ticket.requester]);
    ids.extend([review.reviewer, review.decided_by].into_iter().flatten());
    let waits = review.state == State::Waiting;
    Ok(Shown {
        names: store::names(r, ids)?,
        decides: decides && waits,
        review,
        ticket,
        versions,
        files,
        notices,
        named: named.filter(|_| waits),
    })
}

/// What has changed around it since it was handed in.
pub(super) fn notices(r: &mut Read, review: &Review, ticket: &Ticket) -> Result<Vec<Notice>> {
    let meant = people::root(r, review.requester)?;
    let told = [
        (ticket.number != review.ticket, Notice::Merged),
        (ticket.status.stage() == Stage::Done, Notice::Done),
        (
            (ticket.team, ticket.assignee) != (review.team, review.assignee),
            Notice::Moved,
        ),
        (
            store::said_since(r, ticket.number, review.seen, review.author)?,
            Notice::Answered,
        ),
        (meant != ticket.requester, Notice::OtherPerson),
        (!can_review(r, review.author, ticket)?, Notice::AuthorGone),
    ];
    Ok(told
        .into_iter()
        .filter(|(so, _)| *so)
        .map(|(_, notice)| notice)
        .collect())
}

/// What waits on a ticket, as far as the viewer may know of it, each with the name of the one whose turn it is alone and
/// its author's.
pub fn of_ticket(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<(Review, Option<String>, String)>> {
    tickets::find_inside(r, cx, number)?;
    let numbers = tickets::with_merged(r, number)?;
    let mut seen = Vec::new();
    for review in store::open_of(r, numbers)? {
        match look(r, cx, review.id) {
            Ok(looked) => {
                let ids = looked.named.into_iter().chain([review.author]).collect();
                let names = store::names(r, ids)?;
                let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
                seen.push((looked.review, looked.named.map(name), name(review.author)));
            }
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(seen)
}
