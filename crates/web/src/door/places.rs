//! Who stands in the door: every open connection, whether it has a request in hand, since when it has none, and whose
//! it is. A place is given back when the connection ends, whatever way it ends.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::Limits;
use crate::http::network;

pub(super) struct Places {
    limits: Limits,
    begun: Instant,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    /// Numbers connections, and the moments at which one began to wait: the smaller, the longer ago.
    next: u64,
    open: HashMap<u64, Entry>,
    waiting: BTreeMap<u64, u64>,
    networks: HashMap<IpAddr, Share>,
}

struct Entry {
    network: IpAddr,
    signs: Arc<Signs>,
    standing: Standing,
}

#[derive(Clone, Copy)]
enum Standing {
    /// Its key among those who wait, since when, and whether it is new.
    Waits {
        order: u64,
        since: u64,
        new: bool,
    },
    Busy,
    ToldToGo,
}

#[derive(Default)]
struct Share {
    open: usize,
    waiting: usize,
}

/// What the socket of a connection tells, and what it is told. Times are milliseconds of this door, and 0 is never.
pub(super) struct Signs {
    begun: Instant,
    spoke: AtomicU64,
    wrote: AtomicU64,
    unfetched: AtomicU64,
    go: Notify,
}

impl Signs {
    fn now(&self) -> u64 {
        millis(self.begun.elapsed()).max(1)
    }

    /// The first byte of a request, or a later one.
    pub(super) fn spoke(&self) {
        if self.spoke.load(Ordering::Relaxed) == 0 {
            self.spoke.store(self.now(), Ordering::Relaxed);
        }
    }

    /// Whether the peer made room for more of its answer.
    pub(super) fn fetched(&self, some: bool) {
        if some {
            self.wrote.store(self.now(), Ordering::Relaxed);
            self.unfetched.store(0, Ordering::Relaxed);
        } else if !self.has_unfetched() {
            self.unfetched.store(self.now(), Ordering::Relaxed);
        }
    }

    /// The end of an answer may still be on its way when its request is done.
    fn has_unfetched(&self) -> bool {
        self.unfetched.load(Ordering::Relaxed) != 0
    }

