//! Letters that the brake held, all at once: a monitoring system that nobody had named, a circular answered by a whole
//! town, or a flood that was one.

use db::{Read, Sql, Write};

use super::deeds::{again, dismiss};
use super::{find, undo, visible};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{EventId, LetterId, MailboxId};
use crate::mailboxes::intake::RELEASED_NEW;

/// Which of the letters that the brake held; nothing: all of them that are there for this viewer.
#[derive(Clone, Debug, Default)]
pub struct Flooded {
    pub mailbox: Option<MailboxId>,
    pub sender: Option<String>,
}

/// One transaction does so many; the caller asks again while any are left.
const AT_ONCE: i64 = 500;

/// What was done, and how many more of the same wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    pub letters: i64,
    pub left: i64,
    /// What ties them together, so that one Undo takes them all back; none where nothing was done.
    pub event: Option<EventId>,
}

db::table! {
    /// What the brake held of one sender in one mailbox.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Heap {
        pub mailbox: Option<MailboxId>,
        pub sender: Option<String>,
        pub letters: i64,
    }
}

/// What the brake holds, the highest heaps first; at most fifty of them.
pub fn held_by_flood(r: &mut Read, cx: &Context) -> Result<Vec<Heap>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new("SELECT l.mailbox, l.sender, count(*) AS letters");
    from(&mut sql, cx, &Flooded::default());
    sql.push(" GROUP BY l.mailbox, l.sender ORDER BY letters DESC, l.sender LIMIT 50");
    Ok(r.query_sql(&sql)?)
}

/// Lets them in, each as a ticket of its own. As with one that is let in, nobody is told by mail.
pub fn release_held_by_flood(tx: &mut Write, cx: &Context, which: &Flooded) -> Result<Done> {
    all_at_once(tx, cx, which, ("letters released", "released"), |tx, id| {
        let entry = find(tx, cx, id)?;
        again(tx, cx, &entry, None, RELEASED_NEW)
    })
}

/// None of them needs a ticket. They stay in the ledger, and each can still be let in.
pub fn dismiss_held_by_flood(tx: &mut Write, cx: &Context, which: &Flooded) -> Result<Done> {
    all_at_once(tx, cx, which, ("letters dismissed", "dismissed"), |tx, id| {
        dismiss(tx, cx, id)
    })
}

fn all_at_once(
    tx: &mut Write,
    cx: &Context,
    which: &Flooded,
    (what, deed): (&'static str, &str),
    mut each: impl FnMut(&mut Write, LetterId) -> Result<EventId>,
) -> Result<Done> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let mut sql = Sql::new("SELECT l.id");
    from(&mut sql, cx, which);
    sql.push(" ORDER BY l.id LIMIT ").bind(AT_ONCE);
    let letters: Vec<LetterId> = tx.query_sql(&sql)?;
    let mut made = Vec::with_capacity(letters.len());
    for id in &letters {
        made.push(each(tx, *id)?);
    }
    let mut sql = Sql::new("SELECT count(*) AS n");
    from(&mut sql, cx, which);
    let left = tx.one_sql(&sql)?;
    let done = Done {
        letters: i64::try_from(made.len()).unwrap_or(i64::MAX),
        left,
        event: undo::together(tx, cx, deed, &made)?,
    };
    if done.letters > 0 {
        let who = which.sender.as_deref().unwrap_or_default();
        let told = done.letters.to_string();
        access::audit(tx, cx.now, Some(cx.viewer.person), what, who, &told)?;
    }
    Ok(done)
}

fn from(sql: &mut Sql, cx: &Context, which: &Flooded) {
    sql.push(
        " FROM letter l LEFT JOIN mailbox m ON m.id = l.mailbox LEFT JOIN ticket t ON t.number = l.ticket
         WHERE l.state = 'held' AND l.reason IN ('letter-reason-storm', 'letter-reason-mailbox-storm') AND ",
    );
    visible(sql, cx);
    if let Some(mailbox) = which.mailbox {
        sql.push(" AND l.mailbox = ").bind(mailbox);
    }
    if let Some(sender) = &which.sender {
        sql.push(" AND l.sender = ").bind(sender.to_lowercase());
    }
}
