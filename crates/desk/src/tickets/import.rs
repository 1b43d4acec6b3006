//! A ticket as it was elsewhere: original dates and authors, and nothing leaves because of it.

use db::{Read, Write, args};

use super::solve::{CLOSES_AFTER, Solution};
use super::ticket::{Channel, Status};
use super::write::{self, MessageFormat, MessageKind, Words};
use super::{change, old_numbers, open, store, tag};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::EventKind;
use crate::ids::{PersonId, TicketNumber};

#[derive(Clone, Debug)]
pub struct ImportedMessage {
    pub author: PersonId,
    pub kind: MessageKind,
    pub body: String,
    pub at: Time,
}

#[derive(Clone, Debug)]
pub struct Imported {
    pub source: String,
    /// The id it had there.
    pub id: String,
    /// Its number there, as letters bear it.
    pub number: Option<String>,
    /// The Message-IDs of its letters.
    pub message_ids: Vec<String>,
    pub subject: String,
    pub body: String,
    pub requester: PersonId,
    pub created_at: Time,
    pub tag: Option<String>,
    pub messages: Vec<ImportedMessage>,
    pub solved: bool,
    pub solution: Option<Solution>,
}

pub fn by_external_id(r: &mut Read, source: &str, id: &str) -> Result<Option<TicketNumber>> {
    Ok(r.maybe(
        "SELECT ticket FROM external_id WHERE source = $1 AND name = $2",
        &args![source, id],
    )?)
}

/// Keeps it under its old id. The caller has asked `by_external_id` in the same transaction.
pub fn import(tx: &mut Write, cx: &Context, old: &Imported) -> Result<TicketNumber> {
    let mut new = open::NewTicket::new(old.requester, Channel::Api, &old.subject, old.body.as_str());
    new.created_at = Some(old.created_at);
    let number = open::open(tx, cx, &new)?.number;
    let name = old.id.as_str();
    tx.exec(
        "INSERT INTO external_id (source, name, ticket) VALUES ($1, $2, $3)",
        &args![old.source.as_str(), name, number],
    )?;
    old_numbers::remember(tx, &old.source, number, old.number.as_deref(), &old.message_ids)?;
    for message in &old.messages {
        let words = Words {
            kind: message.kind,
            channel: Channel::Api,
            author: message.author,
            format: MessageFormat::Text,
            body: db::packed(&message.body),
            quoted: "",
            html: None,
            minutes: None,
            letter: None,
            at: message.at,
        };
        write::add(tx, number, words, &[])?;
    }
    if let Some(word) = old.tag.as_deref().filter(|t| !t.trim().is_empty()) {
        let short: String = word.chars().filter(|c| *c != ',' && !c.is_control()).take(40).collect();
        tag::tag(tx, cx, number, &short)?;
    }
    finish(tx, cx, old, number)?;
    Ok(number)
}

fn finish(tx: &mut Write, cx: &Context, old: &Imported, number: TicketNumber) -> Result<()> {
    let last = old.messages.iter().map(|m| m.at).max().unwrap_or(old.created_at);
    let replied = old
        .messages
        .iter()
        .filter(|m| m.kind == MessageKind::Reply)
        .map(|m| m.at)
        .min();
    let ticket = store::raw(tx, number)?;
    let at_the_time = Context {
        now: last,
        ..cx.clone()
    };
    let kind = if old.solved {
        EventKind::Solved
    } else {
        EventKind::Edited
    };
    change::change_admitted(tx, &at_the_time, &ticket, kind, |_, ticket| {
        ticket.replied_at = replied;
        if old.solved {
            ticket.become_status(Status::Solved, last, &cx.house);
            ticket.solved_at = Some(last);
            if cx.now.since(last) >= CLOSES_AFTER {
                ticket.become_status(Status::Closed, last, &cx.house);
                ticket.closed_at = Some(last.plus(CLOSES_AFTER));
            }
        }
        Ok(None)
    })?;
    if let Some(solution) = &old.solution {
        super::solve::keep_by(tx, number, solution, old.requester, last)?;
    }
    Ok(())
}
