//! The brake on letters that open tickets: nobody has fifty new troubles in ten minutes. What comes beyond is held for a
//! technician, never dropped. Letters that join their ticket are not counted and not held.
//!
//! Anybody can write another's address into From, so a letter counts for the address and whoever brought it: a stranger
//! who floods us under somebody's name does not silence him. Where our own server vouches for the sender, what others
//! wrote under his name does not count at all.

use db::{Read, Write, args};

use super::boxes;
use super::intake::Way;
use crate::access::{self, Place};
use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::MailboxId;
use crate::people;

/// Within so long at most so many letters of one sender, brought by the same, open tickets.
const BOUNDS: [(i64, i64); 3] = [(10 * MINUTE, 50), (HOUR, 120), (DAY, 600)];
/// All that comes under one name for which nobody vouches, whoever brings it, may be so many times as much.
const ALL_PEERS: i64 = 4;
/// A monitoring system may be so many times as busy.
const EXEMPT: i64 = 20;

const SURE: &str = "sure";
const LARGE: &str = "exempt";

/// Who a letter counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// How the line of the ledger is marked.
    pub mark: String,
    sender: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Exempt,
    Vouched,
    Peer,
}

/// `vouched`: our own server says that the sender is who he says. `peer` is empty where our own server brought the letter.
pub(super) fn counted(r: &mut Read, sender: &str, vouched: bool, peer: &str) -> Result<Counted> {
    let kind = match (is_exempt(r, sender)?, vouched) {
        (true, _) => Kind::Exempt,
        (_, true) => Kind::Vouched,
        _ => Kind::Peer,
    };
    let who = match kind {
        Kind::Exempt => LARGE.to_string(),
        Kind::Vouched => SURE.to_string(),
        Kind::Peer => peer
            .parse()
            .map_or("-".to_string(), |peer| mail::smtp::line_of(peer).to_string()),
    };
    Ok(Counted {
        mark: format!("{who} {sender}"),
        sender: sender.to_string(),
        kind,
    })
}

/// Why a letter must wait; `None` when it may open a ticket.
///
/// A folder that an administrator brings in holds years of letters at once, and is no flood.
pub(super) fn brake(
    r: &mut Read,
    way: Way,
    counted: &Counted,
    mailbox: Option<MailboxId>,
    now: Time,
) -> Result<Option<&'static str>> {
    if way == Way::File {
        return Ok(None);
    }
    if is_flood(r, counted, now)? {
        return Ok(Some(super::intake::STORM));
    }
    let full = match mailbox.filter(|_| counted.kind != Kind::Exempt) {
        Some(mailbox) => mailbox_is_full(r, mailbox, now)?,
        None => false,
    };
    Ok(full.then_some(super::intake::MAILBOX_STORM))
}

fn is_flood(r: &mut Read, counted: &Counted, now: Time) -> Result<bool> {
    let [(_, least), ..] = BOUNDS;
    // Hardly anybody comes near it, and then it is asked once.
    if counted.kind == Kind::Peer {
        if under_name(r, &counted.sender, now, DAY, least)? < least {
            return Ok(false);
        }
        for (within, most) in BOUNDS {
            if under_name(r, &counted.sender, now, within, most * ALL_PEERS)? >= most * ALL_PEERS {
                return Ok(true);
            }
        }
    }
    let times = if counted.kind == Kind::Exempt { EXEMPT } else { 1 };
    if under_mark(r, &counted.mark, now, DAY, least)? < least {
        return Ok(false);
    }
    for (within, most) in BOUNDS {
        if under_mark(r, &counted.mark, now, within, most * times)? >= most * times {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Letters that opened tickets under this name and mark, counted to `most`.
fn under_mark(r: &mut Read, mark: &str, now: Time, within: i64, most: i64) -> Result<i64> {
    Ok(r.one(
        "SELECT count(*) FROM (SELECT 1 AS one FROM letter WHERE brake = $1 AND brake <> '' AND received_at > $2
           AND received_at <= $3 LIMIT $4) AS counted",
        &args![mark, now.plus(-within), now, most],
    )?)
}

/// The same under this name, whoever brought them, where nobody vouched.
fn under_name(r: &mut Read, sender: &str, now: Time, within: i64, most: i64) -> Result<i64> {
    Ok(r.one(
        "SELECT count(*) FROM (SELECT 1 AS one FROM letter WHERE sender = $1 AND received_at > $2 AND received_at <= $3
           AND brake <> '' AND brake NOT LIKE 'sure %' AND brake NOT LIKE 'exempt %' LIMIT $4) AS counted",
        &args![sender, now.plus(-within), now, most],
    )?)
}

fn mailbox_is_full(r: &mut Read, mailbox: MailboxId, now: Time) -> Result<bool> {
    let Some(most) = most_an_hour(r, mailbox)? else {
        return Ok(false);
    };
    let opened: i64 = r.one(
        "SELECT count(*) FROM (SELECT 1 AS one FROM letter WHERE mailbox = $1 AND received_at > $2 AND received_at <= $3
           AND brake <> '' AND brake NOT LIKE 'exempt %' LIMIT $4) AS counted",
        &args![mailbox, now.plus(-HOUR), now, most],
    )?;
    Ok(opened >= most)
}

