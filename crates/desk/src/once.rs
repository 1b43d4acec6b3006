//! Answers kept under the key a program gave its request, so that a repeated request does nothing twice.

use db::{Write, args};

use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Error, Result};

/// What was answered under this key before. The same key with another request is a conflict.
pub fn kept(tx: &mut Write, cx: &Context, key: &str, digest: &str) -> Result<Option<String>> {
    let row: Option<(String, String)> = tx.maybe(
        "SELECT digest, body FROM idempotency WHERE person = $1 AND name = $2",
        &args![cx.viewer.person, key],
    )?;
    match row {
        Some((before, _)) if before != digest => Err(Error::Conflict("conflict-key-used")),
        Some((_, body)) => Ok(Some(body)),
        None => Ok(None),
    }
}

/// Whether something was done under this key.
pub(crate) fn is_used(tx: &mut Write, cx: &Context, key: &str) -> Result<bool> {
    let used: Option<i64> = tx.maybe(
        "SELECT at FROM idempotency WHERE person = $1 AND name = $2",
        &args![cx.viewer.person, key],
    )?;
    Ok(used.is_some())
}

/// How long an answer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// For a program, which tries again at once.
    Day,
    /// For a browser, which may come back when its owner does: longer than it holds words ready to leave by themselves.
    Month,
}

impl Lasts {
    /// As the row tells them apart: what a program was answered, and where a browser was sent.
    fn status(self) -> i64 {
        match self {
            Lasts::Day => 201,
            Lasts::Month => 303,
        }
    }

    fn micros(self) -> i64 {
        match self {
            Lasts::Day => DAY,
            Lasts::Month => 31 * DAY,
        }
    }
}

/// No event: nobody misses an answer that nobody asks for any more.
pub(crate) fn sweep(tx: &mut Write, now: Time) -> Result<()> {
    for lasts in [Lasts::Day, Lasts::Month] {
        tx.exec(
            "DELETE FROM idempotency WHERE status = $1 AND at < $2",
            &args![lasts.status(), now.plus(-lasts.micros())],
        )?;
    }
    Ok(())
}

/// No event: the deed it answers for has its own, in the same transaction.
pub fn keep(tx: &mut Write, cx: &Context, (key, lasts): (&str, Lasts), digest: &str, body: &str) -> Result<()> {
    let inserted = tx.exec(
        "INSERT INTO idempotency (person, name, digest, status, body, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (person, name) DO NOTHING",
        &args![cx.viewer.person, key, digest, lasts.status(), body, cx.now],
    )?;
    // The same key from two connections at once: the second finds the first's row and must not act as well.
    if inserted == 1 { Ok(()) } else { Err(Error::Busy) }
}
