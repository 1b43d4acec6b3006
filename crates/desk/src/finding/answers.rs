//! What a requester may find while he writes: his own earlier requests, and his colleagues' where the organization lets
//! its people read each other's, with what the desk answered.
//!
//! Policy first: the index is asked about the tickets he may read and no others, each one passes the policy again, and a
//! hit counts only when the words stand in what he may read. A word of an internal note finds nothing, so that nobody
//! learns by trying words what the team says among itself.

use std::collections::BTreeSet;

use db::Read;
use search::{Marks, Order, Piece, Query};

use super::TICKET;
use crate::access::{self, Place, Via};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::mailboxes::outbox;
use crate::tickets::{self, MessageFormat, MessageKind, MessageRow, MessageState, Status};

/// Among so many of his newest requests, and of his colleagues'.
const NEWEST: i64 = 1000;
/// Hits looked at before those that only an internal word found are left out.
const LOOKED_AT: usize = 20;
/// A question is read no further than this.
const MOST_ASKED: usize = 500;

/// An earlier request, and what the desk last answered on it.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub number: TicketNumber,
    pub subject: Vec<Piece>,
    pub status: Status,
    /// Somebody else asked it.
    pub colleague: Option<String>,
    pub answer: Vec<Piece>,
}

pub async fn answers(desk: &Desk, cx: &Context, text: &str, most: usize) -> Result<Vec<Earlier>> {
    access::require(&cx.viewer, Place::Own)?;
    let text: String = text.chars().take(MOST_ASKED).collect();
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let asker = cx.clone();
    let readable = desk.read(move |r| tickets::readable_numbers(r, &asker, NEWEST)).await?;
    if readable.is_empty() {
        return Ok(Vec::new());
    }
    let (asked, index) = (text.clone(), desk.clone());
    let found = tokio::task::spawn_blocking(move || {
        index.index().find(&Query {
            text: asked,
            kinds: vec![TICKET.to_string()],
            only: Some(readable.into_iter().map(|n| n.0).collect()),
            limit: LOOKED_AT,
            order: Order::Relevance,
            prefix: true,
            ..Query::default()
        })
    })
    .await
    .map_err(Error::fault)?
    .map_err(Error::fault)?;
    let cx = cx.clone();
    desk.read(move |r| {
        let mut shown = Vec::new();
        for hit in &found.hits {
            if shown.len() == most {
                break;
            }
            shown.extend(earlier(r, &cx, TicketNumber(hit.id), &found.marks, needed(&text))?);
        }
        Ok(shown)
    })
    .await
}

/// A sentence shares one word with nearly everything: of several words two must be found.
fn needed(text: &str) -> usize {
    text.split_whitespace()
        .filter(|w| w.chars().count() > 2)
        .count()
        .clamp(1, 2)
}

fn earlier(r: &mut Read, cx: &Context, number: TicketNumber, marks: &Marks, needed: usize) -> Result<Option<Earlier>> {
    let Some((requester, subject, status, said)) = read_as_requester(r, cx, number)? else {
        return Ok(None);
    };
    let words: String = said.iter().map(|m| format!("{}\n", m.body.0)).collect();
    let subject = marks.highlight(&subject);
    let in_words = marks.highlight(&words);
    let hits: BTreeSet<String> = subject
        .iter()
        .chain(&in_words)
        .filter(|p| p.hit)
        .map(|p| p.text.to_lowercase())
        .collect();
    if hits.len() < needed {
        return Ok(None);
    }
    let answer = said.iter().rfind(|m| m.kind == MessageKind::Reply);
    let colleague = match requester == cx.viewer.person {
        true => None,
        false => tickets::contacts(r, [requester])?.remove(&requester).map(|c| c.name),
    };
    Ok(Some(Earlier {
        number,
        subject,
        status,
        colleague,
        answer: answer.map(|m| marks.snippet(&plain(m), 160)).unwrap_or_default(),
    }))
}

fn plain(m: &MessageRow) -> String {
    match m.format {
        MessageFormat::Markdown => outbox::markdown_words(&m.body),
        MessageFormat::Text => m.body.0.clone(),
    }
}

type Readable = (PersonId, String, Status, Vec<MessageRow>);

/// What he may read of it. A technician's own request is read as any requester would read it: without the notes.
fn read_as_requester(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Option<Readable>> {
    let ticket = match tickets::find_visible(r, cx, number) {
        Ok(ticket) => ticket,
        Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    let mut narrowed = cx.clone();
    if cx.viewer.is_staff() {
        if ticket.requester != cx.viewer.person {
            return Ok(None);
        }
        narrowed.viewer.via = Via::TicketLink(number);
    }
    let (ticket, said, _) = tickets::conversation(r, &narrowed, number)?;
    let public =
        |m: &MessageRow| m.state == MessageState::Sent && matches!(m.kind, MessageKind::Request | MessageKind::Reply);
    let said: Vec<MessageRow> = said.into_iter().filter(public).collect();
    Ok(Some((ticket.requester, ticket.subject, ticket.status, said)))
}
