//! The ledger: every letter that came, its state and why. For technicians; the letters of a private team's tickets and
//! mailboxes are not there for others, neither in a list nor in a count.

mod deeds;
mod file;
mod flooded;
mod list;
mod undo;

pub use deeds::{Release, dismiss, dismiss_all, move_letter, read_again, release};
pub use file::{Attached, file};
pub use flooded::{Done, Flooded, Heap, dismiss_held_by_flood, held_by_flood, release_held_by_flood};
pub use list::{Asked, Page, held_count, list, totals, waiting_on};
pub use undo::{Told, told, undo};

use db::{Read, Sql, args};

use super::intake::{DISMISSED, LetterState, Way, split_reason};
use super::sentences;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{LetterId, MessageId, TicketNumber};
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
        /// What reading found besides words and files: see [`Findings`](super::Findings).
        pub findings: String,
        /// Who vouched for the sender, as our own door found out; empty when nobody was asked.
        pub vouched: String,
    }
}

const ENTRIES: &str = "SELECT l.id, l.received_at, m.address AS mailbox, l.way, l.envelope_from, l.envelope_to, l.bytes, \
    l.message_id, l.sender, l.sender_name, l.subject, l.attachments, l.state, l.reason, l.defects, l.ticket, l.message, \
    l.read_at, l.findings, l.vouched FROM letter l LEFT JOIN mailbox m ON m.id = l.mailbox LEFT JOIN ticket t ON t.number = l.ticket WHERE ";

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

/// A letter belongs to the team of its ticket, or of its mailbox while it has no ticket. Of one that nobody has read,
/// waiting or held for a fault, it is not known whose ticket its key names: whoever is kept out of any team sees only
/// those to the mailboxes of his own. One that was let in was read before, unless it had failed.
fn visible(sql: &mut Sql, cx: &Context) {
    if cx.viewer.closed_teams.is_empty() {
        sql.push("1 = 1");
        return;
    }
    sql.push("COALESCE(CASE WHEN l.ticket IS NULL THEN m.team ELSE t.team END, 0) NOT IN (");
    sql.bind_list(cx.viewer.closed_teams.iter().copied());
    sql.push(
        ") AND (l.ticket IS NOT NULL OR ((l.state <> 'kept' OR l.reason LIKE 'letter-released%')
           AND l.reason NOT LIKE '%letter-reason-fault%')
           OR m.team IN (",
    );
    sql.bind_list(cx.viewer.teams.iter().copied());
    sql.push("))");
}

/// The reason as a sentence.
pub fn reason_text(lang: Lang, reason: &str) -> String {
    let (key, detail) = split_reason(reason);
    if key.is_empty() {
        return String::new();
    }
    let before = if key == DISMISSED {
        reason_text(lang, detail)
    } else {
        detail.to_string()
    };
    sentences::say_with(lang, key, &[("detail", Arg::Text(&before))])
        .trim()
        .to_string()
}
