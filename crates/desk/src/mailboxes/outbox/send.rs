//! The way of a letter out: claimed, written, handed over, and what the other server said. It leaves at least once, at
//! most once under one Message-ID but for a crash between the server's word and ours.

use db::{Read, Sql, Write, args};
use serde_json::json;

use super::queue::{OutgoingKind, OutgoingState};
use super::render::{Draft, Row, draft};
use super::solved;
use crate::clock::{DAY, MINUTE, Time};
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::house::House;
use crate::ids::{MessageId, OutgoingId, PersonId, TeamId, TicketNumber};
use crate::jobs::{self, Job, JobKind};
use crate::mailboxes::gist::one_line;

/// How long a letter is tried before its technician is told that it did not arrive.
const PATIENCE: i64 = 4 * DAY;

db::table! {
    /// A letter that leaves, for the ticket page.
    #[derive(Clone, Debug)]
    pub struct Leaving {
        pub id: OutgoingId,
        pub kind: OutgoingKind,
        pub message: Option<MessageId>,
        pub recipient: String,
        pub state: OutgoingState,
        pub send_at: Time,
        pub sent_at: Option<Time>,
        pub words: String,
    }
}
db::table! {
    #[derive(Clone, Debug)]
    pub(in crate::mailboxes) struct Ours { id: OutgoingId, ticket: Option<TicketNumber>, person: Option<PersonId>, recipient: String }
}

db::table! {
    struct Gone { ticket: Option<TicketNumber>, message: Option<i64>, recipient: String, sent_at: Option<Time> }
}

