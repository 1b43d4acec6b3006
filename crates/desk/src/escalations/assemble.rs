//! The packet as the ticket already tells it: nobody writes down twice what stands there. What the ticket does not say is
//! left empty, and asked for.

use std::collections::BTreeSet;

use db::Read;

use super::escalation::{Escalation, State};
use super::packet::{MOST_TRIED, Packet, Tried};
use super::store;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::{Event, EventKind};
use crate::ids::{ArticleId, MessageId, ProblemNumber, TicketNumber};
use crate::knowledge;
use crate::problems;
use crate::suggestions::{self, Target, TargetKind};
use crate::tickets::{self, Detail, FileRow, MessageKind, Ticket};

/// Of one note no more than this, in bytes: the note itself stands on the ticket.
const OF_A_NOTE: usize = 600;
const OF_THE_FIRST: usize = 8_000;

/// What the form of a packet begins with.
#[derive(Clone, Debug)]
pub struct Assembled {
    pub ticket: Ticket,
    pub packet: Packet,
    /// Somebody has begun to write it.
    pub kept: bool,
    /// The last one of this ticket that was not taken back.
    pub latest: Option<Escalation>,
    /// The files of the ticket the viewer may read.
    pub files: Vec<FileRow>,
}

/// What was begun; else what came back; else what the ticket says.
pub fn assemble(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Assembled> {
    let ticket = tickets::may_work(r, cx, number)?;
    let detail = tickets::detail(r, cx, number)?;
    let latest = store::latest(r, number)?;
    let draft = store::draft(r, number)?;
    let kept = draft.is_some();
    let returned = latest.as_ref().filter(|one| one.state == State::Returned);
    let files = readable(&detail);
    let packet = match (draft, returned) {
        (Some(draft), _) => draft,
        (None, Some(returned)) => match store::rounds(r, returned.id)?.last() {
            Some(last) => last.read()?,
            None => Packet::default(),
        },
        (None, None) => fresh(r, cx, &detail, &files)?,
    };
    Ok(Assembled {
        packet: Packet {
            reply_due: Some(ticket.reply_due).filter(|due| *due != Time::NEVER),
            solve_due: Some(ticket.solve_due).filter(|due| *due != Time::NEVER),
            ..packet
        },
        ticket,
        kept,
        latest,
        files,
    })
}

/// The files of words that can still be read.
fn readable(detail: &Detail) -> Vec<FileRow> {
    let there: BTreeSet<MessageId> = detail.messages.iter().map(|message| message.id).collect();
    let files = detail.files.iter().filter(|file| there.contains(&file.message));
    files.cloned().collect()
}

fn fresh(r: &mut Read, cx: &Context, detail: &Detail, files: &[FileRow]) -> Result<Packet> {
    let first = detail.messages.first().map_or("", |message| message.body.0.trim());
    let symptom = [detail.ticket.subject.trim(), cut(first, OF_THE_FIRST)];
    let symptom: Vec<&str> = symptom.into_iter().filter(|words| !words.is_empty()).collect();
    let mut tried = steps_done(r, cx, detail.ticket.number)?;
    tried.extend(said(detail));
    tried.extend(used(&detail.events));
    tried.extend(solved(detail));
    tried.truncate(MOST_TRIED);
    Ok(Packet {
        symptom: symptom.join("\n\n"),
        tried,
        files: files.iter().map(|file| file.id).collect(),
        ..Packet::default()
    })
}

fn cut(words: &str, most: usize) -> &str {
    &words[..words.floor_char_boundary(most)]
}

fn row(what: &str, result: &str) -> Option<Tried> {
    let (what, result) = (cut(what.trim(), OF_A_NOTE), cut(result.trim(), OF_A_NOTE));
    (!what.is_empty()).then(|| Tried {
        what: what.to_string(),
        result: result.to_string(),
    })
}

fn steps_done(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Tried>> {
    let steps = tickets::steps(r, cx, number)?;
    let done = steps.iter().filter(|step| step.done_at.is_some());
    Ok(done.filter_map(|step| row(&step.words, "")).collect())
}

/// What technicians wrote among themselves, and what they did on calls and visits.
fn said(detail: &Detail) -> Vec<Tried> {
    let own = detail
        .messages
        .iter()
        .filter(|message| matches!(message.kind, MessageKind::Note | MessageKind::Call | MessageKind::Visit));
    own.filter_map(|message| row(&message.body.0, "")).collect()
}

/// Suggestions whose fix was used, unless that was taken back.
fn used(events: &[Event]) -> Vec<Tried> {
    let undone: BTreeSet<i64> = events
        .iter()
        .filter(|event| event.kind == EventKind::Undone)
        .filter_map(|event| event.subject)
        .collect();
    let used = events
        .iter()
        .filter(|event| event.kind == EventKind::SuggestionUsed && !undone.contains(&event.id.0));
    let mut rows: Vec<Tried> = used
        .filter_map(suggestions::of_event)
        .filter_map(|(_, target)| row(&called(target), ""))
        .collect();
    rows.dedup();
    rows
}

fn called(target: Target) -> String {
    match target.kind {
        TargetKind::Article => knowledge::shown(ArticleId(target.id)),
        TargetKind::KnownError => problems::name_of(ProblemNumber(target.id), true),
        TargetKind::Ticket | TargetKind::Solution => format!("#{}", target.id),
    }
}

/// What was taken for a solution, and did not hold.
fn solved(detail: &Detail) -> Vec<Tried> {
    let rows = detail.solutions.iter().filter_map(|solution| {
        let what = [&solution.steps.0, &solution.helped.0, &solution.cause.0];
        let what = what.into_iter().find(|words| !words.trim().is_empty())?;
        row(what, "")
    });
    rows.collect()
}
