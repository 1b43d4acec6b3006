//! What is remembered of single letters on a server: those that are kept here, by name and content, and those that could
//! not be had. So a letter whose server refuses to mark it comes once, and one over which every connection breaks does
//! not stop the others.

use std::collections::{HashMap, HashSet};

use db::{Read, Sql, Write, args};
use mail::fetch::Known;

use crate::clock::{HOUR, Time};
use crate::error::Result;
use crate::ids::MailboxId;
use crate::mailboxes::gist::one_line;

/// Failures over one letter after which the others go before it.
const TIMES: i64 = 3;
/// A letter that was given up is tried again so long after.
const AGAIN: i64 = 6 * HOUR;
/// Names in one statement.
const BATCH: usize = 500;

/// A letter of this name and content is kept here: in the transaction that keeps it, and before it, so that of two who
/// bring it at once the second waits for the first. False when it was kept before.
pub(in crate::mailboxes) fn saw(tx: &mut Write, mailbox: MailboxId, name: &str, sha256: &str) -> Result<bool> {
    let new = tx.exec(
        "INSERT INTO source_seen (mailbox, name, sha256) VALUES ($1, $2, $3)
         ON CONFLICT (mailbox, name) DO UPDATE SET sha256 = excluded.sha256 WHERE source_seen.sha256 <> excluded.sha256",
        &args![mailbox, name, sha256],
    )?;
    // It could be had after all.
    tx.exec(
        "DELETE FROM source_missed WHERE mailbox = $1 AND name = $2",
        &args![mailbox, name],
    )?;
    tx.exec(
        "DELETE FROM source_left WHERE mailbox = $1 AND name = $2",
        &args![mailbox, name],
    )?;
    Ok(new == 1)
}

db::table! {
    struct Missed { name: String, times: i64, at: Time }
}

/// What is known of the letters of these names.
pub(in crate::mailboxes) fn known(r: &mut Read, mailbox: MailboxId, now: Time, names: &[String]) -> Result<Vec<Known>> {
    let (mut kept, mut missed) = (HashSet::new(), HashMap::new());
    for part in names.chunks(BATCH) {
        let seen: Vec<String> = r.query_sql(&about("SELECT name FROM source_seen", mailbox, part))?;
        kept.extend(seen);
        let lost: Vec<Missed> = r.query_sql(&about("SELECT name, times, at FROM source_missed", mailbox, part))?;
        missed.extend(lost.into_iter().map(|m| (m.name.clone(), m)));
    }
    let of = |name: &String| {
        let given_up = missed.get(name).filter(|m| m.times >= TIMES);
        match (kept.contains(name), given_up) {
            (true, None) => Known::Kept,
            (true, Some(_)) => Known::LeftAlone,
            (false, Some(m)) if now.since(m.at) < AGAIN => Known::GivenUp,
            (false, _) => Known::New,
        }
    };
    Ok(names.iter().map(of).collect())
}

fn about(select: &'static str, mailbox: MailboxId, names: &[String]) -> Sql {
    let mut sql = Sql::new(select);
    sql.push(" WHERE mailbox = ").bind(mailbox).push(" AND name IN (");
    sql.bind_list(names.iter().cloned()).push(")");
    sql
}

/// It could not be had, or its server broke off when it was told of it.
/// No event: how fetching goes shows on the administrators' pages.
pub(in crate::mailboxes) fn missed(
    tx: &mut Write,
    mailbox: MailboxId,
    now: Time,
    name: &str,
    words: &str,
) -> Result<()> {
    tx.exec(
        "INSERT INTO source_missed (mailbox, name, times, words, at) VALUES ($1, $2, 1, $3, $4)
         ON CONFLICT (mailbox, name) DO UPDATE SET times = source_missed.times + 1, words = excluded.words,
           at = excluded.at",
        &args![mailbox, name, one_line(words, 300), now],
    )?;
    Ok(())
}

/// Why it could not be had the last time.
pub(in crate::mailboxes) fn words_of(r: &mut Read, mailbox: MailboxId, name: &str) -> Result<String> {
    let words: Option<String> = r.maybe(
        "SELECT words FROM source_missed WHERE mailbox = $1 AND name = $2",
        &args![mailbox, name],
    )?;
    Ok(words.unwrap_or_default())
}

/// Every letter is tried anew.
pub(super) fn try_all(tx: &mut Write, mailbox: MailboxId) -> Result<()> {
    tx.exec("DELETE FROM source_missed WHERE mailbox = $1", &args![mailbox])?;
    Ok(())
}

/// Another server, or none: nothing that was remembered holds.
pub(super) fn forget_all(tx: &mut Write, mailbox: MailboxId) -> Result<()> {
    tx.exec("DELETE FROM source_seen WHERE mailbox = $1", &args![mailbox])?;
    tx.exec("DELETE FROM source_left WHERE mailbox = $1", &args![mailbox])?;
    try_all(tx, mailbox)
}

/// All names that are remembered for a mailbox.
pub(in crate::mailboxes) fn remembered(r: &mut Read, mailbox: MailboxId) -> Result<HashSet<String>> {
    let all: Vec<String> = r.query(
        "SELECT name FROM source_seen WHERE mailbox = $1 UNION SELECT name FROM source_missed WHERE mailbox = $1
         UNION SELECT name FROM source_left WHERE mailbox = $1",
        &args![mailbox],
    )?;
    Ok(all.into_iter().collect())
}

/// These letters are no longer on the server.
/// No event: nothing that anybody sees changes, but that what was told of them is over.
pub(in crate::mailboxes) fn gone(tx: &mut Write, mailbox: MailboxId, names: &[String]) -> Result<()> {
    for part in names.chunks(BATCH) {
        tx.exec_sql(&about("DELETE FROM source_seen", mailbox, part))?;
        tx.exec_sql(&about("DELETE FROM source_missed", mailbox, part))?;
        tx.exec_sql(&about("DELETE FROM source_left", mailbox, part))?;
    }
    Ok(())
}

/// The folder of a mailbox begins with the letter of this name (`validity.number`): those with smaller numbers are no
/// longer on the server. Numbers are compared as words, the shorter first, as they have no zeros before them.
/// No event: as with `gone`.
pub(in crate::mailboxes) fn gone_before(tx: &mut Write, mailbox: MailboxId, first: &str) -> Result<()> {
    let (validity, _) = first.split_once('.').unwrap_or_default();
    let (begin, length) = (format!("{validity}.%"), i64::try_from(first.len()).unwrap_or(i64::MAX));
    for sql in [
        "DELETE FROM source_seen WHERE mailbox = $1 AND name LIKE $2
           AND (length(name) < $3 OR length(name) = $3 AND name < $4)",
        "DELETE FROM source_missed WHERE mailbox = $1 AND name LIKE $2
           AND (length(name) < $3 OR length(name) = $3 AND name < $4)",
        "DELETE FROM source_left WHERE mailbox = $1 AND name LIKE $2
           AND (length(name) < $3 OR length(name) = $3 AND name < $4)",
    ] {
        tx.exec(sql, &args![mailbox, begin.as_str(), length, first])?;
    }
    Ok(())
}