    pub(super) async fn told_to_go(&self) {
        self.go.notified().await;
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl Places {
    pub(super) fn new(limits: Limits) -> Arc<Places> {
        Arc::new(Places {
            limits,
            begun: Instant::now(),
            table: Mutex::default(),
        })
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        millis(self.begun.elapsed()).max(1)
    }

    /// A place for a new connection; whoever has waited longest goes for it if it must. None when all have work.
    pub(super) fn enter(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let (network, now) = (network(peer), self.now());
        let mut table = self.table();
        let share = table.networks.get(&network);
        let (open, waiting) = share.map_or((0, 0), |share| (share.open, share.waiting));
        if waiting > 0 && (waiting >= self.limits.waiting / 2 || open >= self.limits.open / 2) {
            let oldest = table.oldest(|entry| entry.network == network);
            table.let_go(oldest);
        } else if open >= self.limits.open / 2 {
            return None;
        }
        if table.waiting.len() >= self.limits.waiting || table.open.len() >= self.limits.open {
            let oldest = table.oldest(|_| true);
            if oldest.is_none() && table.open.len() >= self.limits.open {
                return None;
            }
            table.let_go(oldest);
        }
        let signs = Arc::new(Signs {
            begun: self.begun,
            spoke: AtomicU64::new(0),
            wrote: AtomicU64::new(0),
            unfetched: AtomicU64::new(0),
            go: Notify::new(),
        });
        let id = table.add(network, signs.clone(), now);
        Some(Place {
            places: self.clone(),
            id,
            signs,
        })
    }

    /// Lets go of those who are late.
    pub(super) fn look(&self) {
        let now = self.now();
        let late = |since: u64, longest: Duration| since != 0 && now.saturating_sub(since) > millis(longest);
        let mut table = self.table();
        let is_late = |entry: &Entry| {
            let [spoke, wrote, unfetched] =
                [&entry.signs.spoke, &entry.signs.wrote, &entry.signs.unfetched].map(|at| at.load(Ordering::Relaxed));
            match entry.standing {
                Standing::Waits { .. } if unfetched != 0 => late(unfetched, self.limits.unfetched),
                Standing::Waits { .. } if spoke != 0 => late(spoke, self.limits.head),
                Standing::Waits { since, new: true, .. } => late(since, self.limits.head),
                Standing::Waits { since, .. } => late(since.max(wrote), self.limits.idle),
                Standing::Busy => late(unfetched, self.limits.unfetched),
                Standing::ToldToGo => false,
            }
        };
        let gone: Vec<u64> = table
            .open
            .iter()
            .filter(|(_, e)| is_late(e))
            .map(|(id, _)| *id)
            .collect();
        for id in gone {
            table.let_go(Some(id));
        }
    }

    pub(super) fn let_go_of_those_who_wait(&self) {
        let mut table = self.table();
        while let Some(id) = table.oldest(|_| true) {
            table.let_go(Some(id));
        }
    }
}

impl Table {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn share(&mut self, network: IpAddr) -> &mut Share {
        self.networks.entry(network).or_default()
    }

    fn add(&mut self, network: IpAddr, signs: Arc<Signs>, now: u64) -> u64 {
        let id = self.number();
        self.share(network).open += 1;
        let entry = Entry {
            network,
            signs,
            standing: Standing::Busy,
        };
        self.open.insert(id, entry);
        self.wait(id, now, true);
        id
    }

    fn wait(&mut self, id: u64, since: u64, new: bool) {
        let order = self.number();
        let Some(entry) = self.open.get_mut(&id) else { return };
        if matches!(entry.standing, Standing::Busy) {
            entry.standing = Standing::Waits { order, since, new };
            entry.signs.spoke.store(0, Ordering::Relaxed);
            let network = entry.network;
            self.waiting.insert(order, id);
            self.share(network).waiting += 1;
        }
    }

    /// No longer one of those who wait; false if it had been told to go.
    fn change(&mut self, id: u64, to: Standing) -> bool {
        let Some(entry) = self.open.get_mut(&id) else {
            return false;
        };
        let (before, network) = (entry.standing, entry.network);
        if matches!(before, Standing::ToldToGo) {
            return false;
        }
        entry.standing = to;
        if let Standing::Waits { order, .. } = before {
            self.waiting.remove(&order);
            self.share(network).waiting -= 1;
        }
        true
    }

    fn oldest(&self, of: impl Fn(&Entry) -> bool) -> Option<u64> {
        let mut waiting = self.waiting.values().copied();
        waiting.find(|id| self.open.get(id).is_some_and(|e| !e.signs.has_unfetched() && of(e)))
    }

    fn let_go(&mut self, id: Option<u64>) {
        let Some(id) = id else { return };
        self.change(id, Standing::ToldToGo);
        if let Some(entry) = self.open.get(&id) {
            entry.signs.go.notify_one();
        }
    }

    fn remove(&mut self, id: u64) {
        self.change(id, Standing::Busy);
        let Some(entry) = self.open.remove(&id) else { return };
        let share = self.share(entry.network);
        share.open -= 1;
        if share.open == 0 {
            self.networks.remove(&entry.network);
        }
    }
}

/// The place of one connection.
pub(super) struct Place {
    places: Arc<Places>,
    id: u64,
    signs: Arc<Signs>,
}

impl Place {
    pub(super) fn signs(&self) -> Arc<Signs> {
        self.signs.clone()
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.places.limits
    }

    /// A request is in hand until the turn goes. None when it came a moment too late.
    pub(super) fn begin(self: &Arc<Self>) -> Option<Turn> {
        let begun = self.places.table().change(self.id, Standing::Busy);
        begun.then(|| Turn(self.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.table().remove(self.id);
    }
}

pub(super) struct Turn(Arc<Place>);

impl Drop for Turn {
    fn drop(&mut self) {
        let now = self.0.places.now();
        self.0.places.table().wait(self.0.id, now, false);
    }
}
