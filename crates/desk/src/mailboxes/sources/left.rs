//! Letters that stay on the server they would be fetched from: too large for any letter here, not given out, or given up
//! because every connection broke over them. Each has a line until an administrator has seen to it or it comes after all;
//! none is passed over silently.

use db::{Read, Write, args};

use super::seen;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::MailboxId;
use crate::mailboxes::gist::one_line;

db::text_enum! {
    /// Why a letter stays there.
    pub enum WhyLeft { TooLarge => "too-large", Withheld => "withheld", GivenUp => "given-up" }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LeftThere {
        /// How its server calls it.
        pub name: String,
        pub why: WhyLeft,
        pub bytes: i64,
        /// The server's own words.
        pub words: String,
        pub since: Time,
    }
}

/// More than anybody looks through; the server has them all.
const MOST: i64 = 200;

/// In the order in which they were found.
pub fn left_there(r: &mut Read, cx: &Context, mailbox: MailboxId) -> Result<Vec<LeftThere>> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(r.query(
        "SELECT name, why, bytes, words, since FROM source_left WHERE mailbox = $1 ORDER BY since, name LIMIT $2",
        &args![mailbox, MOST],
    )?)
}

pub(in crate::mailboxes) fn any_left(r: &mut Read, mailbox: MailboxId) -> Result<bool> {
    let one: Option<String> = r.maybe(
        "SELECT name FROM source_left WHERE mailbox = $1 LIMIT 1",
        &args![mailbox],
    )?;
    Ok(one.is_some())
}

/// No event: it shows on the administrators' pages, and the watch over mailboxes tells them.
pub(in crate::mailboxes) fn leave(
    tx: &mut Write,
    mailbox: MailboxId,
    now: Time,
    name: &str,
    (why, bytes, words): (WhyLeft, i64, &str),
) -> Result<()> {
    tx.exec(
        "INSERT INTO source_left (mailbox, name, why, bytes, words, since) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (mailbox, name) DO UPDATE SET why = excluded.why, bytes = excluded.bytes, words = excluded.words",
        &args![mailbox, one_line(name, 200), why, bytes, one_line(words, 300), now],
    )?;
    Ok(())
}

/// An administrator has seen to them, and they are tried anew. What still cannot be taken at the next look comes back.
pub fn seen_to(tx: &mut Write, cx: &Context, mailbox: MailboxId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    if tx.exec("DELETE FROM source_left WHERE mailbox = $1", &args![mailbox])? == 0 {
        return Err(Error::NotFound);
    }
    seen::try_all(tx, mailbox)?;
    let id = mailbox.to_string();
    access::audit(tx, cx.now, Some(cx.viewer.person), "mailbox left seen", &id, "")
}
