//! Whose turn it is to write where writes and reads share their threads: so many at once, the others wait in order,
//! and beyond the bound they are told. It knows nothing of databases.

use crate::{Error, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(crate) struct Turns {
    free: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

impl Turns {
    pub(crate) fn new(at_once: usize, most_waiting: usize) -> Turns {
        Turns {
            free: Arc::new(Semaphore::new(at_once)),
            waiting: AtomicUsize::new(0),
            most_waiting,
        }
    }

    /// The turn ends when the permit goes. A caller that leaves while it waits costs nothing.
    pub(crate) async fn take(&self) -> Result<OwnedSemaphorePermit> {
        if let Ok(turn) = self.free.clone().try_acquire_owned() {
            return Ok(turn);
        }
        let place = Waiting(&self.waiting);
        if place.0.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            return Err(Error::Overloaded);
        }
        self.free.clone().acquire_owned().await.map_err(|_| Error::Closed)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// A place among those who wait, given back whatever way the waiting ends.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
