//! The state of the system: what the database knows of it, and the pure rule that says what is not as it should be.

use db::Read;

use super::backup::last_backup;
use crate::access::{self, Place};
use crate::clock::{DAY, MINUTE, Time};
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, Behind, Cursor};
use crate::jobs::{self, GivenUp};
use crate::mailboxes::{self, MailCounts, MailTimes, boxes};

#[derive(Clone, Debug, Default)]
pub struct Health {
    /// Those in use.
    pub mailboxes: usize,
    /// A mailbox has a way out of its own: letters leave though the program was told of none.
    pub own_way_out: bool,
    /// Mailboxes that cannot be fetched or have gone quiet.
    pub alarms: i64,
    pub letters: MailCounts,
    pub mail: MailTimes,
    pub jobs_waiting: i64,
    pub jobs_given_up: i64,
    pub given_up: Vec<GivenUp>,
    pub index: Behind,
    /// `None`: nothing follows the log for live pages here.
    pub live: Option<Behind>,
    pub database_bytes: i64,
    pub backup: Option<Time>,
}

/// How far the followers of this node have read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Followed {
    pub index: Cursor,
    pub live: Option<Cursor>,
}

pub fn health(r: &mut Read, cx: &Context, followed: Followed) -> Result<Health> {
    access::require(&cx.viewer, Place::Admin)?;
    let (jobs_waiting, jobs_given_up) = jobs::counts(r)?;
    let live = followed.live.map(|cursor| events::behind(r, cursor)).transpose()?;
    Ok(Health {
        mailboxes: boxes::live(r)?.len(),
        own_way_out: mailboxes::sending::in_use(r)?,
        alarms: i64::try_from(mailboxes::watch::alarms(r, cx)?.len()).unwrap_or(0),
        letters: mailboxes::counts(r)?,
        mail: mailboxes::mail_times(r, cx)?,
        jobs_waiting,
        jobs_given_up,
        given_up: jobs::given_up(r, cx)?,
        index: events::behind(r, followed.index)?,
        live,
        database_bytes: r.size()?,
        backup: last_backup(r)?,
    })
}

/// What the node knows of itself and the database does not.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// It was told of a server that takes letters.
    pub sends_mail: bool,
    pub has_public_url: bool,
    /// Bytes free on the disk of the desk, when the system says so.
    pub free: Option<u64>,
}

db::text_enum! {
    /// What is not as it should be, the most pressing first.
    pub enum Trouble {
        DiskLow => "disk-low",
        Unread => "unread",
        IndexBehind => "index-behind",
        LiveBehind => "live-behind",
        JobsGivenUp => "jobs-given-up",
        NoCarrier => "no-carrier",
        NoPublicUrl => "no-public-url",
        OutboxStuck => "outbox-stuck",
        MailboxAlarm => "mailbox-alarm",
        NoMailbox => "no-mailbox",
        BackupOld => "backup-old",
    }
}

/// Less than this and the desk may soon stop taking letters.
const LEAST_FREE: u64 = 1_000_000_000;

/// Pure: the same figures always say the same.
pub fn troubles(health: &Health, node: &Node, now: Time) -> Vec<Trouble> {
    let older = |at: Option<Time>, than: i64| at.is_some_and(|at| now.since(at) > than);
    let stuck = older(health.mail.waits_since, 15 * MINUTE);
    let sends = node.sends_mail || health.own_way_out;
    let is = |trouble: &Trouble| match trouble {
        Trouble::DiskLow => node.free.is_some_and(|free| free < LEAST_FREE),
        Trouble::Unread => older(health.mail.unread_since, 5 * MINUTE),
        Trouble::IndexBehind => older(health.index.oldest, MINUTE),
        Trouble::LiveBehind => older(health.live.and_then(|live| live.oldest), MINUTE),
        Trouble::JobsGivenUp => health.jobs_given_up > 0,
        Trouble::NoCarrier => !sends,
        Trouble::NoPublicUrl => sends && !node.has_public_url,
        // Why it waits is said already when nothing can leave at all.
        Trouble::OutboxStuck => stuck && sends && node.has_public_url,
        Trouble::MailboxAlarm => health.alarms > 0,
        Trouble::NoMailbox => health.mailboxes == 0,
        // Of one that was never told nothing is known: that is said beside it, and is no trouble yet.
        Trouble::BackupOld => older(health.backup, 2 * DAY),
    };
    Trouble::ALL.iter().copied().filter(is).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_794_928_920_000_000);

    fn well() -> (Health, Node) {
        let health = Health {
            mailboxes: 1,
            ..Health::default()
        };
        let node = Node {
            sends_mail: true,
            has_public_url: true,
            free: Some(50_000_000_000),
        };
        (health, node)
    }

    fn found(change: impl FnOnce(&mut Health, &mut Node)) -> Vec<Trouble> {
        let (mut health, mut node) = well();
        change(&mut health, &mut node);
        troubles(&health, &node, NOW)
    }

    #[test]
    fn what_is_well_is_said_to_be_well() {
        assert_eq!(found(|_, _| {}), []);
        let ago = |time: i64| Some(NOW.plus(-time));
        let just = found(|h, n| {
            h.mail.waits_since = ago(14 * MINUTE);
            h.mail.unread_since = ago(4 * MINUTE);
            h.index.oldest = ago(MINUTE / 2);
            h.backup = ago(DAY);
            h.letters.held = 9;
            n.free = None;
        });
        assert_eq!(just, [], "busy is not broken");
    }

    #[test]
    fn each_trouble_is_told_by_its_own_figure() {
        let ago = |time: i64| Some(NOW.plus(-time));
        assert_eq!(found(|_, n| n.free = Some(999_999_999)), [Trouble::DiskLow]);
        assert_eq!(found(|h, _| h.mail.unread_since = ago(6 * MINUTE)), [Trouble::Unread]);
        assert_eq!(found(|h, _| h.index.oldest = ago(2 * MINUTE)), [Trouble::IndexBehind]);
        let late = Some(Behind {
            lines: 3,
            oldest: ago(2 * MINUTE),
        });
        assert_eq!(found(|h, _| h.live = late), [Trouble::LiveBehind]);
        assert_eq!(found(|h, _| h.jobs_given_up = 1), [Trouble::JobsGivenUp]);
        assert_eq!(
            found(|h, _| h.mail.waits_since = ago(16 * MINUTE)),
            [Trouble::OutboxStuck]
        );
        assert_eq!(found(|h, _| h.mailboxes = 0), [Trouble::NoMailbox]);
        assert_eq!(found(|h, _| h.alarms = 1), [Trouble::MailboxAlarm]);
        assert_eq!(found(|h, _| h.backup = ago(3 * DAY)), [Trouble::BackupOld]);
        let mute = found(|h, n| {
            h.mail.waits_since = ago(DAY);
            n.sends_mail = false;
        });
        assert_eq!(mute, [Trouble::NoCarrier], "the cause, not what follows from it");
        let own = found(|h, n| {
            h.own_way_out = true;
            n.sends_mail = false;
        });
        assert!(own.is_empty(), "a mailbox with a way of its own sends: {own:?}");
        let nowhere = found(|h, n| {
            h.mail.waits_since = ago(DAY);
            n.has_public_url = false;
        });
        assert_eq!(nowhere, [Trouble::NoPublicUrl]);
    }
}
