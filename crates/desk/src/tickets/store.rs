//! SQL of the ticket rows. Private to this room.

use db::{Packed, Read, Sql, Write, args};

use super::ticket::Ticket;
use crate::access::{Action, Unseen};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{TicketNumber, TopicId};
use crate::words::Lang;

pub(super) const COLUMNS: &str = "SELECT number, subject, status, stage, impact, urgency, priority, priority_set, channel, language, \
    topic, team, assignee, requester, organization, confirmed, merged_into, waiting_for, created_at, updated_at, \
    replied_at, solved_at, closed_at, reply_due, solve_due, next_due, paused_at, paused_work, requester_spoke_at, \
    snoozed_until, policy, asked_at, asked_paused, answer_due, alarm_at FROM ticket";

const ALL: &str = "SELECT number, subject, status, stage, impact, urgency, priority, priority_set, channel, language, \
    topic, team, assignee, requester, organization, confirmed, merged_into, waiting_for, created_at, updated_at, \
    replied_at, solved_at, closed_at, reply_due, solve_due, next_due, paused_at, paused_work, requester_spoke_at, \
    snoozed_until, policy, asked_at, asked_paused, answer_due, alarm_at FROM ticket WHERE number = $1";

pub(super) fn load(r: &mut Read, number: TicketNumber) -> Result<Unseen<Ticket>> {
    Ok(Unseen::new(r.one::<Ticket>(ALL, &args![number])?))
}

/// Holds the row until this transaction ends, so that of two verbs the second decides on what the first has left.
/// Before the ticket is read; two rows in the order of their numbers.
pub(super) fn hold(tx: &mut Write, number: TicketNumber) -> Result<()> {
    tx.hold_rows(
        "SELECT number FROM ticket WHERE number = $1 FOR NO KEY UPDATE",
        &args![number],
    )?;
    Ok(())
}

/// Holds the ticket and the one it was merged into, which is answered.
pub(crate) fn hold_root(tx: &mut Write, number: TicketNumber) -> Result<TicketNumber> {
    let mut at = root(tx, number)?;
    loop {
        hold(tx, at)?;
        // It may have been merged on while this waited for its row.
        match root(tx, number)? {
            same if same == at => return Ok(at),
            moved => at = moved,
        }
    }
}

/// The row without a policy: for the verbs of this room that act on a second ticket they have already admitted.
pub(super) fn raw(r: &mut Read, number: TicketNumber) -> Result<Ticket> {
    Ok(r.one(ALL, &args![number])?)
}

pub(super) fn insert(tx: &mut Write, t: &Ticket) -> Result<TicketNumber> {
    let number = tx.insert(
        "INSERT INTO ticket (subject, status, stage, impact, urgency, priority, priority_set, channel, language, topic,
           team, assignee, requester, organization, confirmed, waiting_for, created_at, updated_at, replied_at,
           solved_at, closed_at, reply_due, solve_due, next_due, paused_at, paused_work, requester_spoke_at,
           policy, answer_due, alarm_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25, $26, $27, $28, $29, $30) RETURNING number",
        &args![
            t.subject.as_str(),
            t.status,
            t.stage,
            t.impact,
            t.urgency,
            t.priority,
            t.priority_set,
            t.channel,
            t.language,
            t.topic,
            t.team,
            t.assignee,
            t.requester,
            t.organization,
            t.confirmed,
            t.waiting_for.as_str(),
            t.created_at,
            t.updated_at,
            t.replied_at,
            t.solved_at,
            t.closed_at,
            t.reply_due,
            t.solve_due,
            t.next_due,
            t.paused_at,
            t.paused_work,
            t.requester_spoke_at,
            t.policy,
            t.answer_due,
            t.alarm_at
        ],
    )?;
    Ok(TicketNumber(number))
}

pub(super) fn save(tx: &mut Write, t: &Ticket) -> Result<()> {
    tx.exec(
        "UPDATE ticket SET subject = $2, status = $3, stage = $4, impact = $5, urgency = $6, priority = $7,
           priority_set = $8, language = $9, topic = $10, team = $11, assignee = $12, requester = $13,
           organization = $14, confirmed = $15, merged_into = $16, waiting_for = $17, updated_at = $18,
           replied_at = $19, solved_at = $20, closed_at = $21, reply_due = $22, solve_due = $23, next_due = $24,
           paused_at = $25, paused_work = $26, requester_spoke_at = $27, snoozed_until = $28, policy = $29,
           asked_at = $30, asked_paused = $31, answer_due = $32, alarm_at = $33
         WHERE number = $1",
        &args![
            t.number,
            t.subject.as_str(),
            t.status,
            t.stage,
            t.impact,
            t.urgency,
            t.priority,
            t.priority_set,
            t.language,
            t.topic,
            t.team,
            t.assignee,
            t.requester,
            t.organization,
            t.confirmed,
            t.merged_into,
            t.waiting_for.as_str(),
            t.updated_at,
            t.replied_at,
            t.solved_at,
            t.closed_at,
            t.reply_due,
            t.solve_due,
            t.next_due,
            t.paused_at,
            t.paused_work,
            t.requester_spoke_at,
            t.snoozed_until,
            t.policy,
            t.asked_at,
            t.asked_paused,
            t.answer_due,
            t.alarm_at
        ],
    )?;
    Ok(())
}

