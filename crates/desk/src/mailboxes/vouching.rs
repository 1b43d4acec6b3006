//! Whether the domain of a technician's address says that a letter is its own, asked of DNS (SPF, DKIM, DMARC, ARC) when
//! the letter came to our own SMTP door. About nobody else's letters is anybody asked: nothing hangs on the answer.

use std::net::IpAddr;

use db::{Write, args};
use mail::smtp::Network;
use mail::vouch::{Arrival, Verdict, Vouched};

use super::intake::{RELEASED_NEW, RELEASED_TICKET, split_reason};
use super::senders;
use crate::desk::Desk;
use crate::error::Result;
use crate::ids::LetterId;

/// Asked again so often when the name servers cannot say; then the letter is held like any without proof.
pub(super) const TRIES_AGAIN: i64 = 3;

db::table! {
    struct Brought { envelope_from: String, peer: String, helo: String, reason: String }
}

/// What the name servers say of it; `None` where nobody is asked. `from` is the one address in From.
pub(super) async fn ask(desk: &Desk, id: LetterId, from: Option<&str>, raw: &[u8]) -> Result<Option<Vouched>> {
    let trust = desk.trust();
    let (Some(checker), Some(from)) = (&trust.vouch, from) else {
        return Ok(None);
    };
    let from = from.to_string();
    let brought = desk.read(move |r| {
        if !senders::known(r, &from)?.is_some_and(|s| s.is_staff()) {
            return Ok(None);
        }
        Ok(r.maybe(
            "SELECT envelope_from, peer, helo, reason FROM letter WHERE id = $1 AND way = 'smtp' AND state = 'kept'",
            &args![id],
        )?)
    });
    let Some(brought): Option<Brought> = brought.await? else {
        return Ok(None);
    };
    // What a technician let in needs no proof any more.
    if [RELEASED_TICKET, RELEASED_NEW].contains(&split_reason(&brought.reason).0) {
        return Ok(None);
    }
    let arrival = Arrival {
        peer: brought
            .peer
            .parse()
            .ok()
            .filter(|peer| !is_ours(*peer, &trust.own_servers)),
        helo: &brought.helo,
        mail_from: &brought.envelope_from,
    };
    Ok(Some(checker.check(arrival, raw, &trust.sealers).await))
}

/// A server of the house hands over what others wrote: that it may send for our domain (SPF) says nothing about them.
fn is_ours(peer: IpAddr, own: &[Network]) -> bool {
    let inside = match peer.to_canonical() {
        IpAddr::V4(four) => four.is_private() || four.is_loopback() || four.is_link_local(),
        IpAddr::V6(six) => six.is_unique_local() || six.is_loopback() || six.is_unicast_link_local(),
    };
    inside || own.iter().any(|network| network.contains(peer))
}

/// Beside the letter: the verdict and how it came to be. No event: it is part of reading the letter.
pub(super) fn note(tx: &mut Write, id: LetterId, vouched: &Vouched) -> Result<()> {
    let verdict = match vouched.dmarc {
        Verdict::Pass { .. } => "pass",
        Verdict::Fail => "fail",
        Verdict::None => "none",
        Verdict::TempError => "later",
    };
    let words = format!("{verdict}: {}", vouched.words);
    tx.exec("UPDATE letter SET vouched = $2 WHERE id = $1", &args![id, words])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spf_is_asked_for_servers_of_others_alone() {
        let own = ["198.51.100.0/24".parse().unwrap()];
        for (peer, ours) in [
            ("203.0.113.9", false),
            ("2001:db8::1", false),
            ("198.51.100.7", true),
            ("::ffff:198.51.100.7", true),
            ("10.1.2.3", true),
            ("127.0.0.1", true),
            ("fd00::1", true),
        ] {
            assert_eq!(is_ours(peer.parse().unwrap(), &own), ours, "{peer}");
        }
    }
}
