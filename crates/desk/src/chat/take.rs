//! A technician takes a waiting chat: the ticket is his.

use db::Write;

use super::record::ChatState;
use super::share::has_room;
use super::store;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::TicketNumber;
use crate::tickets::{self, Changed};

/// Of two who take it at the same moment one has it, and the other is told.
pub fn take(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Changed> {
    tickets::may_work(tx, cx, number)?;
    let chat = store::held(tx, number)?;
    chat.must_be_open()?;
    let me = cx.viewer.person;
    if chat.state != ChatState::Waiting {
        return Err(Error::Conflict("conflict-chat-taken"));
    }
    if !has_room(tx, me, number, cx.now)? {
        return Err(Error::Conflict("conflict-chat-share"));
    }
    store::move_to(tx, &chat, ChatState::Taken, Some(me), cx.now)?;
    tickets::given_to(tx, cx, number, EventKind::ChatTaken, Some(me))
}
