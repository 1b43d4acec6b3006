//! What the database has done since it was opened and what waits for it; for metrics and for "overloaded?".

use std::sync::atomic::{AtomicU64, Ordering};

/// A moment's figures; each is right, together they may be of slightly different instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Bodies that wait for a thread.
    pub waiting: usize,
    /// Bodies whose changes were kept.
    pub kept: u64,
    /// Commits that kept them: on SQLite many bodies share one.
    pub commits: u64,
}

#[derive(Default)]
pub(crate) struct Counters {
    kept: AtomicU64,
    commits: AtomicU64,
}

impl Counters {
    pub(crate) fn commit(&self, bodies: u64) {
        self.kept.fetch_add(bodies, Ordering::Relaxed);
        self.commits.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn stats(&self, waiting: usize) -> Stats {
        Stats {
            waiting,
            kept: self.kept.load(Ordering::Relaxed),
            commits: self.commits.load(Ordering::Relaxed),
        }
    }
}
