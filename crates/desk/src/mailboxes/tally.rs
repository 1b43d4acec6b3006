//! How many letters were handed over to us, counted as each was kept, and how many the ledger holds: the two must agree,
//! mailbox by mailbox, or letters have gone astray.

use db::{Read, Write, args};

use super::intake::{LetterState, Way};
use crate::access::{self, Place};
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::Result;
use crate::ids::MailboxId;

/// One row a mailbox, way and day would make all who keep letters wait for one another.
const SHARDS: i64 = 16;

pub(super) fn count(
    tx: &mut Write,
    mailbox: Option<MailboxId>,
    way: Way,
    now: Time,
    letter: i64,
    bytes: usize,
) -> Result<()> {
    tx.exec(
        "INSERT INTO letter_tally (mailbox, way, day, shard, letters, bytes) VALUES ($1, $2, $3, $4, 1, $5)
         ON CONFLICT (mailbox, way, day, shard) DO UPDATE
           SET letters = letter_tally.letters + 1, bytes = letter_tally.bytes + excluded.bytes",
        &args![
            mailbox.map_or(0, |m| m.0),
            way,
            now.0.div_euclid(DAY),
            letter.rem_euclid(SHARDS),
            i64::try_from(bytes).unwrap_or(i64::MAX)
        ],
    )?;
    Ok(())
}

/// What was handed over for one mailbox since the desk began, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    pub handed: i64,
    /// One entry a state that any letter is in.
    pub states: Vec<(LetterState, i64)>,
}

impl Account {
    pub fn in_ledger(&self) -> i64 {
        self.states.iter().map(|(_, n)| n).sum()
    }

    pub fn of(&self, state: LetterState) -> i64 {
        self.states.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n)
    }

    /// Every letter that was handed over is accounted for.
    pub fn agrees(&self) -> bool {
        self.handed == self.in_ledger()
    }
}

/// `None`: the letters that belong to no mailbox of ours.
pub fn account(r: &mut Read, cx: &Context, mailbox: Option<MailboxId>) -> Result<Account> {
    access::require(&cx.viewer, Place::Admin)?;
    let number = mailbox.map_or(0, |m| m.0);
    let handed = r.one(
        "SELECT CAST(COALESCE(sum(letters), 0) AS BIGINT) FROM letter_tally WHERE mailbox = $1",
        &args![number],
    )?;
    let states = match mailbox {
        Some(id) => r.query(
            "SELECT state, count(*) AS n FROM letter WHERE mailbox = $1 GROUP BY state ORDER BY state",
            &args![id],
        )?,
        None => r.query(
            "SELECT state, count(*) AS n FROM letter WHERE mailbox IS NULL GROUP BY state ORDER BY state",
            &[],
        )?,
    };
    Ok(Account { handed, states })
}

/// How many letters were handed over for one mailbox, for a technician's list. `None` for whoever is kept out of any
/// team: the number would tell of letters that are not there for him.
pub fn handed_over(r: &mut Read, cx: &Context, mailbox: MailboxId) -> Result<Option<i64>> {
    access::require(&cx.viewer, Place::Desk)?;
    if !cx.viewer.closed_teams.is_empty() {
        return Ok(None);
    }
    Ok(Some(r.one(
        "SELECT CAST(COALESCE(sum(letters), 0) AS BIGINT) FROM letter_tally WHERE mailbox = $1",
        &args![mailbox.0],
    )?))
}

db::table! {
    struct Handed { mailbox: i64, letters: i64 }
}

/// Mailboxes whose ledger holds another number of letters than was handed over, with both numbers; 0 is no mailbox.
pub fn astray(r: &mut Read) -> Result<Vec<(i64, i64, i64)>> {
    let handed: Vec<Handed> = r.query(
        "SELECT mailbox, CAST(sum(letters) AS BIGINT) AS letters FROM letter_tally GROUP BY mailbox ORDER BY mailbox",
        &[],
    )?;
    let held: Vec<Handed> = r.query(
        "SELECT COALESCE(mailbox, 0) AS mailbox, count(*) AS letters FROM letter GROUP BY COALESCE(mailbox, 0)",
        &[],
    )?;
    let in_ledger = |mailbox: i64| held.iter().find(|h| h.mailbox == mailbox).map_or(0, |h| h.letters);
    let unequal = handed.iter().map(|h| (h.mailbox, h.letters, in_ledger(h.mailbox)));
    Ok(unequal.filter(|(_, handed, held)| handed != held).collect())
}
