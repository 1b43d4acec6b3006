//! Staying with a mailbox: look, wait to be called, look again; and after a failure try again,
//! later each time. Who was refused at sign-in waits long: servers lock those who hammer.

use super::wire::told;
use super::{Account, FetchError, Place, Take, Visited, Way, Wire};
use crate::smtp::BoxFuture;
use crate::{imap, pop3};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// What there is to tell about a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Signed in, the folder open.
    Connected,
    /// One look ended, well or badly; with the place to remember.
    Visited(Visited),
    /// The connection is gone; it is tried again after this time.
    Failed { error: FetchError, next_try_in: Duration },
}

/// Who takes the letters and stays with the mailbox.
pub trait Keeper: Take {
    /// Asked before each connection, since a token lasts an hour.
    fn account<'a>(&'a self) -> BoxFuture<'a, Result<Account, FetchError>>;
    fn happened<'a>(&'a self, event: Event) -> BoxFuture<'a, ()>;
}

/// How it went so far.
pub(super) struct Stay {
    pub(super) place: Place,
    /// In a row, since the last visit that went well.
    failures: u32,
}

impl Stay {
    pub(super) fn at(place: Place) -> Stay {
        Stay { place, failures: 0 }
    }

    /// After a failure letters are asked for one by one, so that it is seen which of them it is.
    fn is_careful(&self) -> bool {
        self.failures > 0
    }

    /// Remembers and tells how a visit went; its failure is the caller's.
    async fn note(&mut self, visited: Visited, keeper: &dyn Keeper) -> Result<(), FetchError> {
        self.place = visited.place;
        let failed = visited.failed.clone();
        if failed.is_none() {
            self.failures = 0;
        }
        keeper.happened(Event::Visited(visited)).await;
        failed.map_or(Ok(()), Err)
    }
}

/// Stays until `stop` says true, whatever happens to the line.
pub async fn keep_watching(place: Place, keeper: &dyn Keeper, stop: watch::Receiver<bool>) {
    let mut stay = Stay::at(place);
    let mut stopping = stop.clone();
    while !*stop.borrow() {
        let tried = async {
            let account = keeper.account().await?;
            watch(&account, &mut stay, keeper, stop.clone()).await
        };
        let error = match tried.await {
            Ok(()) | Err(FetchError::Stopped) => return,
            Err(error) => error,
        };
        let chance = RandomState::new().hash_one(stay.failures);
        let next_try_in = next_try(&error, stay.failures, chance);
        stay.failures = stay.failures.saturating_add(1);
        keeper.happened(Event::Failed { error, next_try_in }).await;
        if timeout(next_try_in, told(&mut stopping)).await.is_ok() {
            return;
        }
    }
}

/// When to try again after this many failures in a row: doubling from 1 s to 5 min, and from 5 to
/// 30 min where trying again helps only after somebody has mended something. `chance` takes up to
/// a quarter away, so that many mailboxes of one server do not come at once.
pub fn next_try(error: &FetchError, failures: u32, chance: u64) -> Duration {
    let (first, most) = match error {
        FetchError::SignIn(_) | FetchError::Setting(_) => (300_000, 1_800_000),
        _ => (1_000, 300_000),
    };
    let whole: u64 = first << failures.min(20);
    let whole = whole.min(most);
    let least = if failures == 0 { first } else { whole - whole / 4 };
    Duration::from_millis(least + chance % (whole - least + 1))
}

pub(super) async fn watch(
    account: &Account,
    stay: &mut Stay,
    keeper: &dyn Keeper,
    stop: watch::Receiver<bool>,
) -> Result<(), FetchError> {
    match account.way {
        Way::Imap => watch_imap(account, stay, keeper, stop).await,
        Way::Pop3 => watch_pop3(account, stay, keeper, stop).await,
    }
}

/// Rounds without a rest that bring nothing, for a server that always says there is news.
const ROUNDS: u32 = 3;

async fn watch_imap(
    account: &Account,
    stay: &mut Stay,
    keeper: &dyn Keeper,
    stop: watch::Receiver<bool>,
) -> Result<(), FetchError> {
    let wire = Wire::connect(account, stop).await?;
    let mut open = imap::open(wire, account).await?;
    keeper.happened(Event::Connected).await;
    let mut rounds = 0;
    loop {
        let visited = imap::round(&mut open, account, stay.place, keeper, stay.is_careful()).await;
        let stopped = visited.stopped.is_some();
        let (more, some_kept) = (visited.more || open.has_news(), visited.kept > 0);
        stay.note(visited, keeper).await?;
        rounds += 1;
        if !stopped && more && (some_kept || rounds < ROUNDS) {
            continue;
        }
        rounds = 0;
        let most = stopped.then_some(account.patience.again);
        imap::wait(&mut open, account, most).await?;
    }
}

async fn watch_pop3(
    account: &Account,
    stay: &mut Stay,
    keeper: &dyn Keeper,
    stop: watch::Receiver<bool>,
) -> Result<(), FetchError> {
    let mut stopping = stop.clone();
    let mut account = account.clone();
    loop {
        let wire = Wire::connect(&account, stop.clone()).await?;
        let mut open = pop3::open(wire, &account).await?;
        keeper.happened(Event::Connected).await;
        let visited = pop3::round(&mut open, &account, stay.place, keeper).await;
        let (stopped, more) = (visited.stopped.is_some(), visited.more && visited.kept > 0);
        stay.note(visited, keeper).await?;
        let rest = match (stopped, more) {
            (true, _) => account.patience.again,
            (false, true) => continue,
            (false, false) => account.patience.poll,
        };
        if timeout(rest, told(&mut stopping)).await.is_ok() {
            return Ok(());
        }
        // Each visit is a connection of its own, and a token lasts an hour.
        account = keeper.account().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_slower_and_never_at_once() {
        let line = FetchError::Line(String::new());
        let refused = FetchError::SignIn(String::new());
        let seconds = |error: &FetchError, failures, chance| next_try(error, failures, chance).as_secs_f64();
        for chance in [0, 1, 977, u64::MAX / 2, u64::MAX] {
            assert!((seconds(&line, 0, chance) - 1.0).abs() < 0.001);
            assert!((1.5..=2.0).contains(&seconds(&line, 1, chance)));
            assert!((225.0..=300.0).contains(&seconds(&line, 9, chance)));
            assert!((225.0..=300.0).contains(&seconds(&line, u32::MAX, chance)));
            assert!((seconds(&refused, 0, chance) - 300.0).abs() < 0.001);
            assert!((1_350.0..=1_800.0).contains(&seconds(&refused, 3, chance)));
            assert!((1_350.0..=1_800.0).contains(&seconds(&refused, 99, chance)));
        }
        assert_ne!(next_try(&line, 5, 1), next_try(&line, 5, 2), "all would come at once");
    }
}
