//! How often somebody may try. A try is counted before its password is looked at, so a thousand tries at once are a
//! thousand tries; a right password takes its count back.
//!
//! Counted for the account as seen from one network, so that nobody can lock another out from elsewhere, and for the
//! network as a whole. An address that is nobody's is counted like any other.

use db::{Write, args};

use super::network::network_of;
use super::secret::hash_of;
use crate::clock::{HOUR, MINUTE, SECOND, Time};
use crate::error::{Error, Result};

/// Tries without a wait: for one account, and for a network behind which a whole office may sit.
const FREE: i64 = 5;
const FREE_NETWORK: i64 = 50;
/// The first wait; each further try doubles it.
const FIRST_WAIT: i64 = 15 * SECOND;
const LONGEST_WAIT: i64 = 15 * MINUTE;
/// After so long without a try the counting begins anew.
pub(super) const FORGETS_AFTER: i64 = HOUR;

db::table! {
    struct Row { count: i64, since: Time, until: Time }
}

/// What is asked for by mail: counted apart from passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    SignInLink,
    Reset,
    /// Anonymous forms: each sends one confirmation to an address somebody typed.
    Confirmation,
    /// Live chats of strangers.
    Chat,
}

/// Counts one request for a letter to this address. `TooOften` is the same whether the address is known or not.
pub fn count_asking(tx: &mut Write, asking: Asking, address: &str, place: &str, now: Time) -> Result<()> {
    let word = match asking {
        Asking::SignInLink => "link",
        Asking::Reset => "reset",
        Asking::Confirmation => "confirm",
        Asking::Chat => "chat",
    };
    let network = network_of(place);
    count(tx, &format!("{word}:{}:{network}", account_word(address)), FREE, now)?;
    count(tx, &format!("{word}:{network}"), FREE_NETWORK, now)
}

/// Counts one try of a password.
pub(super) fn count_try(tx: &mut Write, address: &str, place: &str, now: Time) -> Result<()> {
    let (account, network) = names(address, place);
    count(tx, &account, FREE, now)?;
    count(tx, &network, FREE_NETWORK, now)
}

/// The password was right: the account's count goes, the network's loses this one try.
pub(super) fn forgive(tx: &mut Write, address: &str, place: &str) -> Result<()> {
    let (account, network) = names(address, place);
    tx.exec("DELETE FROM throttle WHERE name = $1", &args![account])?;
    tx.exec(
        "UPDATE throttle SET count = count - 1 WHERE name = $1 AND count > 0",
        &args![network.as_str()],
    )?;
    tx.exec(
        "UPDATE throttle SET until = 0 WHERE name = $1 AND count < $2",
        &args![network, FREE_NETWORK],
    )?;
    Ok(())
}

fn names(address: &str, place: &str) -> (String, String) {
    let network = network_of(place);
    (
        format!("try:{}:{network}", account_word(address)),
        format!("try:{network}"),
    )
}

/// Of one length, and no address of a stranger is kept in clear.
fn account_word(address: &str) -> String {
    let mut word = hash_of(&address.trim().to_lowercase());
    word.truncate(32);
    word
}

fn count(tx: &mut Write, name: &str, free: i64, now: Time) -> Result<()> {
    // Written before it is read: on PostgreSQL the row is then ours, and tries at the same time queue up behind it.
    let row: Row = tx.one(
        "INSERT INTO throttle (name, count, since) VALUES ($1, 0, $2)
         ON CONFLICT (name) DO UPDATE SET count = throttle.count RETURNING count, since, until",
        &args![name, now],
    )?;
    if row.until > now {
        // Rounded up: after that many seconds it is open.
        let left = row.until.since(now);
        return Err(Error::TooOften {
            seconds: (left + SECOND - 1) / SECOND,
        });
    }
    let count = if now.since(row.since) > FORGETS_AFTER {
        1
    } else {
        row.count + 1
    };
    let until = if count >= free {
        now.plus(wait(count - free))
    } else {
        Time(0)
    };
    tx.exec(
        "UPDATE throttle SET count = $2, since = $3, until = $4 WHERE name = $1",
        &args![name, count, now, until],
    )?;
    Ok(())
}

fn wait(doublings: i64) -> i64 {
    let doublings = u32::try_from(doublings.clamp(0, 20)).unwrap_or(0);
    (FIRST_WAIT << doublings).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (0..9).map(|n| wait(n) / SECOND).collect();
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait(i64::MAX), LONGEST_WAIT);
    }
}
