//! The end of a chat, said by either side. The ticket stays as it is: whether it is solved is another question.

use db::Write;

use super::key::by_secret;
use super::record::{Chat, ChatState};
use super::{store, transcript};
use crate::access::Viewer;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::TicketNumber;
use crate::tickets::{self, Ticket};

/// By a technician. A visitor who has gone gets what was said by letter.
pub fn end(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    let ticket = tickets::may_work(tx, cx, number)?;
    let chat = store::held(tx, number)?;
    let gone = !chat.hears(cx.now);
    finish(tx, cx, &chat, &ticket, gone)
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
    if !chat.is_open() {
        return Ok(());
    }
    store::move_to(tx, chat, ChatState::Ended, chat.technician, cx.now)?;
    events::record(tx, cx, Fact::new(EventKind::ChatEnded).on(ticket.number, ticket.team))?;
    if letter {
        transcript::send(tx, cx, chat, ticket)?;
    }
    Ok(())
}
