//! Looking into a mailbox at once, because an administrator has mended something or does not want to wait.

use db::{Write, args};

use super::seen;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::MailboxId;

/// Whoever fetches hears of it with the commit, on whatever node, and connects anew: a wait after failures is over, and
/// letters that were given up are tried again.
pub fn try_now(tx: &mut Write, cx: &Context, mailbox: MailboxId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let asked = tx.exec(
        "UPDATE source SET asked_at = $2 WHERE mailbox = $1 AND active
           AND mailbox IN (SELECT id FROM mailbox WHERE retired_at IS NULL)",
        &args![mailbox, cx.now],
    )?;
    if asked == 0 {
        return Err(Error::NotFound);
    }
    seen::try_all(tx, mailbox)?;
    let id = mailbox.to_string();
    access::audit(tx, cx.now, Some(cx.viewer.person), "mailbox looked into", &id, "")?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))?;
    Ok(())
}
