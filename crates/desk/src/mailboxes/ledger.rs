//! The ledger: every letter that came, its state and why. For technicians; the letters of a private team's tickets and
//! mailboxes are not there for others, neither in a list nor in a count.

use db::{Read, Sql, Write, args};

use super::intake::{LetterState, RELEASED_NEW, RELEASED_TICKET, Way, split_reason};
use super::sentences;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{LetterId, MessageId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::words::{Arg, Lang};

db::table! {
    #[derive(Clone, Debug)]
    pub struct Entry {
        pub id: LetterId,
        pub received_at: Time,
        pub mailbox: Option<String>,
        pub way: Way,
        pub envelope_from: String,
        /// A JSON list of addresses.
        pub envelope_to: String,
        pub bytes: i64,
        pub message_id: Option<String>,
        pub sender: Option<String>,
        pub sender_name: Option<String>,
        pub subject: Option<String>,
        /// `[{"name","bytes","sha256"}]`
        pub attachments: String,
        pub state: LetterState,
        /// The key of a sentence, then its details: see [`reason_text`].
        pub reason: String,
        pub defects: String,
        pub ticket: Option<TicketNumber>,
        pub message: Option<MessageId>,
        pub read_at: Option<Time>,
    }
}

#[derive(Clone, Debug)]
pub struct Page {
    pub items: Vec<Entry>,
    /// Where the next page begins.
    pub next: Option<LetterId>,
}

/// What a technician may do with a letter that was held or only recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// File it on the ticket whose key it carries.
    OnItsTicket,
    AsNewTicket,
}

const ENTRIES: &str = "SELECT l.id, l.received_at, m.address AS mailbox, l.way, l.envelope_from, l.envelope_to, l.bytes, \
    l.message_id, l.sender, l.sender_name, l.subject, l.attachments, l.state, l.reason, l.defects, l.ticket, l.message, \
    l.read_at FROM letter l LEFT JOIN mailbox m ON m.id = l.mailbox LEFT JOIN ticket t ON t.number = l.ticket WHERE ";

/// The newest letters first, of one state or of all.
pub fn list(
    r: &mut Read,
    cx: &Context,
    state: Option<LetterState>,
    cursor: Option<LetterId>,
    limit: i64,
) -> Result<Page> {
    access::require(&cx.viewer, Place::Desk)?;
    let limit = limit.clamp(1, 200);
    let mut sql = Sql::new(ENTRIES);
    visible(&mut sql, cx);
    if let Some(state) = state {
        sql.push(" AND l.state = ").bind(state);
    }
    if let Some(before) = cursor {
        sql.push(" AND l.id < ").bind(before);
    }
    sql.push(" ORDER BY l.id DESC LIMIT ").bind(limit + 1);
    let mut items: Vec<Entry> = r.query_sql(&sql)?;
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        items.pop();
    }
    Ok(Page {
        next: items.last().map(|e| e.id).filter(|_| more),
        items,
    })
}

pub fn find(r: &mut Read, cx: &Context, id: LetterId) -> Result<Entry> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(ENTRIES);
    visible(&mut sql, cx);
    sql.push(" AND l.id = ").bind(id);
    Ok(r.one_sql(&sql)?)
}

/// The bytes as they came.
pub fn raw(r: &mut Read, cx: &Context, id: LetterId) -> Result<Vec<u8>> {
    find(r, cx, id)?;
    Ok(r.one("SELECT raw FROM letter_raw WHERE letter = $1", &args![id])?)
}

/// How many letters stand in each state, for this viewer.
pub fn totals(r: &mut Read, cx: &Context) -> Result<Vec<(LetterState, i64)>> {
    access::require(&cx.viewer, Place::Desk)?;
    if cx.viewer.closed_teams.is_empty() {
        return Ok(r.query(
            "SELECT state, count(*) AS n FROM letter GROUP BY state ORDER BY state",
            &[],
        )?);
    }
    let mut sql = Sql::new(
        "SELECT l.state, count(*) AS n FROM letter l LEFT JOIN mailbox m ON m.id = l.mailbox
         LEFT JOIN ticket t ON t.number = l.ticket WHERE ",
    );
    visible(&mut sql, cx);
    sql.push(" GROUP BY l.state ORDER BY l.state");
    Ok(r.query_sql(&sql)?)
}

