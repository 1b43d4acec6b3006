//! The visitor says a line.

use db::Write;

use super::key::by_secret;
use super::line::{NewLine, not_too_many};
use super::record::Chat;
use super::store;
use crate::access::{Role, Via, Viewer};
use crate::context::Context;
use crate::error::Result;
use crate::ids::MessageId;
use crate::tickets::{self, Answer, Channel};

/// Keeps the line. Sent again with the same key it is the line it was, whatever has happened since.
pub fn say(tx: &mut Write, cx: &Context, secret: &str, line: &NewLine) -> Result<MessageId> {
    let ticket = by_secret(tx, secret, cx.now)?.ticket;
    let chat = store::held(tx, ticket)?;
    line.check()?;
    if let Some(message) = line.said_before(tx, ticket)? {
        return Ok(message);
    }
    // On a closed ticket an answer would open another one, which is no part of this talk: it is not open then.
    chat.must_be_open()?;
    not_too_many(tx, &chat, cx.now)?;
    let answer = Answer {
        author: chat.person,
        channel: Channel::Chat,
        body: line.body.trim().to_string(),
        quoted: String::new(),
        html: None,
        files: Vec::new(),
        letter: None,
        subject: String::new(),
    };
    let cx = visitor(cx, &chat);
    let (_, message) = tickets::receive(tx, &cx, ticket, &answer)?;
    line.keep(tx, ticket, message)?;
    Ok(message)
}

/// Whoever holds the secret: this one ticket's requester and nobody else, whatever the person may do elsewhere.
fn visitor(cx: &Context, chat: &Chat) -> Context {
    Context {
        viewer: Viewer {
            role: Role::Requester,
            via: Via::TicketLink(chat.ticket),
            ..Viewer::desk(chat.person)
        },
        ..cx.clone()
    }
}
