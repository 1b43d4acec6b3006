//! Words on a ticket: a reply that leaves, a note that never does, a call or a visit that was had.

use db::{Value, Write, args};

use super::change::{Changed, change};
use super::ticket::{Channel, Status, Ticket};
use super::{fill, mention};
use crate::clock::Time;
use crate::context::Context;
use crate::drafts;
use crate::error::{Checks, Error, Result};
use crate::events::EventKind;
use crate::ids::{LetterId, MessageId, PersonId, TicketNumber};
use crate::mailboxes::outbox;
use crate::reviews;
use crate::suggestions;

db::text_enum! {
    /// `Request` is what a requester said; the others are the desk's.
    pub enum MessageKind { Request => "request", Reply => "reply", Note => "note", Call => "call", Visit => "visit" }
}
db::text_enum! {
    pub enum MessageState { Sent => "sent", Held => "held", Review => "review", Withdrawn => "withdrawn" }
}
db::text_enum! {
    #[derive(Default)]
    pub enum MessageFormat { #[default] Markdown => "markdown", Text => "text" }
}

/// Characters of one message.
pub(crate) const MOST_WORDS: usize = 200_000;

/// A file already stored by its content (see `files`), to be attached to a message.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub name: String,
    pub mime: String,
    pub bytes: i64,
    pub sha256: String,
    pub content_id: Option<String>,
}

/// What a technician writes. `then` is the status that goes with it ("Send, then wait").
#[derive(Clone, Debug, Default)]
pub struct NewMessage {
    pub body: String,
    pub minutes: Option<i64>,
    pub files: Vec<NewFile>,
    pub then: Option<Status>,
    /// As it is to be read; what was typed as plain text stays as it was typed.
    pub format: MessageFormat,
}

/// A row of `message` to be written.
pub(super) struct Words<'a> {
    pub kind: MessageKind,
    pub channel: Channel,
    pub author: PersonId,
    pub format: MessageFormat,
    pub body: Value<'a>,
    pub quoted: &'a str,
    pub html: Option<&'a str>,
    pub minutes: Option<i64>,
    pub letter: Option<LetterId>,
    pub at: Time,
}

pub(super) fn add(tx: &mut Write, ticket: TicketNumber, w: Words<'_>, files: &[NewFile]) -> Result<MessageId> {
    let id = tx.insert(
        "INSERT INTO message (ticket, kind, state, channel, author, format, body, quoted, html, minutes, letter, at)
         VALUES ($1, $2, 'sent', $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        &args![
            ticket,
            w.kind,
            w.channel,
            w.author,
            w.format,
            w.body,
            db::packed(w.quoted),
            w.html.map(db::packed),
            w.minutes,
            w.letter,
            w.at
        ],
    )?;
    attach(tx, ticket, MessageId(id), w.at, files)?;
    Ok(MessageId(id))
}

pub(super) fn attach(
    tx: &mut Write,
    ticket: TicketNumber,
    message: MessageId,
    at: Time,
    files: &[NewFile],
) -> Result<()> {
    for file in files {
        tx.exec(
            "INSERT INTO file (ticket, message, name, mime, bytes, sha256, content_id, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &args![
                ticket,
                message,
                file.name.as_str(),
                file.mime.as_str(),
                file.bytes,
                file.sha256.as_str(),
                file.content_id.as_deref(),
                at
            ],
        )?;
    }
    Ok(())
}

/// Answers the requester. The letter that leaves is a row of this transaction, its Message-ID fixed; it waits a few
/// seconds in the outbox so that it can be taken back.
pub fn reply(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewMessage) -> Result<(Changed, MessageId)> {
    let replied = reply_beside(tx, cx, number, new)?;
    drafts::forget_sent(tx, cx, number, MessageKind::Reply)?;
    Ok(replied)
}

/// Answers by letter from beside the composer: what the same technician is writing there stays.
pub(crate) fn reply_beside(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
) -> Result<(Changed, MessageId)> {
    reviews::must_not_wait(tx, cx, number, new)?;
    reply_approved(tx, cx, number, new)
}

/// The same of words that a senior has read, or that no rule holds.
pub(crate) fn reply_approved(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
) -> Result<(Changed, MessageId)> {
    let (changed, written) = say(tx, cx, number, new, MessageKind::Reply, EventKind::Replied)?;
    outbox::queue_reply(tx, cx, &changed.ticket, written)?;
    suggestions::said(tx, cx, number, &[&new.body])?;
    Ok((changed, written))
}

/// Answers in a live chat: it is read at once, so no letter leaves, nothing can be taken back, and no senior reads it
/// first.
pub(crate) fn reply_live(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
) -> Result<(Changed, MessageId)> {
    let (changed, written) = say(tx, cx, number, new, MessageKind::Reply, EventKind::Replied)?;
    tx.exec("UPDATE message SET channel = 'chat' WHERE id = $1", &args![written])?;
    suggestions::said(tx, cx, number, &[&new.body])?;
    Ok((changed, written))
}

