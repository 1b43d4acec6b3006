//! Work that waits for a thread, bounded. It knows nothing of databases.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

/// Wakes the worker that went idle last: its connection, statements and caches are the warm ones.
pub(crate) struct Queue<J> {
    state: Mutex<State<J>>,
    limit: usize,
}

struct State<J> {
    jobs: VecDeque<J>,
    idle: Vec<Arc<Condvar>>,
    closed: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Refused {
    Full,
    Closed,
}

impl<J> Queue<J> {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        let state = State {
            jobs: VecDeque::new(),
            idle: Vec::new(),
            closed: false,
        };
        Arc::new(Queue {
            state: Mutex::new(state),
            limit,
        })
    }

    fn state(&self) -> MutexGuard<'_, State<J>> {
        self.state
            .lock()
            .expect("invariant: nothing panics while it holds the queue")
    }

    /// Never waits: a full queue is an answer the web turns into 503.
    pub(crate) fn push(&self, job: J) -> Result<(), Refused> {
        let mut state = self.state();
        if state.closed {
            return Err(Refused::Closed);
        }
        if state.jobs.len() >= self.limit {
            return Err(Refused::Full);
        }
        state.jobs.push_back(job);
        let idle = state.idle.pop();
        drop(state);
        if let Some(worker) = idle {
            worker.notify_one();
        }
        Ok(())
    }

    /// The next job; None once the queue is closed and empty.
    pub(crate) fn pop(&self, me: &Arc<Condvar>) -> Option<J> {
        let mut state = self.state();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state.idle.push(me.clone());
            state = me
                .wait(state)
                .expect("invariant: nothing panics while it holds the queue");
            state.idle.retain(|other| !Arc::ptr_eq(other, me));
        }
    }

    /// The next job if one waits already.
    pub(crate) fn pop_now(&self) -> Option<J> {
        self.state().jobs.pop_front()
    }

    pub(crate) fn len(&self) -> usize {
        self.state().jobs.len()
    }

    /// What waits is still done; nothing more is taken.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        for worker in state.idle.drain(..) {
            worker.notify_one();
        }
    }
}
