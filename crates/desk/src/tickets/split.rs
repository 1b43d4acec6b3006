//! One ticket that was two matters becomes two. The chosen messages go to a new ticket, with their files, their letters
//! and what was sent of them; the promise to whoever asked in them counts from when he did. Answers to what went along
//! find the new one (see `mailboxes::thread`).

use db::{Read, Sql, Value, Write, args};
use serde_json::json;

use super::change::{Changed, change_admitted};
use super::store;
use super::ticket::{Channel, Status, Ticket};
use super::undo;
use super::write::MessageKind;
use crate::access::Action;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, MessageId, OrganizationId, PersonId, TicketNumber};
use crate::words::Lang;

/// What goes, and where to.
#[derive(Clone, Debug)]
pub struct Split {
    pub messages: Vec<MessageId>,
    pub subject: String,
    /// Left out: whoever said the first of them, if a requester did; else the requester of the ticket.
    pub requester: Option<PersonId>,
}

db::table! {
    #[derive(Clone, Copy)]
    struct Said { id: MessageId, kind: MessageKind, channel: Channel, author: PersonId, at: Time }
}
db::table! {
    struct Asker { id: PersonId, language: Lang, organization: Option<OrganizationId> }
}

/// Splits `number`; the answer is the new ticket and the event that can be undone.
pub fn split(tx: &mut Write, cx: &Context, number: TicketNumber, asked: &Split) -> Result<(TicketNumber, EventId)> {
    store::hold(tx, number)?;
    let old = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    if old.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    let goes = chosen(tx, &old, asked)?;
    let first = goes[0];
    let wanted = asked.requester.unwrap_or(match first.kind {
        MessageKind::Request => first.author,
        _ => old.requester,
    });
    let asker: Option<Asker> = tx.maybe(
        "SELECT id, language, organization FROM person WHERE id = $1 AND merged_into IS NULL",
        &args![wanted],
    )?;
    let asker = asker.ok_or(Error::refused("requester", "refused-no-such-person"))?;
    let mut new = draft(&old, &goes, &asker, asked.subject.trim());
    new.settle(&cx.house);
    new.number = store::insert(tx, &new)?;
    let ids: Vec<MessageId> = goes.iter().map(|said| said.id).collect();
    bring(tx, &ids, new.number)?;
    tx.exec(
        "INSERT INTO split (ticket, origin, at) VALUES ($1, $2, $3)",
        &args![new.number, number, cx.now],
    )?;
    tx.exec(
        "INSERT INTO link (ticket, other, kind, created_at) VALUES ($1, $2, 'related', $3)",
        &args![new.number, number, cx.now],
    )?;
    let off = Fact::new(EventKind::Split).on(new.number, new.team).about(number.0);
    let off = events::record(tx, cx, off)?;
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let data = json!({ "messages": ids, "off": off.0 }).to_string();
    let fact = Fact::new(EventKind::Split).on(number, old.team).about(new.number.0);
    let event = events::record(tx, cx, fact.with(Some(data)))?;
    Ok((new.number, event))
}

/// The chosen messages in the order they were said; something must go, and something must stay.
fn chosen(r: &mut Read, old: &Ticket, asked: &Split) -> Result<Vec<Said>> {
    let all: Vec<Said> = r.query(
        "SELECT id, kind, channel, author, at FROM message WHERE ticket = $1 AND state <> 'withdrawn' ORDER BY at, id",
        &args![old.number],
    )?;
    let known = asked.messages.iter().all(|id| all.iter().any(|said| said.id == *id));
    let staying = all.iter().any(|said| !asked.messages.contains(&said.id));
    Checks::default()
        .check(!asked.messages.is_empty(), "messages", "refused-no-message")
        .check(known, "messages", "refused-message-gone")
        .check(
            asked.messages.is_empty() || staying,
            "messages",
            "refused-every-message",
        )
        .text(&asked.subject, 250, "subject")
        .done()?;
    Ok(all
        .into_iter()
        .filter(|said| asked.messages.contains(&said.id))
        .collect())
}

/// As the old one is, but for what the words that go say themselves; somebody here must act on it.
fn draft(old: &Ticket, goes: &[Said], asker: &Asker, subject: &str) -> Ticket {
    let ours = |said: &&Said| !matches!(said.kind, MessageKind::Request | MessageKind::Note);
    let spoke = goes
        .iter()
        .filter(|said| said.kind == MessageKind::Request)
        .map(|said| said.at);
    Ticket {
        subject: subject.to_string(),
        status: if old.assignee.is_some() {
            Status::Open
        } else {
            Status::New
        },
        channel: goes[0].channel,
        language: if asker.id == old.requester {
            old.language
        } else {
            asker.language
        },
        requester: asker.id,
        organization: asker.organization,
        waiting_for: String::new(),
        created_at: goes[0].at,
        replied_at: goes.iter().find(ours).map(|said| said.at),
        solved_at: None,
        closed_at: None,
        paused_at: None,
        paused_work: 0,
        requester_spoke_at: Some(spoke.max().unwrap_or(goes[0].at)),
        snoozed_until: None,
        ..old.clone()
    }
}

