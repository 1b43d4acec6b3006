//! Tags: free words, lower case, at most 40 letters.

use db::{Read, Write, args};

use super::store;
use crate::access::Action;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TicketNumber};

pub(super) fn word_of(text: &str) -> Result<String> {
    let word = text.trim().trim_start_matches('#').to_lowercase();
    if word.is_empty() || word.chars().count() > 40 || word.chars().any(|c| c.is_control() || c == ',') {
        return Err(Error::refused("tag", "refused-tag"));
    }
    Ok(word)
}

fn data(word: &str) -> Option<String> {
    Some(serde_json::json!({ "word": word }).to_string())
}

pub fn tag(tx: &mut Write, cx: &Context, number: TicketNumber, text: &str) -> Result<EventId> {
    let word = word_of(text)?;
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    tx.exec(
        "INSERT INTO tag (ticket, word) VALUES ($1, $2) ON CONFLICT (ticket, word) DO NOTHING",
        &args![number, word.as_str()],
    )?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::Tagged).on(number, ticket.team).with(data(&word)),
    )
}

pub fn untag(tx: &mut Write, cx: &Context, number: TicketNumber, text: &str) -> Result<EventId> {
    let word = word_of(text)?;
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    tx.exec(
        "DELETE FROM tag WHERE ticket = $1 AND word = $2",
        &args![number, word.as_str()],
    )?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::Untagged).on(number, ticket.team).with(data(&word)),
    )
}

pub(super) fn of(r: &mut Read, number: TicketNumber) -> Result<Vec<String>> {
    Ok(r.query("SELECT word FROM tag WHERE ticket = $1 ORDER BY word", &args![number])?)
}
