//! One ticket that was two matters becomes two. The chosen messages go to a new ticket, with their files, their letters
//! and what was sent of them; the promise to whoever asked in them counts from when he did. Answers to what went along
//! find the new one (see `mailboxes::thread`).

use db::{Read, Sql, Value, Write, args};
use serde_json::{Map, Value as Json, json};

use super::change::{Changed, change_admitted};
use super::show::{self, NamedPerson};
use super::store;
use super::ticket::{Channel, Status, Ticket};
use super::undo;
use super::write::MessageKind;
use crate::access::Action;
use crate::clock::Time;
use crate::context::Context;
use crate::drafts;
use crate::error::{Checks, Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, MessageId, OrganizationId, PersonId, TicketNumber};
use crate::people;
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
    pub(super) struct Said { id: MessageId, kind: MessageKind, channel: Channel, author: PersonId, pub(super) at: Time }
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
    let wanted = match (asked.requester, first.kind) {
        (Some(named), _) => named,
        // Whoever wrote it may have become part of another record since.
        (None, MessageKind::Request) => people::root(tx, first.author)?,
        (None, _) => old.requester,
    };
    let asker: Option<Asker> = tx.maybe(
        "SELECT id, language, organization FROM person WHERE id = $1 AND merged_into IS NULL",
        &args![wanted],
    )?;
    let asker = asker.ok_or(Error::refused("requester", "refused-no-such-person"))?;
    let mut new = draft(&old, &goes, &asker, asked.subject.trim());
    new.settle(&cx.house);
    new.number = store::insert(tx, &new)?;
    let ids: Vec<MessageId> = goes.iter().map(|said| said.id).collect();
    bring(
        tx,
        &ids,
        new.number,
        (asker.id != old.requester).then_some(old.requester),
    )?;
    let stays = what_stays(tx, cx, &old, &goes)?;
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
    let data = json!({ "messages": ids, "off": off.0, "was": told_of(&old), "is": told_of(&stays) }).to_string();
    let fact = Fact::new(EventKind::Split).on(number, old.team).about(new.number.0);
    let event = events::record(tx, cx, fact.with(Some(data)))?;
    Ok((new.number, event))
}

/// For whom a part of this ticket may be: its requester and whoever wrote on it, as they are known now.
pub fn may_ask(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<NamedPerson>> {
    let ticket = show::find_inside(r, cx, number)?;
    let authors: Vec<PersonId> = r.query(
        "SELECT author FROM message WHERE ticket = $1 AND kind = 'request' AND state <> 'withdrawn' ORDER BY at, id",
        &args![number],
    )?;
    let mut all: Vec<NamedPerson> = Vec::new();
    for author in std::iter::once(ticket.requester).chain(authors) {
        let id = people::root(r, author)?;
        if all.iter().all(|one| one.id != id) {
            let name = r.one("SELECT name FROM person WHERE id = $1", &args![id])?;
            all.push(NamedPerson { id, name });
        }
    }
    Ok(all)
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
        replied_at: goes.iter().find(|said| is_answer(said)).map(|said| said.at),
        solved_at: None,
        closed_at: None,
        paused_at: None,
        paused_work: 0,
        requester_spoke_at: Some(spoke.max().unwrap_or(goes[0].at)),
        snoozed_until: None,
        policy: None,
        asked_at: None,
        asked_paused: 0,
        answer_due: Time::NEVER,
        alarm_at: Time::NEVER,
        ..old.clone()
    }
}

/// Messages go to a ticket with all that hangs on them. The raw letters stay where they are, with their messages; a
/// letter that has not left yet stays with whom it is for, if the words go to somebody else's ticket.
pub(super) fn bring(tx: &mut Write, ids: &[MessageId], to: TicketNumber, stays_with: Option<PersonId>) -> Result<()> {
    for text in [
        "UPDATE message SET ticket = $1 WHERE id = $2",
        "UPDATE file SET ticket = $1 WHERE message = $2",
        "UPDATE letter SET ticket = $1 WHERE message = $2",
    ] {
        for id in ids {
            tx.exec(text, &[Value::from(to), Value::from(*id)])?;
        }
    }
    for id in ids {
        tx.exec(
            "UPDATE outgoing SET ticket = $1 WHERE message = $2 AND (state <> 'waiting' OR person <> $3)",
            &args![to, *id, stays_with.unwrap_or(PersonId(0))],
        )?;
    }
    Ok(())
}

/// When it was answered first and when its requester spoke last, by the words that are left: what went along is no
/// answer to the rest.
pub(super) fn what_stays(tx: &mut Write, cx: &Context, old: &Ticket, goes: &[Said]) -> Result<Ticket> {
    let mut sql =
        Sql::new("SELECT id, kind, channel, author, at FROM message WHERE state <> 'withdrawn' AND ticket IN (");
    sql.bind_list(store::with_merged(tx, old.number)?)
        .push(") ORDER BY at, id");
    let left: Vec<Said> = tx.query_sql(&sql)?;
    let first_answer = |said: &[Said]| said.iter().find(|one| is_answer(one)).map(|one| one.at);
    let mut ticket = old.clone();
    if old.replied_at.is_some() && first_answer(goes).is_some_and(|at| Some(at) <= old.replied_at) {
        ticket.replied_at = first_answer(&left);
    }
    if goes.iter().any(|said| said.kind == MessageKind::Request) {
        let spoke = left
            .iter()
            .filter(|said| said.kind == MessageKind::Request)
            .map(|said| said.at);
        ticket.requester_spoke_at = spoke.max().or(Some(old.created_at));
    }
    ticket.settle(&cx.house);
    store::save(tx, &ticket)?;
    Ok(ticket)
}

fn is_answer(said: &Said) -> bool {
    !matches!(said.kind, MessageKind::Request | MessageKind::Note)
}

pub(super) fn told_of(ticket: &Ticket) -> Json {
    json!([ticket.replied_at, ticket.requester_spoke_at])
}

/// The words are back, and with them what they tell, unless something was said since.
pub(super) fn tell_as_before(tx: &mut Write, cx: &Context, now: &Ticket, data: &Map<String, Json>) -> Result<()> {
    let (Some(was), Some(is)) = (data.get("was"), data.get("is")) else {
        return Ok(());
    };
    if *is != told_of(now) {
        return Ok(());
    }
    let mut ticket = now.clone();
    (ticket.replied_at, ticket.requester_spoke_at) = serde_json::from_value(was.clone()).map_err(Error::fault)?;
    ticket.settle(&cx.house);
    store::save(tx, &ticket)
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
    let last = data.get("off").and_then(Json::as_i64).unwrap_or(0);
    let later: Option<EventId> = tx.maybe(
        "SELECT id FROM event WHERE ticket = $1 AND id > $2 LIMIT 1",
        &args![off, last],
    )?;
    if later.is_some() || new.merged_into.is_some() || old.merged_into.is_some() {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    let ids = data.get("messages").and_then(Json::as_array).cloned();
    let ids: Vec<MessageId> = ids.iter().flatten().filter_map(Json::as_i64).map(MessageId).collect();
    bring(tx, &ids, origin, None)?;
    tell_as_before(tx, cx, &old, &data)?;
    tx.exec("DELETE FROM split WHERE ticket = $1", &args![off])?;
    tx.exec(
        "DELETE FROM link WHERE (ticket = $1 AND other = $2) OR (ticket = $2 AND other = $1)",
        &args![off, origin],
    )?;
    put_away(tx, cx, &new, origin, event.id)?;
    drafts::go_along(tx, cx, off, origin)?;
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
