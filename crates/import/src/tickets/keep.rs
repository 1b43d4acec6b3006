//! One line into the desk: the ticket, its messages, its solution, under the id it had elsewhere.

use desk::people;
use desk::tickets::{self, Imported, ImportedMessage, MessageKind, Solution};
use desk::{Context, PersonId, Read, Result, TicketNumber, Time, Write};

use super::line::{Line, instant};

/// Who asked when the file does not say.
const NOBODY: &str = "import@localhost.invalid";

pub(super) fn known(r: &mut Read, system: &str, line: &Line) -> Result<Option<TicketNumber>> {
    tickets::by_external_id(r, system, &line.id)
}

/// True when it is new. Of one that is here only what it was called elsewhere is kept, which an earlier file may not
/// have told.
pub(super) fn one(tx: &mut Write, cx: &Context, system: &str, line: &Line) -> Result<bool> {
    if let Some(ticket) = known(tx, system, line)? {
        tickets::remember(tx, system, ticket, Some(line.old_number()), &line.identifiers())?;
        return Ok(false);
    }
    let requester = match &line.requester {
        Some(writer) => person(tx, cx, &writer.email, &writer.name)?,
        None => person(tx, cx, NOBODY, "Import")?,
    };
    let created_at = line.created.as_deref().and_then(instant).unwrap_or(cx.now);
    let solved = line.solved.unwrap_or(line.resolution.is_some());
    let mut messages = messages(tx, cx, line, requester, created_at)?;
    let resolution = line.resolution.as_deref().map(str::trim).filter(|r| !r.is_empty());
    let solution = resolution.filter(|_| line.solved != Some(false)).map(|steps| Solution {
        steps: steps.to_string(),
        ..Solution::default()
    });
    if let Some(words) = resolution.filter(|_| line.solved == Some(false)) {
        let last = messages.last().map_or(created_at, |m| m.at);
        let author = person(tx, cx, NOBODY, "Import")?;
        messages.push(ImportedMessage {
            author,
            kind: MessageKind::Reply,
            body: words.to_string(),
            at: last,
        });
    }
    let ticket = Imported {
        source: system.to_string(),
        id: line.id.clone(),
        number: Some(line.old_number().to_string()),
        message_ids: line.identifiers(),
        subject: if line.title.trim().is_empty() {
            first_line(&line.body)
        } else {
            line.title.trim().to_string()
        },
        body: line.body.clone(),
        requester,
        created_at,
        tag: line.topic.as_deref().and_then(tag),
        messages,
        solved,
        solution,
    };
    tickets::import(tx, cx, &ticket)?;
    Ok(true)
}

fn messages(
    tx: &mut Write,
    cx: &Context,
    line: &Line,
    requester: PersonId,
    created_at: Time,
) -> Result<Vec<ImportedMessage>> {
    let (mut messages, mut last) = (Vec::with_capacity(line.messages.len()), created_at);
    for said in &line.messages {
        let author = match said.from.as_deref().filter(|f| !f.trim().is_empty()) {
            Some(address) => person(tx, cx, address, "")?,
            None => person(tx, cx, NOBODY, "Import")?,
        };
        last = said.at.as_deref().and_then(instant).unwrap_or(last);
        let kind = match said.kind.as_deref() {
            _ if said.internal => MessageKind::Note,
            Some("note") => MessageKind::Note,
            Some("request") => MessageKind::Request,
            _ if author == requester => MessageKind::Request,
            _ => MessageKind::Reply,
        };
        messages.push(ImportedMessage {
            author,
            kind,
            body: said.body.clone(),
            at: last,
        });
    }
    Ok(messages)
}

/// An address that is none stands for the person of the import, so that one bad line does not stop the rest.
fn person(tx: &mut Write, cx: &Context, address: &str, name: &str) -> Result<PersonId> {
    let name = Some(name).filter(|n| !n.trim().is_empty());
    match people::recognise(tx, cx, address, name) {
        Err(desk::Error::Refused(_)) => people::recognise(tx, cx, NOBODY, Some("Import")),
        other => other,
    }
}

/// A topic of another desk as a tag of ours: one short word or a few; nothing when nothing is left.
fn tag(topic: &str) -> Option<String> {
    let kept: String = topic
        .chars()
        .filter(|c| *c != ',' && *c != '#' && !c.is_control())
        .take(40)
        .collect();
    Some(kept.trim().to_string()).filter(|t| !t.is_empty())
}

fn first_line(body: &str) -> String {
    body.lines()
        .map(str::trim)
        .find(|l| !l.is_empty())
        .unwrap_or_default()
        .chars()
        .take(120)
        .collect()
}