/// Messages go to a ticket with all that hangs on them. The raw letters stay where they are, with their messages.
fn bring(tx: &mut Write, ids: &[MessageId], to: TicketNumber) -> Result<()> {
    for text in [
        "UPDATE message SET ticket = $1 WHERE id = $2",
        "UPDATE file SET ticket = $1 WHERE message = $2",
        "UPDATE letter SET ticket = $1 WHERE message = $2",
        "UPDATE outgoing SET ticket = $1 WHERE message = $2",
    ] {
        for id in ids {
            tx.exec(text, &[Value::from(to), Value::from(*id)])?;
        }
    }
    Ok(())
}

/// Puts the messages back and the new ticket away, if nothing happened on it since. Both rows are held here.
pub(super) fn unsplit(tx: &mut Write, cx: &Context, event: &Event) -> Result<TicketNumber> {
    let told = told_on_origin(tx, event)?;
    let gone = || Error::Conflict("conflict-cannot-undo");
    let origin = told.ticket.ok_or_else(gone)?;
    let off = told.subject.map(TicketNumber).ok_or_else(gone)?;
    store::hold(tx, origin.min(off))?;
    store::hold(tx, origin.max(off))?;
    let old = store::load(tx, origin)?.admit(&cx.viewer, Action::Work)?;
    let new = store::load(tx, off)?.admit(&cx.viewer, Action::Work)?;
    let data = undo::changes_of(&told)?;
    let last = data.get("off").and_then(serde_json::Value::as_i64).unwrap_or(0);
    let later: Option<EventId> = tx.maybe(
        "SELECT id FROM event WHERE ticket = $1 AND id > $2 LIMIT 1",
        &args![off, last],
    )?;
    if later.is_some() || new.merged_into.is_some() || old.merged_into.is_some() {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    let ids = data.get("messages").and_then(serde_json::Value::as_array).cloned();
    let ids: Vec<MessageId> = ids
        .iter()
        .flatten()
        .filter_map(serde_json::Value::as_i64)
        .map(MessageId)
        .collect();
    bring(tx, &ids, origin)?;
    tx.exec("DELETE FROM split WHERE ticket = $1", &args![off])?;
    tx.exec(
        "DELETE FROM link WHERE (ticket = $1 AND other = $2) OR (ticket = $2 AND other = $1)",
        &args![off, origin],
    )?;
    put_away(tx, cx, &new, origin, event.id)?;
    let fact = Fact::new(EventKind::Undone).on(origin, old.team).about(event.id.0);
    events::record(tx, cx, fact)?;
    Ok(origin)
}

/// Nothing is left of it but its number, which leads to where its words are.
fn put_away(tx: &mut Write, cx: &Context, new: &Ticket, origin: TicketNumber, undone: EventId) -> Result<Changed> {
    change_admitted(tx, cx, new, EventKind::Undone, |_, ticket| {
        ticket.merged_into = Some(origin);
        ticket.become_status(Status::Closed, cx.now, &cx.house);
        ticket.closed_at = Some(cx.now);
        Ok(Some(undone.0))
    })
}

/// A split is told on both tickets; which messages went is told on the one they came from.
fn told_on_origin(r: &mut Read, event: &Event) -> Result<Event> {
    if event.data.is_some() {
        return Ok(event.clone());
    }
    let id: Option<EventId> = r.maybe(
        "SELECT id FROM event WHERE ticket = $1 AND kind = $2 AND subject = $3 ORDER BY id DESC LIMIT 1",
        &args![event.subject, EventKind::Split, event.ticket],
    )?;
    events::find(r, id.ok_or(Error::Conflict("conflict-cannot-undo"))?)
}

/// Where the words went that one of these identifiers names, if they were split off this ticket or off one that was.
/// The first identifier that names anything here decides: it is what the letter answers.
pub(crate) fn went_to(r: &mut Read, from: TicketNumber, identifiers: &[String]) -> Result<Option<TicketNumber>> {
    let any: Option<TicketNumber> = r.maybe("SELECT ticket FROM split WHERE origin = $1 LIMIT 1", &args![from])?;
    if any.is_none() {
        return Ok(None);
    }
    for identifier in identifiers {
        let mut sql =
            Sql::new("SELECT m.ticket FROM outgoing o JOIN message m ON m.id = o.message WHERE o.message_id = ");
        sql.bind(identifier.clone())
            .push(" UNION SELECT m.ticket FROM letter l JOIN message m ON m.id = l.message WHERE l.message_id = ")
            .bind(identifier.clone())
            .push(" ORDER BY 1 DESC LIMIT 1");
        if let Some(on) = r.maybe_sql::<TicketNumber>(&sql)? {
            return Ok(if is_off(r, on, from)? { Some(on) } else { None });
        }
    }
    Ok(None)
}

fn is_off(r: &mut Read, ticket: TicketNumber, from: TicketNumber) -> Result<bool> {
    let mut at = ticket;
    // As deep as anybody splits; the bound keeps a broken chain from turning forever.
    for _ in 0..64 {
        let origin: Option<TicketNumber> = r.maybe("SELECT origin FROM split WHERE ticket = $1", &args![at])?;
        match origin {
            Some(origin) if origin == from => return Ok(true),
            Some(origin) => at = origin,
            None => break,
        }
    }
    Ok(false)
}