/// Letters that wait for this viewer's word, counted to a thousand.
pub fn held_count(r: &mut Read, cx: &Context) -> Result<i64> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(
        "SELECT count(*) FROM (SELECT 1 AS one FROM letter l LEFT JOIN mailbox m ON m.id = l.mailbox
         LEFT JOIN ticket t ON t.number = l.ticket WHERE l.state = 'held' AND ",
    );
    visible(&mut sql, cx);
    sql.push(" LIMIT 1000) AS counted");
    Ok(r.query_sql::<i64>(&sql)?.first().copied().unwrap_or(0))
}

/// A letter belongs to the team of its ticket, or of its mailbox while it has no ticket. Of one that nobody has read,
/// waiting or held for a fault, it is not known whose ticket its key names: whoever is kept out of any team sees only
/// those to the mailboxes of his own.
fn visible(sql: &mut Sql, cx: &Context) {
    if cx.viewer.closed_teams.is_empty() {
        sql.push("1 = 1");
        return;
    }
    sql.push("COALESCE(CASE WHEN l.ticket IS NULL THEN m.team ELSE t.team END, 0) NOT IN (");
    sql.bind_list(cx.viewer.closed_teams.iter().copied());
    sql.push(
        ") AND (l.ticket IS NOT NULL OR (l.state <> 'kept' AND l.reason NOT LIKE 'letter-reason-fault%')
           OR m.team IN (",
    );
    sql.bind_list(cx.viewer.teams.iter().copied());
    sql.push("))");
}

/// Lets a letter in. It is read again by the job, with the technician's word in place of a key or a proof.
pub fn release(tx: &mut Write, cx: &Context, id: LetterId, how: Release) -> Result<()> {
    let entry = changeable(tx, cx, id)?;
    let reason = match how {
        Release::OnItsTicket if entry.ticket.is_none() => return Err(Error::Conflict("conflict-letter-no-ticket")),
        Release::OnItsTicket => RELEASED_TICKET,
        Release::AsNewTicket => RELEASED_NEW,
    };
    if entry.sender.is_none() {
        return Err(Error::Conflict("conflict-letter-no-sender"));
    }
    again(tx, cx, id, reason)?;
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "letter released",
        &id.to_string(),
        reason,
    )
}

/// Reads a letter anew, for instance after a mailbox was set right or the reader has learnt something.
pub fn read_again(tx: &mut Write, cx: &Context, id: LetterId) -> Result<()> {
    changeable(tx, cx, id)?;
    again(tx, cx, id, "")
}

/// A letter on a ticket stays there: what is said on a ticket is never filed twice.
fn changeable(tx: &mut Write, cx: &Context, id: LetterId) -> Result<Entry> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let entry = find(tx, cx, id)?;
    match entry.state {
        LetterState::Filed => Err(Error::Conflict("conflict-letter-filed")),
        LetterState::Kept => Err(Error::Conflict("conflict-letter-being-read")),
        _ => Ok(entry),
    }
}

fn again(tx: &mut Write, cx: &Context, id: LetterId, reason: &'static str) -> Result<()> {
    let taken = tx.exec(
        "UPDATE letter SET state = 'kept', reason = $2 WHERE id = $1 AND state NOT IN ('kept', 'filed')",
        &args![id, reason],
    )?;
    if taken == 0 {
        return Err(Error::Conflict("conflict-letter-being-read"));
    }
    events::record(tx, cx, Fact::new(EventKind::LetterReleased).about(id.0))?;
    jobs::enqueue(tx, JobKind::ReadLetter, id.0, cx.now)
}

/// The reason as a sentence.
pub fn reason_text(lang: Lang, reason: &str) -> String {
    let (key, detail) = split_reason(reason);
    if key.is_empty() {
        return String::new();
    }
    sentences::say_with(lang, key, &[("detail", Arg::Text(detail))])
        .trim()
        .to_string()
}