/// The ticket and everything merged into it, however deep.
pub(crate) fn with_merged(r: &mut Read, number: TicketNumber) -> Result<Vec<TicketNumber>> {
    let mut all = vec![number];
    let mut at = 0;
    while let Some(&into) = all.get(at) {
        let found: Vec<TicketNumber> = r.query(
            "SELECT number FROM ticket WHERE merged_into = $1 ORDER BY number",
            &args![into],
        )?;
        all.extend(found.into_iter().filter(|n| *n != number));
        at += 1;
    }
    Ok(all)
}

/// The same without what a private team keeps to itself: the index shows a ticket to whoever may see the one it went
/// into, so it must hold no word that he may not read there.
fn merged_for_all(r: &mut Read, head: TicketNumber) -> Result<Vec<TicketNumber>> {
    let mut sql = Sql::new("SELECT t.number FROM ticket t JOIN ticket h ON h.number = ");
    sql.bind(head);
    sql.push(" LEFT JOIN team p ON p.id = t.team WHERE (NOT COALESCE(p.private, FALSE) OR t.team = h.team) AND t.number IN (");
    sql.bind_list(with_merged(r, head)?);
    sql.push(") ORDER BY t.number");
    Ok(r.query_sql(&sql)?)
}

pub(super) fn merged_into(r: &mut Read, number: TicketNumber) -> Result<Option<TicketNumber>> {
    let found: Option<Option<TicketNumber>> =
        r.maybe("SELECT merged_into FROM ticket WHERE number = $1", &args![number])?;
    Ok(found.flatten())
}

