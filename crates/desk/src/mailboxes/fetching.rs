//! Fetching the letters of mailboxes that live elsewhere: one stay for each source, begun anew when its settings change.
//! A letter is kept here, durably, before its server hears of it; how it goes is written beside the source.

mod keeper;
mod provider;
mod tokens;

use std::collections::HashMap;
use std::time::Duration;

use mail::fetch::{self, Place};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::sources::{self, Source};
use crate::clock::{MINUTE, Time};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events;
use crate::ids::MailboxId;
use keeper::SourceKeeper;
pub(super) use tokens::Tokens;

/// The token that renews the others, for the code an administrator brought back.
pub(super) async fn token_for(desk: &Desk, request: &mail::oauth::Request) -> Result<String> {
    use mail::oauth::Answer;
    match provider::ask(desk, request).await {
        Ok(Answer::Tokens {
            refresh_token: Some(token),
            ..
        }) => Ok(token),
        Ok(Answer::Tokens { .. }) => Err(Error::Conflict("conflict-no-refresh-token")),
        Ok(Answer::Refused(no)) => {
            tracing::warn!("the provider gave no token: {} {}", no.error, no.description);
            Err(Error::Conflict("conflict-provider-refused"))
        }
        Err(e) => {
            tracing::warn!("the provider could not be asked: {e}");
            Err(Error::Conflict("conflict-provider-away"))
        }
    }
}

/// Of several nodes one fetches; it says so again and again, and when it is gone for this long another does.
const LEASE: i64 = 2 * MINUTE;
const LETTERS: &str = "fetch-letters";
const LOOK: Duration = Duration::from_secs(20);

/// A stay with one server, and how to end it.
struct Stay {
    changed_at: Time,
    asked_at: Option<Time>,
    end: watch::Sender<bool>,
}

impl Drop for Stay {
    fn drop(&mut self) {
        self.end.send_replace(true);
    }
}

/// Fetches until `stop` says true, then lets each stay finish the letter it has in hand.
pub async fn run(desk: Desk, stop: watch::Receiver<bool>) {
    let mut stopping = stop.clone();
    let mut bell = desk.db().subscribe();
    let node = format!("{:016x}", node());
    let (mut stays, mut tasks) = (HashMap::<MailboxId, Stay>::new(), JoinSet::new());
    while !*stop.borrow() {
        bell.mark_unchanged();
        let wanted = match mine(&desk, &node).await {
            Ok(wanted) => wanted,
            Err(e) => {
                tracing::warn!("the sources of letters could not be read; it is tried again: {e}");
                Vec::new()
            }
        };
        settle(&desk, wanted, &mut stays, &mut tasks);
        tokio::select! {
            _ = stopping.changed() => {}
            heard = bell.changed() => if heard.is_err() { break },
            Some(_) = tasks.join_next() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    stays.clear();
    while tasks.join_next().await.is_some() {}
    if !desk.db().is_alone() {
        let given = desk.write(move |tx| events::give_lease_back(tx, LETTERS, &node)).await;
        if let Err(e) = given {
            tracing::warn!("another node fetches letters only when our turn has run out: {e}");
        }
    }
}

/// A number no other node has.
fn node() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id())
}

/// The sources this node fetches from: all, or none while another node does.
async fn mine(desk: &Desk, node: &str) -> Result<Vec<Source>> {
    if !desk.db().is_alone() {
        let (now, node) = (desk.now(), node.to_string());
        let until = now.plus(LEASE);
        let held = desk
            .write(move |tx| events::hold_lease(tx, LETTERS, &node, now, until))
            .await?;
        if !held {
            return Ok(Vec::new());
        }
    }
    desk.read(sources::active).await
}

/// Ends the stays that are no longer wanted as they are, those that are to look at once among them, and begins those that are missing.
fn settle(desk: &Desk, wanted: Vec<Source>, stays: &mut HashMap<MailboxId, Stay>, tasks: &mut JoinSet<()>) {
    // What is dropped here ends.
    stays.retain(|id, stay| {
        let same = wanted
            .iter()
            .any(|s| s.mailbox == *id && s.changed_at == stay.changed_at && s.asked_at == stay.asked_at);
        same && !stay.end.is_closed()
    });
    for source in wanted {
        if stays.contains_key(&source.mailbox) {
            continue;
        }
        let (end, told) = watch::channel(false);
        let stay = Stay {
            changed_at: source.changed_at,
            asked_at: source.asked_at,
            end,
        };
        stays.insert(source.mailbox, stay);
        let place = Place {
            uidvalidity: u32::try_from(source.validity).unwrap_or(0),
            last: u32::try_from(source.last_uid).unwrap_or(0),
        };
        let keeper = SourceKeeper::new(desk.clone(), source);
        tasks.spawn(async move { fetch::keep_watching(place, &keeper, told).await });
    }
}
