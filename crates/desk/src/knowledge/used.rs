//! Where an article was of use, and whether it solved anything: counted from tickets, not from what anybody thinks of it.

use db::{Read, Sql, Write, args};
use serde_json::json;

use super::{show, store};
use crate::access;
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, EventId, TicketNumber};
use crate::tickets;

/// What counts for "solved n of m".
const COUNTED: i64 = 90 * DAY;

db::text_enum! {
    pub enum How {
        /// Put into a text that is being written.
        Inserted => "inserted",
        /// Sent to the requester.
        Sent => "sent",
        /// Read by the requester or by a technician from the ticket.
        Read => "read",
        Linked => "linked",
    }
}

/// It was of use on a ticket. The same use on one ticket within a day counts once.
pub fn used(tx: &mut Write, cx: &Context, id: ArticleId, ticket: TicketNumber, how: How) -> Result<Option<EventId>> {
    tickets::find_visible(tx, cx, ticket)?;
    if access::may_see_drafts(&cx.viewer) {
        store::load(tx, id)?;
    } else {
        // Who asked may say that he has read what he may read, and nothing else.
        show::read(tx, Some(&cx.viewer), id)?;
        if how != How::Read {
            return Err(Error::NotFound);
        }
    }
    // Of two at once one waits here, and then finds the other's row.
    store::hold(tx, id)?;
    let again: Option<i64> = tx.maybe(
        "SELECT id FROM article_use WHERE ticket = $1 AND article = $2 AND how = $3 AND at > $4 LIMIT 1",
        &args![ticket, id, how, cx.now.plus(-DAY)],
    )?;
    if again.is_some() {
        return Ok(None);
    }
    tx.exec(
        "INSERT INTO article_use (article, ticket, how, at, person) VALUES ($1, $2, $3, $4, $5)",
        &args![id, ticket, how, cx.now, cx.viewer.person],
    )?;
    let data = json!({ "ticket": ticket.0, "how": how.as_str() }).to_string();
    let fact = Fact::new(EventKind::ArticleUsed).about(id.0).with(Some(data));
    events::record(tx, cx, fact).map(Some)
}

/// Its words were put in at that moment, and taken out again.
///
/// No event: the undo it is a part of has its own.
pub(crate) fn not_used(tx: &mut Write, id: ArticleId, ticket: TicketNumber, at: Time) -> Result<()> {
    tx.exec(
        "DELETE FROM article_use WHERE article = $1 AND ticket = $2 AND how = 'inserted' AND at = $3",
        &args![id, ticket, at],
    )?;
    Ok(())
}

/// How well it works: of the tickets it was sent on or read from in the last 90 days, how many are solved and were not
/// opened again since; and what readers said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    pub solved: i64,
    pub of: i64,
    pub helped: i64,
    pub said: i64,
}

pub fn worth(r: &mut Read, cx: &Context, id: ArticleId) -> Result<Worth> {
    show::find(r, cx, id)?;
    let since = cx.now.plus(-COUNTED);
    let mut all = worths(r, &[id], since)?;
    Ok(all.pop().map(|(_, worth)| worth).unwrap_or_default())
}

/// The same for many, for lists and for ranking: those that were of no use are left out. Without a policy: it is figures.
pub fn worths(r: &mut Read, ids: &[ArticleId], since: Time) -> Result<Vec<(ArticleId, Worth)>> {
    let mut all: Vec<(ArticleId, Worth)> = Vec::new();
    for (article, uses, solved) in uses(r, ids, since)? {
        let worth = of(&mut all, article);
        (worth.of, worth.solved) = (uses, solved.unwrap_or(0));
    }
    let mut sql = Sql::new(
        "SELECT article, SUM(CASE WHEN helped THEN 1 ELSE 0 END), count(*) FROM article_feedback WHERE at >= ",
    );
    sql.bind(since).push(" AND article IN (");
    sql.bind_list(ids.iter().copied()).push(") GROUP BY article");
    for (article, helped, said) in r.query_sql::<(ArticleId, Option<i64>, i64)>(&sql)? {
        let worth = of(&mut all, article);
        (worth.helped, worth.said) = (helped.unwrap_or(0), said);
    }
    Ok(all)
}

/// On how many tickets, and how many of them stay solved. A merged ticket counts as the one it went into.
fn uses(r: &mut Read, ids: &[ArticleId], since: Time) -> Result<Vec<(ArticleId, i64, Option<i64>)>> {
    let mut sql = Sql::new(
        "SELECT u.article, count(*), SUM(CASE WHEN k.status IN ('solved', 'closed') AND NOT EXISTS (
             SELECT 1 FROM event e WHERE e.ticket = k.number AND e.kind = 'reopened' AND e.at >= u.at)
           THEN 1 ELSE 0 END)
         FROM (SELECT article, ticket, MIN(at) AS at FROM article_use WHERE how IN ('sent', 'read') AND at >= ",
    );
    sql.bind(since).push(" AND article IN (");
    sql.bind_list(ids.iter().copied()).push(
        ") GROUP BY article, ticket) u
         JOIN ticket t ON t.number = u.ticket JOIN ticket k ON k.number = COALESCE(t.merged_into, t.number)
         GROUP BY u.article",
    );
    Ok(r.query_sql(&sql)?)
}

fn of(all: &mut Vec<(ArticleId, Worth)>, article: ArticleId) -> &mut Worth {
    let at = all.iter().position(|(id, _)| *id == article).unwrap_or_else(|| {
        all.push((article, Worth::default()));
        all.len() - 1
    });
    &mut all[at].1
}
