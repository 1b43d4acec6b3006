//! What our doors turned away since the program started, by kind: for an administrator who asks why a letter never came.
//! In memory, and of this node alone: a refusal is nobody's letter, so the ledger knows nothing of it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mail::smtp::Refusal;

use super::sentences::say;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::Result;
use crate::words::Lang;

/// One kind of refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The key of its sentence: `door-refused-…`.
    pub key: &'static str,
    pub count: u64,
    pub last: Time,
    /// The address it last came from.
    pub peer: String,
}

impl Refused {
    /// What was refused, as a sentence.
    pub fn words(&self, lang: Lang) -> String {
        say(lang, self.key)
    }
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    count: u64,
    last: Time,
    peer: IpAddr,
}

/// The counters of one desk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusals(Arc<Mutex<BTreeMap<Refusal, Seen>>>);

impl Refusals {
    fn kinds(&self) -> MutexGuard<'_, BTreeMap<Refusal, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, kind: Refusal, peer: IpAddr, now: Time) {
        let mut kinds = self.kinds();
        let first = Seen {
            count: 0,
            last: now,
            peer,
        };
        let seen = kinds.entry(kind).or_insert(first);
        *seen = Seen {
            count: seen.count.saturating_add(1),
            ..first
        };
        // Said at once and then ever more rarely: who knocks without pause must not fill the log.
        if kind == Refusal::Stranger && seen.count.is_power_of_two() {
            let times = seen.count;
            tracing::warn!(%peer, times, "LMTP was refused to a peer outside of doors.trusted; name its network there if it is ours");
        }
    }

    fn list(&self) -> Vec<Refused> {
        let kinds = self.kinds();
        let each = kinds.iter().map(|(kind, seen)| Refused {
            key: key(*kind),
            count: seen.count,
            last: seen.last,
            peer: seen.peer.to_string(),
        });
        each.collect()
    }
}

fn key(kind: Refusal) -> &'static str {
    match kind {
        Refusal::Stranger => "door-refused-stranger",
        Refusal::Connections => "door-refused-connections",
        Refusal::Recipient => "door-refused-recipient",
        Refusal::Rate => "door-refused-rate",
        Refusal::Size => "door-refused-size",
        Refusal::SignIn => "door-refused-sign-in",
        Refusal::Room => "door-refused-room",
        Refusal::Receiver => "door-refused-not-now",
        Refusal::Errors => "door-refused-errors",
        Refusal::Slow => "door-refused-slow",
    }
}

/// What this node's doors turned away, for the page of the channel.
pub fn door_refusals(desk: &Desk, cx: &Context) -> Result<Vec<Refused>> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(desk.refusals().list())
}

/// The same as numbers alone, for the metrics: a short name of each kind, and how often.
pub fn door_refusal_counts(desk: &Desk) -> Vec<(&'static str, u64)> {
    let short = |key: &'static str| key.strip_prefix("door-refused-").unwrap_or(key);
    desk.refusals()
        .list()
        .into_iter()
        .map(|r| (short(r.key), r.count))
        .collect()
}
