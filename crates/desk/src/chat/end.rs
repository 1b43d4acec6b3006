//! The end of a chat, said by either side. The ticket stays as it is: whether it is solved is another question.

use db::{Read, Write, args};

use super::key::by_secret;
use super::record::{Chat, ChatState};
use super::{store, transcript};
use crate::access::Viewer;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{MessageId, TicketNumber};
use crate::tickets::{self, Ticket};

/// By a technician. A visitor who has gone, or whose browser was not seen since the last words, gets what was said by
/// letter.
pub fn end(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    let ticket = tickets::may_work(tx, cx, number)?;
    let chat = store::held(tx, number)?;
    let unread = last_words_unread(tx, cx, &chat)?;
    finish(tx, cx, &chat, &ticket, unread)
}

/// By the visitor, who may wish for a letter with what was said.
pub fn end_own(tx: &mut Write, cx: &Context, secret: &str, letter: bool) -> Result<()> {
    let number = by_secret(tx, secret, cx.now)?.ticket;
    let chat = store::held(tx, number)?;
    let cx = Context {
        viewer: Viewer::desk(chat.person),
        ..cx.clone()
    };
    let ticket = tickets::find_visible(tx, &cx, number)?;
    finish(tx, &cx, &chat, &ticket, letter)
}

/// Said twice it is done once.
pub(super) fn finish(tx: &mut Write, cx: &Context, chat: &Chat, ticket: &Ticket, letter: bool) -> Result<()> {
    if !store::move_to(tx, chat, ChatState::Ended, chat.technician, cx.now)? {
        return Ok(());
    }
    events::record(tx, cx, Fact::new(EventKind::ChatEnded).on(ticket.number, ticket.team))?;
    if letter {
        transcript::send(tx, cx, chat, ticket)?;
    }
    Ok(())
}

/// He has gone, or may have gone before he read what was said last.
pub(super) fn last_words_unread(r: &mut Read, cx: &Context, chat: &Chat) -> Result<bool> {
    Ok(chat.is_gone(cx.now) || replied_after(r, chat, chat.seen_at)?)
}

/// The desk has said something in the chat after this moment.
pub(super) fn replied_after(r: &mut Read, chat: &Chat, after: Time) -> Result<bool> {
    let said: Option<MessageId> = r.maybe(
        "SELECT id FROM message WHERE ticket = $1 AND at > $2 AND kind = 'reply' AND channel = 'chat' LIMIT 1",
        &args![chat.ticket, after],
    )?;
    Ok(said.is_some())
}
