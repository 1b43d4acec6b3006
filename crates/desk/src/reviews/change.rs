//! What an author does with his own words while they wait or after they came back: changes them and hands them in again,
//! or takes them back.

use db::Write;

use super::decide::waits_again;
use super::hand_in::check;
use super::review::{Review, State, Words};
use super::rule::What;
use super::show::{Looked, look};
use super::store;
use crate::context::Context;
use crate::drafts;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, ReviewId};
use crate::tickets;

/// The author's own, held with its ticket, while it was not sent.
fn own(tx: &mut Write, cx: &Context, id: ReviewId) -> Result<Looked> {
    let ticket = look(tx, cx, id)?.review.ticket;
    tickets::hold_root(tx, ticket)?;
    store::hold(tx, id)?;
    let looked = look(tx, cx, id)?;
    tickets::may_work(tx, cx, looked.ticket.number)?;
    if looked.review.author != cx.viewer.person {
        return Err(Error::Conflict("conflict-review-authors"));
    }
    match looked.review.state {
        State::Waiting | State::Returned => Ok(looked),
        State::TakenBack | State::Approved => Err(Error::Conflict("conflict-not-in-review")),
    }
}

/// The next version; `revision` is that of the review as its author read it.
pub fn hand_in_again(tx: &mut Write, cx: &Context, id: ReviewId, revision: i64, words: &Words) -> Result<EventId> {
    let looked = own(tx, cx, id)?;
    let review = &looked.review;
    if review.revision != revision {
        return Err(Error::Conflict("conflict-review-changed"));
    }
    let words = words.tidied(review.what);
    check_words(tx, review, &words)?;
    check(tx, &looked.ticket, review.what, &words)?;
    if words != store::newest_version(tx, id)?.text() {
        store::add_version(tx, cx, id, &words)?;
    } else if review.state == State::Waiting {
        return Err(Error::refused(field_of(review.what), "refused-review-unchanged"));
    }
    waits_again(tx, cx, &looked)?;
    let fact = Fact::new(EventKind::ReviewAsked).on(looked.ticket.number, looked.ticket.team);
    events::record(tx, cx, fact.about(id.0))
}

fn field_of(what: What) -> &'static str {
    if what == What::Solution { "steps" } else { "body" }
}

/// A reply says something, unless its files speak for themselves.
fn check_words(tx: &mut Write, review: &Review, words: &Words) -> Result<()> {
    if review.what == What::Solution {
        return Ok(());
    }
    let mut checks = Checks::default();
    if store::files(tx, review.id)?.is_empty() {
        checks.text(&words.body, tickets::MOST_WORDS, "body");
    } else {
        checks.at_most(&words.body, tickets::MOST_WORDS, "body");
    }
    checks.done()
}

/// Nobody reads it any more; the words of a reply go back to where its author writes.
pub fn take_back(tx: &mut Write, cx: &Context, id: ReviewId) -> Result<EventId> {
    let looked = own(tx, cx, id)?;
    withdraw(tx, cx, &looked)?;
    let fact = Fact::new(EventKind::ReviewTakenBack).on(looked.ticket.number, looked.ticket.team);
    events::record(tx, cx, fact.about(id.0))
}

pub(super) fn withdraw(tx: &mut Write, cx: &Context, looked: &Looked) -> Result<()> {
    let review = &looked.review;
    let gone = Review {
        state: State::TakenBack,
        ..review.clone()
    };
    store::save(tx, &gone)?;
    if review.what == What::Reply {
        let body = store::newest_version(tx, review.id)?.text().body;
        drafts::give_back(tx, cx, looked.ticket.number, review.author, &body)?;
    }
    Ok(())
}
