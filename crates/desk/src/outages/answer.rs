//! One answer to all the tickets an outage explains: each gets it as a reply of its own, in the language of its
//! requester, and is solved by it where the answer is the all-clear. What it does not fit is left alone, and said.

use std::collections::BTreeSet;

use db::{Read, Write};
use serde_json::{Value, json};

use super::edit::held;
use super::outage::LONGEST_WORDS;
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::forms;
use crate::ids::{EventId, OutageNumber, TicketNumber};
use crate::tickets::{self, NewMessage, Status, Ticket};
use crate::words::{Both, Lang};

#[derive(Clone, Debug, PartialEq)]
pub struct AnswerAll {
    pub words: Both,
    /// The tickets are solved by it.
    pub solve: bool,
}

/// Which tickets have it, and which were left alone, each with the key of the sentence that says why.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    pub event: EventId,
    pub done: Vec<TicketNumber>,
    pub left: Vec<(TicketNumber, &'static str)>,
}

pub fn answer_all(tx: &mut Write, cx: &Context, number: OutageNumber, answer: &AnswerAll) -> Result<Answered> {
    held(tx, cx, number)?;
    let words = answer.words.tidied();
    let linked = store::tickets_of(tx, number)?;
    if linked.is_empty() {
        return Err(Error::refused("words_en", "refused-no-linked"));
    }
    let (mut done, mut left, mut made) = (Vec::new(), Vec::new(), Vec::new());
    let mut open = Vec::new();
    for ticket in linked {
        match answerable(tx, cx, ticket)? {
            Ok(ticket) => open.push(ticket),
            Err(key) => left.push((ticket, key)),
        }
    }
    check(&words, &open)?;
    for ticket in &open {
        let said = NewMessage {
            body: words.of(ticket.language).to_string(),
            then: answer.solve.then_some(Status::Solved),
            ..NewMessage::default()
        };
        // What is refused half way leaves nothing of itself.
        match tx.attempt(|tx| tickets::reply_beside(tx, cx, ticket.number, &said)) {
            Ok((changed, _)) => {
                made.push(changed.event.0);
                done.push(ticket.number);
            }
            Err(Error::Conflict(key)) => left.push((ticket.number, key)),
            Err(Error::Refused(all)) if all.iter().all(|r| r.field == forms::REFUSED) => {
                left.push((ticket.number, "left-fields"));
            }
            Err(other) => return Err(other),
        }
    }
    let told: Vec<Value> = left.iter().map(|(number, key)| json!([number.0, key])).collect();
    let data = json!({ "events": made, "left": told, "words": words, "solve": answer.solve }).to_string();
    let fact = Fact::new(EventKind::OutageAnswered).about(number.0).with(Some(data));
    let event = events::record(tx, cx, fact)?;
    Ok(Answered { event, done, left })
}

/// The ticket, or why it is left alone.
fn answerable(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Result<Ticket, &'static str>> {
    let ticket = match tickets::held(tx, cx, number) {
        Err(Error::NotFound) => return Ok(Err("left-not-found")),
        other => other?,
    };
    Ok(match ticket.status {
        _ if ticket.merged_into.is_some() => Err("conflict-merged"),
        Status::Closed => Err("conflict-closed"),
        Status::Solved => Err("conflict-already-solved"),
        _ => Ok(ticket),
    })
}

/// Everybody is answered in his own language, so the words are there in each that is read.
fn check(words: &Both, open: &[Ticket]) -> Result<()> {
    let read: BTreeSet<Lang> = open.iter().map(|ticket| ticket.language).collect();
    let mut checks = Checks::default();
    for (lang, field) in [(Lang::En, "words_en"), (Lang::Fr, "words_fr")] {
        let missing = read.contains(&lang) && words.of(lang).is_empty();
        checks
            .check(!missing, field, "refused-answer-language")
            .at_most(words.of(lang), LONGEST_WORDS, field);
    }
    if open.is_empty() {
        checks.check(false, "words_en", "refused-no-linked");
    }
    checks.done()
}

/// How many an answer went to, and which it left alone, each with the key of its reason.
pub fn answered(r: &mut Read, cx: &Context, event: EventId) -> Result<(usize, Vec<(TicketNumber, String)>)> {
    access::require(&cx.viewer, Place::Desk)?;
    let event = events::find(r, event)?;
    if event.kind != EventKind::OutageAnswered || event.actor != Some(cx.viewer.person) {
        return Err(Error::NotFound);
    }
    let data: Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let of = |name: &str| data[name].as_array().cloned().unwrap_or_default();
    let left = |pair: &Value| Some((TicketNumber(pair[0].as_i64()?), pair[1].as_str()?.to_string()));
    Ok((of("events").len(), of("left").iter().filter_map(left).collect()))
}
