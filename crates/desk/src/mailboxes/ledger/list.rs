//! Lists and counts of the ledger: of one state, one mailbox, one sender, or what a few words are found in.

use db::{Read, Sql};

use super::{ENTRIES, Entry, visible};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{LetterId, MailboxId, TicketNumber};
use crate::mailboxes::gist::one_line;
use crate::mailboxes::intake::LetterState;
use crate::views::like;

/// What is asked of the ledger; nothing: all of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub state: Option<LetterState>,
    pub mailbox: Option<MailboxId>,
    /// An address, a Message-ID, or words of the subject.
    pub words: String,
    /// The page begins behind this letter.
    pub before: Option<LetterId>,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub items: Vec<Entry>,
    /// Where the next page begins.
    pub next: Option<LetterId>,
}

/// Words of a subject are looked for among so many of the newest letters: beyond them a list is not what helps.
const LOOKED_THROUGH: i64 = 50_000;

/// The newest letters first.
pub fn list(r: &mut Read, cx: &Context, asked: &Asked, limit: i64) -> Result<Page> {
    access::require(&cx.viewer, Place::Desk)?;
    let limit = limit.clamp(1, 200);
    let mut sql = Sql::new(ENTRIES);
    visible(&mut sql, cx);
    if let Some(state) = asked.state {
        sql.push(" AND l.state = ").bind(state);
    }
    if let Some(mailbox) = asked.mailbox {
        sql.push(" AND l.mailbox = ").bind(mailbox);
    }
    if let Some(before) = asked.before {
        sql.push(" AND l.id < ").bind(before);
    }
    holding(&mut sql, &asked.words);
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

fn holding(sql: &mut Sql, words: &str) {
    let words = one_line(words, 200);
    let bare = words.trim_matches(['<', '>']).to_string();
    if words.is_empty() {
        return;
    }
    if bare.contains('@') && !bare.contains(' ') {
        sql.push(" AND (l.message_id = ").bind(bare.clone());
        sql.push(" OR l.sender = ").bind(bare.to_lowercase()).push(")");
        return;
    }
    sql.push(" AND l.id > (SELECT COALESCE(max(id), 0) FROM letter) - ")
        .bind(LOOKED_THROUGH);
    sql.push(" AND LOWER(l.subject) LIKE ").bind(like(&words));
    sql.push(" ESCAPE '!'");
}

/// How many letters stand in each state, for this viewer; of one mailbox or of all.
pub fn totals(r: &mut Read, cx: &Context, mailbox: Option<MailboxId>) -> Result<Vec<(LetterState, i64)>> {
    access::require(&cx.viewer, Place::Desk)?;
    if cx.viewer.closed_teams.is_empty() && mailbox.is_none() {
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
    if let Some(mailbox) = mailbox {
        sql.push(" AND l.mailbox = ").bind(mailbox);
    }
    sql.push(" GROUP BY l.state ORDER BY l.state");
    Ok(r.query_sql(&sql)?)
}

/// Letters that carry the key of this ticket and wait for somebody's word: their numbers and senders, the oldest first.
pub fn waiting_on(r: &mut Read, cx: &Context, ticket: TicketNumber) -> Result<Vec<(LetterId, String)>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(
        "SELECT l.id, COALESCE(l.sender, l.envelope_from) AS sender FROM letter l
         LEFT JOIN mailbox m ON m.id = l.mailbox LEFT JOIN ticket t ON t.number = l.ticket WHERE ",
    );
    visible(&mut sql, cx);
    sql.push(" AND l.state = 'held' AND l.ticket = ").bind(ticket);
    sql.push(" ORDER BY l.id LIMIT 5");
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
