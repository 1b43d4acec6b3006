//! The technician says a line: it stands in the visitor's window at once, or, when he has gone, goes to him by letter.

use db::Write;

use super::line::NewLine;
use super::store;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{MessageId, TicketNumber};
use crate::tickets::{self, NewMessage};

pub fn reply(tx: &mut Write, cx: &Context, number: TicketNumber, line: &NewLine) -> Result<MessageId> {
    tickets::may_work(tx, cx, number)?;
    let chat = store::held(tx, number)?;
    line.check()?;
    if let Some(message) = line.said_before(tx, number)? {
        return Ok(message);
    }
    chat.must_be_open()?;
    if chat.technician != Some(cx.viewer.person) {
        return Err(Error::Conflict("conflict-chat-not-yours"));
    }
    let new = NewMessage {
        body: line.body.trim().to_string(),
        ..NewMessage::default()
    };
    let (_, message) = if chat.hears(cx.now) {
        tickets::reply_live(tx, cx, number, &new)?
    } else {
        tickets::reply_beside(tx, cx, number, &new)?
    };
    line.keep(tx, number, message)?;
    Ok(message)
}
