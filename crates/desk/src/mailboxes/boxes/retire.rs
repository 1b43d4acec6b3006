//! Taking a mailbox out of use. Its letters and tickets stay; nothing is fetched for it, nothing leaves from it, and
//! letters to it are refused at the door in words. Putting it back to use is the undo.

use db::{Write, args};

use super::{find, live};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::MailboxId;

/// Two administrators who retire the last two at once would leave none.
const ALL: &str = "mailboxes";

/// Out of use from now on. The last one cannot be: no reply could leave.
pub fn retire(tx: &mut Write, cx: &Context, id: MailboxId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name(ALL)?;
    let live = live(tx)?;
    if !live.iter().any(|m| m.id == id) {
        return Err(Error::NotFound);
    }
    if live.len() == 1 {
        return Err(Error::Conflict("conflict-last-mailbox"));
    }
    // What was told of it is over with it.
    tx.exec(
        "UPDATE mailbox SET retired_at = $2, told = '', told_at = NULL WHERE id = $1",
        &args![id, cx.now],
    )?;
    told(tx, cx, "mailbox retired", id)
}

/// In use again.
pub fn bring_back(tx: &mut Write, cx: &Context, id: MailboxId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let back = tx.exec(
        "UPDATE mailbox SET retired_at = NULL WHERE id = $1 AND retired_at IS NOT NULL",
        &args![id],
    )?;
    if back == 0 {
        return Err(Error::NotFound);
    }
    told(tx, cx, "mailbox brought back", id)
}

/// Who fetches reads the mailboxes anew when the log says so.
fn told(tx: &mut Write, cx: &Context, what: &'static str, id: MailboxId) -> Result<()> {
    let address = find(tx, id)?.address;
    access::audit(tx, cx.now, Some(cx.viewer.person), what, &id.to_string(), &address)?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))?;
    Ok(())
}