/// Where a merged ticket went: the one at the end of the chain.
pub(crate) fn root(r: &mut Read, number: TicketNumber) -> Result<TicketNumber> {
    let mut at = number;
    // A chain cannot be longer than the merges a person made; the bound keeps a broken one from turning forever.
    for _ in 0..64 {
        match merged_into(r, at)? {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

/// What the search index holds of one ticket.
#[derive(Clone, Debug)]
pub struct Rebuilt {
    pub number: TicketNumber,
    pub subject: String,
    pub language: Lang,
    pub team: i64,
    pub at: Time,
    pub body: String,
    /// How it was solved, once more; empty where nobody wrote it down.
    pub solution: String,
    pub words: Vec<String>,
}

db::table! {
    struct Head { number: TicketNumber, subject: String, language: Lang, team: Option<i64>, updated_at: Time, merged_into: Option<TicketNumber>, name: String }
}

/// The words of a ticket for the index; `None` when it is gone or merged into another, which then carries them.
pub fn for_index(r: &mut Read, number: TicketNumber) -> Result<Option<Rebuilt>> {
    let head: Option<Head> = r.maybe(
        "SELECT t.number, t.subject, t.language, t.team, t.updated_at, t.merged_into, p.name
         FROM ticket t JOIN person p ON p.id = t.requester WHERE t.number = $1",
        &args![number],
    )?;
    let Some(head) = head.filter(|h| h.merged_into.is_none()) else {
        return Ok(None);
    };
    let numbers = merged_for_all(r, number)?;
    let solution = solutions(r, &numbers)?;
    let mut body = messages(r, &numbers)?;
    body.push_str(&solution);
    let mut words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    words.push(head.name);
    words.extend(r.query::<String>("SELECT word FROM tag WHERE ticket = $1", &args![number])?);
    words.extend(r.query::<String>("SELECT name FROM file WHERE ticket = $1 LIMIT 50", &args![number])?);
    // What was typed into the fields of its topic: a serial number is looked for as often as a name.
    words.extend(typed_on(r, &numbers)?);
    let address = "SELECT a.address FROM address a JOIN ticket t ON t.requester = a.person WHERE t.number = $1";
    words.extend(r.query::<String>(address, &args![number])?);
    Ok(Some(Rebuilt {
        number,
        subject: head.subject,
        language: head.language,
        team: head.team.unwrap_or(0),
        at: head.updated_at,
        body,
        solution,
        words,
    }))
}

/// A problem as its requester put it.
#[derive(Clone, Debug)]
pub struct Problem {
    pub subject: String,
    /// What was said first.
    pub words: String,
    pub language: Lang,
    pub topic: Option<TopicId>,
}

/// For staff who may see inside.
pub fn problem(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Problem> {
    let ticket = load(r, number)?.admit(&cx.viewer, Action::Inside)?;
    Ok(Problem {
        subject: ticket.subject,
        words: first_words(r, number)?,
        language: ticket.language,
        topic: ticket.topic,
    })
}

/// The subject, what was said first, and its language. For what is derived alone; no policy is asked.
pub(crate) fn asked_at_first(r: &mut Read, number: TicketNumber) -> Result<(String, String, Lang)> {
    let ticket = "SELECT subject, language FROM ticket WHERE number = $1";
    let (subject, language): (String, Lang) = r.one(ticket, &args![number])?;
    Ok((subject, first_words(r, number)?, language))
}

/// What was said first. For what is derived alone; no policy is asked.
pub(crate) fn first_words(r: &mut Read, number: TicketNumber) -> Result<String> {
    let first: Option<Packed> = r.maybe(
        "SELECT body FROM message WHERE ticket = $1 AND state <> 'withdrawn' ORDER BY id LIMIT 1",
        &args![number],
    )?;
    Ok(first.map(|words| words.0).unwrap_or_default())
}

/// The steps that fixed it, or what helped, or the cause; empty where nobody wrote it down.
pub fn fix(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<String> {
    load(r, number)?.admit(&cx.viewer, Action::Inside)?;
    let told: Option<(Packed, Packed, Packed)> = r.maybe(
        "SELECT steps, helped, cause FROM solution WHERE ticket = $1",
        &args![number],
    )?;
    let told = told.map(|(steps, helped, cause)| [steps.0, helped.0, cause.0]);
    let said = told.into_iter().flatten().find(|words| !words.trim().is_empty());
    Ok(said.unwrap_or_default())
}

fn typed_on(r: &mut Read, numbers: &[TicketNumber]) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT words FROM field_value WHERE words IS NOT NULL AND ticket IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY ticket, field LIMIT 100");
    Ok(r.query_sql(&sql)?)
}

/// The words said on a ticket, as the index has them: what a snippet is cut from.
pub fn words_said(r: &mut Read, number: TicketNumber) -> Result<String> {
    let numbers = merged_for_all(r, number)?;
    said_on(r, &numbers)
}

fn said_on(r: &mut Read, numbers: &[TicketNumber]) -> Result<String> {
    let mut body = messages(r, numbers)?;
    body.push_str(&solutions(r, numbers)?);
    Ok(body)
}

fn messages(r: &mut Read, numbers: &[TicketNumber]) -> Result<String> {
    let mut sql = Sql::new("SELECT body FROM message WHERE state <> 'withdrawn' AND ticket IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY id");
    let mut body = String::new();
    for said in r.query_sql::<Packed>(&sql)? {
        body.push_str(&said);
        body.push('\n');
    }
    Ok(body)
}

fn solutions(r: &mut Read, numbers: &[TicketNumber]) -> Result<String> {
    let mut sql = Sql::new("SELECT cause, steps, helped FROM solution WHERE ticket IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(")");
    let mut text = String::new();
    for (cause, steps, helped) in r.query_sql::<(Packed, Packed, Packed)>(&sql)? {
        for words in [cause, steps, helped] {
            text.push_str(&words);
            text.push(' ');
        }
    }
    Ok(text)
}

/// The next ticket numbers after one, for walking all of them (rebuilding the index, checking).
pub fn numbers_after(r: &mut Read, after: TicketNumber, limit: i64) -> Result<Vec<TicketNumber>> {
    Ok(r.query(
        "SELECT number FROM ticket WHERE number > $1 ORDER BY number LIMIT $2",
        &args![after, limit],
    )?)
}

/// The same without those merged into another: what the index must hold.
pub fn unmerged_after(r: &mut Read, after: TicketNumber, limit: i64) -> Result<Vec<TicketNumber>> {
    Ok(r.query(
        "SELECT number FROM ticket WHERE number > $1 AND merged_into IS NULL ORDER BY number LIMIT $2",
        &args![after, limit],
    )?)
}

/// The content of every file that is attached or will be, once each.
pub fn file_hashes(r: &mut Read) -> Result<Vec<String>> {
    Ok(r.query(
        "SELECT sha256 FROM file UNION SELECT sha256 FROM planned_file UNION SELECT sha256 FROM review_file ORDER BY 1",
        &[],
    )?)
}