/// Tells the team. Never sent, never shown to a requester.
pub fn note(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewMessage) -> Result<(Changed, MessageId)> {
    say_composed(tx, cx, number, new, MessageKind::Note, EventKind::Noted)
}

/// Tells the team from beside the composer: the note its writer has begun there stays.
pub fn note_beside(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
) -> Result<(Changed, MessageId)> {
    say_inside(tx, cx, number, new, MessageKind::Note, EventKind::Noted)
}

/// Keeps what was said on the phone.
pub fn log_call(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewMessage) -> Result<(Changed, MessageId)> {
    say_composed(tx, cx, number, new, MessageKind::Call, EventKind::Called)
}

/// Keeps what was done on a visit or at the counter.
pub fn log_visit(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewMessage) -> Result<(Changed, MessageId)> {
    say_composed(tx, cx, number, new, MessageKind::Visit, EventKind::Visited)
}

/// Words, or files that speak for themselves.
pub(super) fn check_words(body: &str, files: &[NewFile]) -> Checks {
    let mut checks = Checks::default();
    if files.is_empty() {
        checks.text(body, MOST_WORDS, "body");
    } else {
        checks.at_most(body, MOST_WORDS, "body");
    }
    checks
}

/// What a technician writes is whole and makes sense.
pub(crate) fn check(new: &NewMessage) -> Result<()> {
    check_words(&new.body, &new.files)
        .check(
            new.minutes.is_none_or(|m| (0..=1440).contains(&m)),
            "minutes",
            "refused-minutes",
        )
        .check(
            !matches!(new.then, Some(Status::New | Status::Closed)),
            "then",
            "refused-status",
        )
        .done()
}

/// From the composer: its draft has been said.
fn say_composed(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
    kind: MessageKind,
    event: EventKind,
) -> Result<(Changed, MessageId)> {
    let said = say_inside(tx, cx, number, new, kind, event)?;
    drafts::forget_sent(tx, cx, number, kind)?;
    Ok(said)
}

/// Words that leave nowhere; where they solve the ticket, its solution is not one that a senior reads first.
fn say_inside(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
    kind: MessageKind,
    event: EventKind,
) -> Result<(Changed, MessageId)> {
    if new.then == Some(Status::Solved) {
        reviews::must_not_solve(tx, cx, number)?;
    }
    say(tx, cx, number, new, kind, event)
}

fn say(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    new: &NewMessage,
    kind: MessageKind,
    event: EventKind,
) -> Result<(Changed, MessageId)> {
    check(new)?;
    let mut written = MessageId(0);
    let changed = change(tx, cx, number, event, |tx, ticket| {
        if ticket.merged_into.is_some() {
            return Err(Error::Conflict("conflict-merged"));
        }
        let channel = match kind {
            MessageKind::Call => Channel::Phone,
            MessageKind::Visit => Channel::InPerson,
            _ => Channel::Mail,
        };
        let words = Words {
            kind,
            channel,
            author: cx.viewer.person,
            format: new.format,
            body: db::packed(new.body.trim_end()),
            quoted: "",
            html: None,
            minutes: new.minutes,
            letter: None,
            at: cx.now,
        };
        written = add(tx, ticket.number, words, &new.files)?;
        mention::keep(tx, cx, ticket, written, &new.body)?;
        // A word with the requester, written or spoken, is a first reply; a note is not.
        if kind != MessageKind::Note {
            ticket.replied_at = ticket.replied_at.or(Some(cx.now));
            ticket.assignee = ticket.assignee.or(Some(cx.viewer.person));
            if ticket.status == Status::New {
                ticket.become_status(Status::Open, cx.now, &cx.house);
            }
        }
        if let Some(status) = new.then.filter(|s| *s != ticket.status) {
            if status == Status::Solved {
                fill::ready_to_solve(tx, ticket)?;
                ticket.solved_at = Some(cx.now);
            }
            ticket.become_status(status, cx.now, &cx.house);
        }
        Ok(Some(written.0))
    })?;
    if new.then == Some(Status::Solved) {
        solved_by(tx, cx, &changed.ticket, kind)?;
    }
    Ok((changed, written))
}

/// The words solved it: it closes by itself, and its requester is told. The reply that solves it says so itself.
fn solved_by(tx: &mut Write, cx: &Context, ticket: &Ticket, kind: MessageKind) -> Result<()> {
    if kind != MessageKind::Reply {
        outbox::tell_solved(tx, cx, ticket)?;
    }
    let at = cx.now.plus(super::CLOSES_AFTER);
    crate::jobs::enqueue(tx, crate::jobs::JobKind::CloseSolved, ticket.number.0, at)
}

/// Takes a reply back while its letter still waits in the outbox.
pub(super) fn withdraw(tx: &mut Write, message: MessageId) -> Result<bool> {
    // What was said in a chat has been read.
    let channel: Channel = tx.one("SELECT channel FROM message WHERE id = $1", &args![message])?;
    if channel == Channel::Chat {
        return Ok(false);
    }
    if !outbox::withdraw(tx, message)? {
        return Ok(false);
    }
    tx.exec("UPDATE message SET state = 'withdrawn' WHERE id = $1", &args![message])?;
    Ok(true)
}