/// What to do with a claimed job.
#[derive(Debug)]
pub enum Prepared {
    Ready(Box<Draft>),
    /// Something is missing that a person will set; the key says what.
    Wait(&'static str),
    /// Sent already, or taken back.
    Gone,
}

/// The letters of a ticket that leave or left. The caller has admitted the viewer to the ticket.
pub fn list_of(r: &mut Read, ticket: TicketNumber) -> Result<Vec<Leaving>> {
    Ok(r.query(
        "SELECT id, kind, message, recipient, state, send_at, sent_at, words FROM outgoing WHERE ticket = $1 ORDER BY id",
        &args![ticket],
    )?)
}

pub fn claim_due(tx: &mut Write, now: Time, limit: i64) -> Result<Vec<Job>> {
    jobs::claim(tx, JobKind::SendLetter, now, limit)
}

/// Writes the letter of a claimed job. From here on it cannot be taken back.
pub fn prepare(tx: &mut Write, house: &House, now: Time, job: &Job) -> Result<Prepared> {
    let id = OutgoingId(job.subject);
    let Some(public_url) = house.public_url.as_deref() else {
        let key = "letter-wait-public-url";
        tx.exec(
            "UPDATE outgoing SET words = $2 WHERE id = $1 AND state = 'waiting'",
            &args![id, key],
        )?;
        // Not a failure: looked at again every minute, however long it takes to set it.
        jobs::done(tx, job.id)?;
        jobs::enqueue(tx, JobKind::SendLetter, id.0, now.plus(MINUTE))?;
        return Ok(Prepared::Wait(key));
    };
    solved::withdraw_if_open(tx, id)?;
    let row: Option<Row> = tx.maybe(
        "UPDATE outgoing SET attempts = attempts + 1, words = '' WHERE id = $1 AND state = 'waiting'
         RETURNING id, kind, ticket, message, person, recipient, mailbox, language, message_id, data, send_at",
        &args![id],
    )?;
    match row {
        Some(row) => Ok(Prepared::Ready(Box::new(draft(tx, house, now, &row, public_url)?))),
        None => {
            jobs::done(tx, job.id)?;
            Ok(Prepared::Gone)
        }
    }
}

/// The other server took it.
pub fn sent(tx: &mut Write, job: &Job, now: Time, words: &str) -> Result<()> {
    tx.exec(
        "UPDATE outgoing SET state = 'sent', sent_at = $2, words = $3 WHERE id = $1 AND state = 'waiting'",
        &args![job.subject, now, one_line(words, 500)],
    )?;
    jobs::done(tx, job.id)?;
    tx.announce();
    Ok(())
}

/// It cannot go before somebody mends how it is signed in. The letter is as good as ever and waits.
pub(in crate::mailboxes) fn wait(tx: &mut Write, now: Time, job: &Job, words: &str) -> Result<()> {
    let words = one_line(words, 500);
    tx.exec(
        "UPDATE outgoing SET words = $2 WHERE id = $1 AND state = 'waiting'",
        &args![job.subject, words.as_str()],
    )?;
    jobs::retry(tx, job, now, &words)
}

/// It did not go this time. After four days it is given up; `cx` is the desk.
pub fn later(tx: &mut Write, cx: &Context, job: &Job, words: &str) -> Result<()> {
    let since: Option<Time> = tx.maybe("SELECT send_at FROM outgoing WHERE id = $1", &args![job.subject])?;
    if since.is_none_or(|since| cx.now.since(since) > PATIENCE) {
        failed_for_good(tx, cx, OutgoingId(job.subject), words)?;
        return jobs::done(tx, job.id);
    }
    let words = one_line(words, 500);
    let waits = tx.exec(
        "UPDATE outgoing SET words = $2 WHERE id = $1 AND state = 'waiting'",
        &args![job.subject, words.as_str()],
    )?;
    match waits {
        // It left, or failed, while this attempt was still on its way: another node took it up.
        0 => jobs::done(tx, job.id),
        _ => jobs::retry(tx, job, cx.now, &words),
    }
}

/// The other server will not have it. What another attempt has settled meanwhile stays settled.
pub fn refused(tx: &mut Write, cx: &Context, job: &Job, words: &str) -> Result<()> {
    let id = OutgoingId(job.subject);
    let state: Option<OutgoingState> = tx.maybe("SELECT state FROM outgoing WHERE id = $1", &args![id])?;
    if state == Some(OutgoingState::Waiting) {
        failed_for_good(tx, cx, id, words)?;
    }
    jobs::done(tx, job.id)
}

/// It will not arrive: the words of the server stand beside it, and its ticket says so. Safe to run twice.
pub fn failed_for_good(tx: &mut Write, cx: &Context, id: OutgoingId, words: &str) -> Result<()> {
    let words = one_line(words, 500);
    let failed: Option<Gone> = tx.maybe(
        "UPDATE outgoing SET state = 'failed', words = $2 WHERE id = $1 AND state IN ('waiting', 'sent')
         RETURNING ticket, message, recipient, sent_at",
        &args![id, words.as_str()],
    )?;
    let Some(gone) = failed else { return Ok(()) };
    // A report may come days after the letter: who has written to us since can be reached.
    tx.exec(
        "UPDATE address SET bounced_at = $2 WHERE address = $1 AND NOT EXISTS (
           SELECT 1 FROM letter l WHERE l.sender = $1 AND l.received_at > $3 AND l.state = 'filed')",
        &args![gone.recipient.as_str(), cx.now, gone.sent_at.unwrap_or(cx.now)],
    )?;
    let Gone {
        ticket,
        message,
        recipient,
        ..
    } = gone;
    let Some(ticket) = ticket else { return Ok(()) };
    let team: Option<TeamId> = tx.one("SELECT team FROM ticket WHERE number = $1", &args![ticket])?;
    let data = json!({"recipient": recipient, "words": words}).to_string();
    let mut fact = Fact::new(EventKind::ReplyFailed).on(ticket, team).with(Some(data));
    if let Some(message) = message {
        fact = fact.about(message);
    }
    events::record(tx, cx, fact)?;
    Ok(())
}

/// The letter of ours that one of these identifiers names.
pub(in crate::mailboxes) fn find_by_identifiers(r: &mut Read, identifiers: &[String]) -> Result<Option<Ours>> {
    let mut sql = Sql::new("SELECT id, ticket, person, recipient FROM outgoing WHERE message_id IN (");
    sql.bind_list(identifiers.iter().cloned());
    sql.push(") ORDER BY id DESC LIMIT 1");
    Ok(r.maybe_sql(&sql)?)
}

/// The newest letter to this person on this ticket: what a report means that names only the reply address.
pub(in crate::mailboxes) fn last_sent_to(r: &mut Read, ticket: TicketNumber, person: PersonId) -> Result<Option<Ours>> {
    Ok(r.maybe(
        "SELECT id, ticket, person, recipient FROM outgoing WHERE ticket = $1 AND person = $2 AND state IN ('sent', 'failed')
         ORDER BY id DESC LIMIT 1",
        &args![ticket, person],
    )?)
}