/// At most so many tickets an hour are opened by letters to this mailbox; `None`: any number.
pub fn most_an_hour(r: &mut Read, mailbox: MailboxId) -> Result<Option<i64>> {
    Ok(r.one("SELECT most_an_hour FROM mailbox WHERE id = $1", &args![mailbox])?)
}

/// Letters beyond it are held. It holds for everybody but those who are exempt.
pub fn set_most_an_hour(tx: &mut Write, cx: &Context, mailbox: MailboxId, most: Option<i64>) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let fits = most.is_none_or(|most| (1..=10_000).contains(&most));
    Checks::default().check(fits, "most_an_hour", "refused-brake").done()?;
    boxes::find(tx, mailbox)?;
    tx.exec(
        "UPDATE mailbox SET most_an_hour = $2 WHERE id = $1",
        &args![mailbox, most],
    )?;
    let told = most.map_or_else(String::new, |most| most.to_string());
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "mailbox brake set",
        &mailbox.to_string(),
        &told,
    )
}

/// More than anybody keeps in mind.
const MOST_EXEMPT: i64 = 200;

/// Addresses and domains that may open very many tickets.
pub fn exempt(r: &mut Read, cx: &Context) -> Result<Vec<String>> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(r.query("SELECT sender FROM brake_exempt ORDER BY sender", &[])?)
}

/// `sender` is an address or a domain: a monitoring system that sends five hundred alerts an hour means each of them.
pub fn add_exempt(tx: &mut Write, cx: &Context, sender: &str) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let kept: i64 = tx.one("SELECT count(*) FROM brake_exempt", &[])?;
    let named = named(sender);
    Checks::default()
        .check(named.is_some(), "sender", "refused-address-or-domain")
        .check(kept < MOST_EXEMPT, "sender", "refused-too-many-exempt")
        .done()?;
    let Some(named) = named else { return Ok(()) };
    let new = tx.exec(
        "INSERT INTO brake_exempt (sender, added_at) VALUES ($1, $2) ON CONFLICT (sender) DO NOTHING",
        &args![named.as_str(), cx.now],
    )?;
    if new == 0 {
        return Ok(());
    }
    access::audit(tx, cx.now, Some(cx.viewer.person), "brake exemption added", &named, "")
}

pub fn remove_exempt(tx: &mut Write, cx: &Context, sender: &str) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let gone = tx.exec("DELETE FROM brake_exempt WHERE sender = $1", &args![sender])?;
    if gone == 0 {
        return Err(Error::NotFound);
    }
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "brake exemption removed",
        sender,
        "",
    )
}

/// As it is kept: an address, or a domain without anything before it.
fn named(sender: &str) -> Option<String> {
    let sender = sender.trim().trim_start_matches('@').to_lowercase();
    let whole = match sender.contains('@') {
        true => sender.clone(),
        // A domain is good when an address in it is.
        false => format!("x@{sender}"),
    };
    people::Address::parse(&whole).map(|_| sender)
}

fn is_exempt(r: &mut Read, sender: &str) -> Result<bool> {
    let domain = sender.rsplit_once('@').map_or("", |(_, domain)| domain);
    let found: Option<i64> = r.maybe(
        "SELECT 1 AS one FROM brake_exempt WHERE sender IN ($1, $2) LIMIT 1",
        &args![sender, domain],
    )?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn an_exemption_is_an_address_or_a_domain() {
        for (said, kept) in [
            (" Alerts@Monitor.example ", Some("alerts@monitor.example")),
            ("@monitor.example", Some("monitor.example")),
            ("monitor.example", Some("monitor.example")),
            ("", None),
            ("a b", None),
            ("a@b@c.example", None),
        ] {
            assert_eq!(named(said).as_deref(), kept, "{said}");
        }
    }
}
