//! Answers kept under the key a program gave its request, so that a repeated request does nothing twice.

use db::{Write, args};

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

/// No event: the deed it answers for has its own, in the same transaction.
pub fn keep(tx: &mut Write, cx: &Context, key: &str, digest: &str, body: &str) -> Result<()> {
    let inserted = tx.exec(
        "INSERT INTO idempotency (person, name, digest, status, body, at) VALUES ($1, $2, $3, 201, $4, $5)
         ON CONFLICT (person, name) DO NOTHING",
        &args![cx.viewer.person, key, digest, body, cx.now],
    )?;
    // The same key from two connections at once: the second finds the first's row and must not act as well.
    if inserted == 1 { Ok(()) } else { Err(Error::Busy) }
}
