//! Somebody read an article on the portal and asked from it.

use db::Write;
use serde_json::json;

use super::{care, show, store};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, EventId, TicketNumber};
use crate::tickets;

/// Ties the article to the request that came of it, so that whoever answers sees what did not suffice. Only by whoever
/// asked, and only what everybody may read. It teaches nothing: the article did not solve it.
pub fn asked_from(tx: &mut Write, cx: &Context, id: ArticleId, ticket: TicketNumber) -> Result<EventId> {
    if tickets::find_visible(tx, cx, ticket)?.requester != cx.viewer.person {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    show::read(tx, None, id)?;
    care::join(tx, cx, id, ticket)?;
    let data = json!({ "ticket": ticket.0 }).to_string();
    events::record(tx, cx, Fact::new(EventKind::ArticleLinked).about(id.0).with(Some(data)))
}
