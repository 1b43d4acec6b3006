//! A senior's word: yes, yes with a change, or back with a reason. A yes sends the words in the same transaction, by the
//! ordinary verb and in their author's name.

use db::Write;
use serde_json::json;

use super::review::{Review, State, Words};
use super::rule::What;
use super::show::{Looked, Notice, look, notices};
use super::{hand_in, store};
use crate::access::Via;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, ReviewId, TicketNumber};
use crate::sign_in;
use crate::tickets::{self, NewMessage};

/// Of what is said when words are sent back.
const MOST_REASON: usize = 4_000;

/// How the review and its ticket stood when they were read: a yes is to what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    pub revision: i64,
    /// When the ticket was last changed.
    pub ticket: Time,
}

/// The review, held with its ticket, for somebody whose word counts.
fn to_decide(tx: &mut Write, cx: &Context, id: ReviewId) -> Result<Looked> {
    let ticket = look(tx, cx, id)?.review.ticket;
    tickets::hold_root(tx, ticket)?;
    store::hold(tx, id)?;
    let looked = look(tx, cx, id)?;
    if looked.review.author == cx.viewer.person {
        return Err(Error::Conflict("conflict-own-review"));
    }
    if looked.review.state != State::Waiting {
        return Err(Error::Conflict("conflict-not-in-review"));
    }
    if looked.decides {
        Ok(looked)
    } else {
        Err(Error::Conflict("conflict-review-of-another"))
    }
}

/// Sends it. `edited` is the text as the reviewer would have it; its author sees what was changed.
pub fn approve(tx: &mut Write, cx: &Context, id: ReviewId, read: Read, edited: Option<&Words>) -> Result<EventId> {
    let Looked { review, ticket, .. } = to_decide(tx, cx, id)?;
    let now = Read {
        revision: review.revision,
        ticket: ticket.updated_at,
    };
    if now != read {
        return Err(Error::Conflict("conflict-review-changed"));
    }
    let around = notices(tx, &review, &ticket)?;
    if around.contains(&Notice::OtherPerson) {
        return Err(Error::Conflict("conflict-review-other-person"));
    }
    let mut words = store::newest_version(tx, id)?.text();
    let edited = edited.map(|e| e.tidied(review.what)).filter(|e| *e != words);
    if let Some(better) = &edited {
        store::add_version(tx, cx, id, better)?;
        words = better.clone();
    }
    let sent = send(tx, cx, &review, ticket.number, &words)?;
    store::save(tx, &store::decided(&review, State::Approved, cx, Some(sent)))?;
    let data = json!({ "author": review.author, "edited": edited.is_some(), "sent": sent }).to_string();
    let fact = Fact::new(EventKind::ReviewApproved)
        .on(ticket.number, ticket.team)
        .about(id.0)
        .with(Some(data));
    events::record(tx, cx, fact)
}

/// By its author's hand and under his rights of now; what is refused to him is refused here.
fn send(tx: &mut Write, cx: &Context, review: &Review, on: TicketNumber, words: &Words) -> Result<EventId> {
    let gone = |error| match error {
        Error::NotFound => Error::Conflict("conflict-review-author-gone"),
        other => other,
    };
    let author = Context {
        viewer: sign_in::load_viewer(tx, review.author, Via::Session).map_err(gone)?,
        ..cx.clone()
    };
    let changed = match review.what {
        What::Solution => {
            let solution = words.solution();
            tickets::solve_approved(tx, &author, on, &solution).map_err(gone)?
        }
        _ => {
            let new = NewMessage {
                body: words.body.clone(),
                minutes: review.minutes,
                files: store::files(tx, review.id)?,
                then: review.then_status,
                ..NewMessage::default()
            };
            tickets::reply_approved(tx, &author, on, &new).map_err(gone)?.0
        }
    };
    Ok(changed.event)
}

/// Back to its author, with words: he must know what to do otherwise.
pub fn send_back(tx: &mut Write, cx: &Context, id: ReviewId, revision: i64, words: &str) -> Result<EventId> {
    let Looked { review, ticket, .. } = to_decide(tx, cx, id)?;
    let words = words.trim();
    Checks::default().text(words, MOST_REASON, "reason").done()?;
    if review.revision != revision {
        return Err(Error::Conflict("conflict-review-changed"));
    }
    let version = store::newest_version(tx, id)?;
    store::say_of(tx, version.id, words)?;
    store::save(tx, &store::decided(&review, State::Returned, cx, None))?;
    let data = json!({ "author": review.author }).to_string();
    let fact = Fact::new(EventKind::ReviewReturned)
        .on(ticket.number, ticket.team)
        .about(id.0)
        .with(Some(data));
    events::record(tx, cx, fact)
}

/// It waits again, as the ticket stands now.
pub(super) fn waits_again(tx: &mut Write, cx: &Context, looked: &Looked) -> Result<()> {
    let (review, ticket) = (&looked.review, &looked.ticket);
    let again = Review {
        state: State::Waiting,
        requester: ticket.requester,
        team: ticket.team,
        assignee: ticket.assignee,
        seen: store::newest_message(tx)?,
        falls_at: hand_in::falls_at(cx, review.reviewer),
        handed_at: cx.now,
        decided_by: None,
        decided_at: None,
        event: None,
        ..review.clone()
    };
    store::save(tx, &again)
}
