//! A solved ticket becomes practice: a copy of the request and of what was done, without what names anybody. The rule
//! that finds names is the one of articles from tickets; a person looks before he gives it.

use db::{Read, Sql, Write};

use super::store::{self, Done, Practice};
use crate::competence;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId, PracticeId, TicketNumber};
use crate::knowledge::{Removed, cleaned};
use crate::tickets::{self, Detail, MessageKind, MessageState, Stage};

/// How many solved tickets are offered.
const OFFERED: i64 = 8;

/// The practice ticket, and what was taken out of it: for whoever gives it to look at.
pub fn give(
    tx: &mut Write,
    cx: &Context,
    ticket: TicketNumber,
    person: PersonId,
) -> Result<(PracticeId, Vec<Removed>)> {
    let member = competence::assessed(tx, cx, person)?;
    let detail = match tickets::detail(tx, cx, ticket) {
        Err(Error::NotFound) => return Err(Error::refused("ticket", "refused-no-such-ticket")),
        other => other?,
    };
    if detail.ticket.status.stage() != Stage::Done {
        return Err(Error::Conflict("conflict-practice-not-solved"));
    }
    let copy = cleaned(tx, &detail, &words_of(&detail))?;
    let copy = copy.ok_or(Error::Conflict("conflict-practice-private"))?;
    let [title, request, replies, cause, steps, helped] = copy.texts;
    let id = store::insert(
        tx,
        &Practice {
            id: PracticeId(0),
            ticket,
            person: member.id,
            given_by: cx.viewer.person,
            given_at: cx.now,
            language: detail.ticket.language,
            title: title.replace(['\n', '\r'], " "),
            request,
            done: Done {
                replies,
                cause,
                steps,
                helped,
            },
            asks: String::new(),
            diagnosis: String::new(),
            answer: String::new(),
            handed_at: None,
            learnt: String::new(),
            comment: String::new(),
            removed: false,
        },
    )?;
    events::record(tx, cx, Fact::new(EventKind::PracticeGiven).about(id.0))?;
    Ok((id, copy.removed))
}

/// Subject, request, replies, cause, steps, what helped. Notes and calls stay where they are: they are full of people.
fn words_of(detail: &Detail) -> [String; 6] {
    let said = |kind: MessageKind| {
        let sent = detail
            .messages
            .iter()
            .filter(move |m| m.kind == kind && m.state == MessageState::Sent);
        sent.map(|m| m.body.0.trim().to_string())
    };
    let solution = |of: fn(&tickets::SolutionRow) -> &str| {
        let all: Vec<&str> = detail
            .solutions
            .iter()
            .map(of)
            .filter(|text| !text.is_empty())
            .collect();
        all.join("\n\n")
    };
    [
        detail.ticket.subject.clone(),
        said(MessageKind::Request).next().unwrap_or_default(),
        said(MessageKind::Reply).collect::<Vec<_>>().join("\n\n—\n\n"),
        solution(|s| &s.cause.0),
        solution(|s| &s.steps.0),
        solution(|s| &s.helped.0),
    ]
}

/// Takes a practice ticket away from whom it was given to.
pub fn remove(tx: &mut Write, cx: &Context, id: PracticeId) -> Result<EventId> {
    set_removed(tx, cx, id, true)
}

/// Takes that back: with everything written in it.
pub fn restore(tx: &mut Write, cx: &Context, id: PracticeId) -> Result<EventId> {
    set_removed(tx, cx, id, false)
}

fn set_removed(tx: &mut Write, cx: &Context, id: PracticeId, removed: bool) -> Result<EventId> {
    store::hold(tx, id)?;
    let mut one = store::load(tx, id)?;
    competence::assessed(tx, cx, one.person)?;
    one.removed = removed;
    store::save(tx, &one)?;
    events::record(tx, cx, Fact::new(EventKind::PracticeChanged).about(id.0))
}

/// Solved tickets with a cause and steps that nobody practises yet, the newest first: for whoever leads somebody.
pub fn offered(r: &mut Read, cx: &Context) -> Result<Vec<(TicketNumber, String)>> {
    competence::led(r, cx)?;
    let mut sql = Sql::new(
        "SELECT t.number, t.subject FROM ticket t JOIN solution s ON s.ticket = t.number
         LEFT JOIN team ON team.id = t.team WHERE t.status IN ('solved', 'closed') AND t.merged_into IS NULL
           AND (team.private IS NULL OR NOT team.private) AND length(s.cause) > 1 AND length(s.steps) > 20
           AND NOT EXISTS (SELECT 1 FROM practice p WHERE p.ticket = t.number) AND s.at >= ",
    );
    sql.bind(cx.now.plus(-LOOKS_BACK))
        .push(" ORDER BY s.at DESC, t.number DESC LIMIT ")
        .bind(OFFERED);
    Ok(r.query_sql(&sql)?)
}

/// What is older is about machines that are gone.
const LOOKS_BACK: i64 = 180 * crate::clock::DAY;
