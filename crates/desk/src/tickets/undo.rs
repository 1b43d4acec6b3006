//! Taking back what was just done. Every event that changed fields wrote down from what to what; undoing puts the old
//! values back, unless somebody has changed them since.

use db::{Packed, Read, Write, args};
use serde_json::{Map, Value};

use super::change::{Changed, change, fields};
use super::solve::CLOSES_AFTER;
use super::ticket::{Status, Ticket};
use super::write::MessageKind;
use super::{fill, link, mention, merge, planned, refile, snooze, spent, split, steps, store, tag, watch, write};
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::escalations;
use crate::events::{self, Event, EventKind};
use crate::ids::{EventId, MessageId, PlannedId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::mailboxes::outbox;
use crate::problems;
use crate::reviews;
use crate::sla;
use crate::suggestions;

/// Undoes one event of this ticket. `Conflict` says why it cannot be.
pub fn undo(tx: &mut Write, cx: &Context, id: EventId) -> Result<TicketNumber> {
    let event = events::find(tx, id)?;
    let number = event.ticket.ok_or(Error::NotFound)?;
    store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    if !is_of_two(event.kind) {
        store::hold(tx, number)?;
    }
    match event.kind {
        EventKind::Merged => {
            let (merged, _) = ends_of_merge(number, &event)?;
            merge::unmerge(tx, cx, merged)?;
        }
        EventKind::Unmerged => {
            let (merged, into) = ends_of_merge(number, &event)?;
            merge::merge(tx, cx, merged, into)?;
        }
        EventKind::Split => return split::unsplit(tx, cx, &event),
        EventKind::LetterMoved => return refile::move_back(tx, cx, &event),
        EventKind::ProblemLinked | EventKind::ProblemUnlinked => return problems::undo_link(tx, cx, &event),
        kind if kind.is_of_escalation() => escalations::taken_back(tx, cx, &event).map(drop)?,
        EventKind::Linked => link::unlink(tx, cx, number, subject(&event)?).map(drop)?,
        EventKind::Unlinked => link::link_again(tx, cx, number, &event).map(drop)?,
        EventKind::SuggestionUsed | EventKind::SuggestionDismissed => suggestions::undo(tx, cx, &event)?,
        EventKind::Watched => watch::unwatch(tx, cx, number).map(drop)?,
        EventKind::Unwatched => watch::watch_again(tx, cx, &event).map(drop)?,
        EventKind::Tagged | EventKind::Untagged => undo_tag(tx, cx, number, &event)?,
        EventKind::Filled => fill::put_back(tx, cx, &event)?,
        EventKind::ReplyPlanned => {
            planned::withdraw(tx, planned_of(&event)?)?;
            put_back(tx, cx, number, &event)?;
        }
        EventKind::ReplyUnplanned => planned::plan_again(tx, cx, number, planned_of(&event)?).map(drop)?,
        EventKind::Replied => take_back(tx, cx, number, &event)?,
        EventKind::ReplyResent => outbox::call_back(tx, cx, number, &event)?,
        EventKind::Noted | EventKind::Called | EventKind::Visited => remove_words(tx, cx, number, &event)?,
        EventKind::Assigned
        | EventKind::Pended
        | EventKind::Held
        | EventKind::Resumed
        | EventKind::Snoozed
        | EventKind::Woken
        | EventKind::Reopened
        | EventKind::Closed
        | EventKind::Edited => put_back(tx, cx, number, &event).map(drop)?,
        kind if is_of_review(kind) => undo_review(tx, cx, number, &event)?,
        EventKind::Solved => {
            put_back(tx, cx, number, &event)?;
            suggestions::unsaid(tx, number, event.at)?;
        }
        EventKind::StepAdded
        | EventKind::StepChanged
        | EventKind::StepTicked
        | EventKind::StepUnticked
        | EventKind::StepMoved
        | EventKind::StepRemoved => steps::undo(tx, cx, number, &event)?,
        EventKind::TimeLogged | EventKind::TimeChanged | EventKind::TimeRemoved => {
            spent::undo(tx, cx, number, &event)?;
        }
        _ => return Err(Error::Conflict("conflict-cannot-undo")),
    }
    Ok(number)
}

fn is_of_review(kind: EventKind) -> bool {
    use EventKind::{ReviewApproved, ReviewAsked, ReviewReturned};
    matches!(kind, ReviewAsked | ReviewReturned | ReviewApproved)
}

fn undo_review(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    match event.kind {
        EventKind::ReviewReturned => reviews::undo_returned(tx, cx, event),
        EventKind::ReviewApproved => reviews::undo_approved(tx, cx, event),
        _ => {
            reviews::undo_asked(tx, cx, event)?;
            put_back(tx, cx, number, event).map(drop)
        }
    }
}

/// It holds two rows, in an order of its own.
fn is_of_two(kind: EventKind) -> bool {
    use EventKind::{LetterMoved, Merged, ProblemLinked, ProblemUnlinked, Split, SuggestionUsed, Unmerged};
    matches!(
        kind,
        Merged | Unmerged | Split | LetterMoved | ProblemLinked | ProblemUnlinked | SuggestionUsed
    )
}

db::table! {
    /// Words that were taken back, for whoever wrote them.
    #[derive(Clone, Debug)]
    pub struct TakenBack { pub id: MessageId, pub kind: MessageKind, pub body: Packed, pub minutes: Option<i64> }
}

/// The viewer's own words that an undo took back: they return to where they were typed.
pub fn taken_back(r: &mut Read, cx: &Context, number: TicketNumber, id: MessageId) -> Result<Option<TakenBack>> {
    store::load(r, number)?.admit(&cx.viewer, Action::Work)?;
    Ok(r.maybe(
        "SELECT id, kind, body, minutes FROM message
         WHERE id = $1 AND ticket = $2 AND author = $3 AND state = 'withdrawn'",
        &args![id, number, cx.viewer.person],
    )?)
}

/// The same of a reply that was planned and called off.
pub fn called_off(r: &mut Read, cx: &Context, number: TicketNumber, id: PlannedId) -> Result<Option<TakenBack>> {
    store::load(r, number)?.admit(&cx.viewer, Action::Work)?;
    planned::called_off(r, cx, id)
}

fn planned_of(event: &Event) -> Result<PlannedId> {
    event
        .subject
        .map(PlannedId)
        .ok_or(Error::Conflict("conflict-cannot-undo"))
}

fn subject(event: &Event) -> Result<TicketNumber> {
    event
        .subject
        .map(TicketNumber)
        .ok_or(Error::Conflict("conflict-cannot-undo"))
}

/// A merge is told on both tickets: on the one merged away by what changed on it, on the one kept by the other's number.
fn ends_of_merge(number: TicketNumber, event: &Event) -> Result<(TicketNumber, TicketNumber)> {
    let other = subject(event)?;
    let went = changes_of(event)?.contains_key("merged_into");
    Ok(if went { (number, other) } else { (other, number) })
}

fn word(event: &Event) -> Result<String> {
    let data: Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    data["word"]
        .as_str()
        .map(str::to_string)
        .ok_or(Error::Conflict("conflict-cannot-undo"))
}

/// The word of a tag that nobody has set or taken away since.
fn word_untouched(r: &mut Read, number: TicketNumber, event: &Event) -> Result<String> {
    let word = word(event)?;
    let later: Vec<EventId> = r.query(
        "SELECT id FROM event WHERE ticket = $1 AND id > $2 AND kind IN ('tagged', 'untagged') ORDER BY id",
        &args![number, event.id],
    )?;
    for id in later {
        if self::word(&events::find(r, id)?)? == word {
            return Err(Error::Conflict("conflict-changed-since"));
        }
    }
    Ok(word)
}

fn undo_tag(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let word = word_untouched(tx, number, event)?;
    match event.kind {
        EventKind::Tagged => tag::untag(tx, cx, number, &word)?,
        _ => tag::tag(tx, cx, number, &word)?,
    };
    Ok(())
}

/// A reply can be taken back while its letter waits in the outbox, and the status it set with it.
fn take_back(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let message = still_here(tx, number, event)?;
    if !write::withdraw(tx, message)? {
        return Err(Error::Conflict("conflict-already-sent"));
    }
    mention::forget(tx, number, message)?;
    suggestions::unsaid(tx, number, event.at)?;
    put_back_as(tx, cx, number, event, EventKind::ReplyWithdrawn, message.0)?;
    Ok(())
}

/// The words of an event, unless they were split off since: rights on the other ticket were not asked for.
fn still_here(r: &mut Read, number: TicketNumber, event: &Event) -> Result<MessageId> {
    let message = event.subject.map(MessageId).ok_or(Error::NotFound)?;
    let on: Option<TicketNumber> = r.maybe("SELECT ticket FROM message WHERE id = $1", &args![message])?;
    if on == Some(number) {
        Ok(message)
    } else {
        Err(Error::Conflict("conflict-changed-since"))
    }
}

/// Notes and logs stay in the database, withdrawn: nothing typed is ever lost.
fn remove_words(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let message = still_here(tx, number, event)?;
    tx.exec("UPDATE message SET state = 'withdrawn' WHERE id = $1", &args![message])?;
    mention::forget(tx, number, message)?;
    put_back(tx, cx, number, event)?;
    Ok(())
}

pub(crate) fn put_back(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<Changed> {
    put_back_as(tx, cx, number, event, EventKind::Undone, event.id.0)
}

fn put_back_as(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    event: &Event,
    kind: EventKind,
    about: i64,
) -> Result<Changed> {
    let changes = changes_of(event)?;
    let changed = change(tx, cx, number, kind, |tx, ticket| {
        *ticket = restored(ticket, &changes)?;
        if may_answer(event.kind) {
            sla::unanswered(tx, cx, ticket, event.at)?;
        }
        Ok(Some(about))
    })?;
    snooze::wake_in_time(tx, &changed.ticket)?;
    // Solved again by undoing: the job that closes it may have run out meanwhile.
    if let (Status::Solved, Some(at)) = (changed.ticket.status, changed.ticket.solved_at) {
        jobs::enqueue(tx, JobKind::CloseSolved, number.0, at.plus(CLOSES_AFTER))?;
    }
    Ok(changed)
}

/// Of a requester who waited for a next reply.
fn may_answer(kind: EventKind) -> bool {
    use EventKind::{Called, Closed, Replied, Solved, Visited};
    matches!(kind, Replied | Called | Visited | Solved | Closed)
}

pub(super) fn changes_of(event: &Event) -> Result<Map<String, Value>> {
    serde_json::from_str(event.changes()).map_err(Error::fault)
}

/// The ticket with the old values back, if the new ones still stand.
pub(super) fn restored(ticket: &Ticket, changes: &Map<String, Value>) -> Result<Ticket> {
    let mut now = fields(ticket);
    for (name, pair) in changes {
        if now.get(name) != Some(&pair[1]) {
            return Err(Error::Conflict("conflict-changed-since"));
        }
        now.insert(name.clone(), pair[0].clone());
    }
    serde_json::from_value(Value::Object(now)).map_err(Error::fault)
}
