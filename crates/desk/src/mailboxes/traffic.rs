//! What has come in and gone out, and when last: for the state of the system and the list of mailboxes. It tells how
//! much, never what.

use db::{Read, args};

use crate::access::{self, Place};
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::Result;
use crate::ids::MailboxId;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailTimes {
    pub last_in: Option<Time>,
    pub last_out: Option<Time>,
    /// Since when the oldest letter should have left.
    pub waits_since: Option<Time>,
    /// Since when the oldest letter has not been read.
    pub unread_since: Option<Time>,
    /// Letters given up within the last thirty days, counted to a thousand.
    pub failed: i64,
}

pub fn mail_times(r: &mut Read, cx: &Context) -> Result<MailTimes> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(MailTimes {
        last_in: r.maybe(
            "SELECT received_at FROM letter WHERE way <> 'file' ORDER BY id DESC LIMIT 1",
            &[],
        )?,
        last_out: r.maybe(
            "SELECT COALESCE(sent_at, send_at) AS at FROM outgoing WHERE state = 'sent' ORDER BY send_at DESC LIMIT 1",
            &[],
        )?,
        waits_since: r.maybe(
            "SELECT send_at FROM outgoing WHERE state = 'waiting' ORDER BY send_at LIMIT 1",
            &[],
        )?,
        unread_since: r.maybe(
            "SELECT received_at FROM letter WHERE state = 'kept' AND way <> 'file' ORDER BY id LIMIT 1",
            &[],
        )?,
        failed: r.one(
            "SELECT count(*) FROM (SELECT 1 AS one FROM outgoing WHERE state = 'failed' AND send_at >= $1 LIMIT 1000)
             AS counted",
            &args![cx.now.plus(-30 * DAY)],
        )?,
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traffic {
    pub mailbox: MailboxId,
    pub last_letter: Option<Time>,
    /// Letters of the last thirty days, counted to a thousand.
    pub letters: i64,
}

/// One line a mailbox.
pub fn traffic(r: &mut Read, cx: &Context, mailboxes: &[MailboxId]) -> Result<Vec<Traffic>> {
    access::require(&cx.viewer, Place::Admin)?;
    let since = cx.now.plus(-30 * DAY);
    let one = |id: &MailboxId| {
        Ok(Traffic {
            mailbox: *id,
            last_letter: r.maybe(
                "SELECT received_at FROM letter WHERE mailbox = $1 ORDER BY received_at DESC LIMIT 1",
                &args![*id],
            )?,
            letters: r.one(
                "SELECT count(*) FROM (SELECT 1 AS one FROM letter WHERE mailbox = $1 AND received_at >= $2 LIMIT 1000)
                 AS counted",
                &args![*id, since],
            )?,
        })
    };
    mailboxes.iter().map(one).collect()
}
