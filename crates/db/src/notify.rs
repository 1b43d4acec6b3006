//! How those who follow the log learn that there is something new. The word carries nothing: the table is the truth,
//! and a word may come late, twice or for nothing, so whoever hears it looks.

use crate::conn::Conn;
use crate::pg::Address;
use crate::queue::Queue;
use postgres::fallible_iterator::FallibleIterator;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::sync::watch;

pub(crate) type PoolJob = Box<dyn FnOnce(&mut Conn) + Send>;

/// Rung after a commit that announced something.
pub(crate) struct Bell {
    heard: watch::Sender<u64>,
    others: Option<Others>,
}

/// The other nodes on the same PostgreSQL.
struct Others {
    address: Address,
    pool: Arc<Queue<PoolJob>>,
    /// A NOTIFY waits in the pool already; it will do for this commit too.
    waiting: Arc<AtomicBool>,
    listener: Mutex<Option<JoinHandle<()>>>,
    closing: AtomicBool,
}

impl Bell {
    pub(crate) fn alone() -> Arc<Bell> {
        Arc::new(Bell {
            heard: watch::Sender::new(0),
            others: None,
        })
    }

    pub(crate) fn with_others(address: Address, pool: Arc<Queue<PoolJob>>) -> Arc<Bell> {
        let others = Others {
            address,
            pool,
            waiting: Arc::default(),
            listener: Mutex::default(),
            closing: AtomicBool::new(false),
        };
        Arc::new(Bell {
            heard: watch::Sender::new(0),
            others: Some(others),
        })
    }

    fn bump(&self) {
        self.heard.send_modify(|count| *count += 1);
    }

    pub(crate) fn ring(&self) {
        self.bump();
        if let Some(others) = &self.others {
            others.tell();
        }
    }

    /// Listening costs a connection, so it begins with the first who asks.
    pub(crate) fn subscribe(self: &Arc<Self>) -> watch::Receiver<u64> {
        let receiver = self.heard.subscribe();
        if let Some(others) = &self.others {
            let mut listener = others
                .listener
                .lock()
                .expect("invariant: nothing panics while it holds the listener");
            if listener.is_none() {
                let bell = self.clone();
                let thread = thread::Builder::new().name("db-listen".into());
                *listener = thread.spawn(move || bell.listen()).ok();
            }
        }
        receiver
    }

    /// Ends the listening thread. Called while the pool still works, so that a word can wake it.
    pub(crate) fn close(&self) {
        let Some(others) = &self.others else { return };
        others.closing.store(true, Ordering::Release);
        let listener = others
            .listener
            .lock()
            .expect("invariant: nothing panics while it holds the listener")
            .take();
        if let Some(listener) = listener {
            others.tell();
            listener.thread().unpark();
            let _ = listener.join();
        }
    }

    fn listen(&self) {
        let Some(others) = &self.others else { return };
        let mut pause = Duration::from_millis(100);
        while !others.closing.load(Ordering::Acquire) {
            if self.listen_once(others).is_ok() {
                pause = Duration::from_millis(100);
            } else {
                thread::park_timeout(pause);
                pause = (pause * 2).min(Duration::from_secs(5));
            }
        }
    }

    /// Until the connection is lost or the database closes. What was said before LISTEN took hold is made up for by
    /// one word at its start.
    fn listen_once(&self, others: &Others) -> crate::Result<()> {
        let mut client = others.address.connect()?;
        client.batch_execute(&format!("LISTEN {}", others.address.channel()))?;
        self.bump();
        while !others.closing.load(Ordering::Acquire) {
            let word = client.notifications().timeout_iter(Duration::from_secs(2)).next()?;
            if word.is_some() {
                self.bump();
            } else if client.is_closed() {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Others {
    /// NOTIFY inside a transaction makes PostgreSQL commit one such transaction at a time, so the word is sent after
    /// the commit, once for all who wait. If this node dies in between, the others find the rows when they next look.
    fn tell(&self) {
        if self.waiting.swap(true, Ordering::AcqRel) {
            return;
        }
        let (waiting, word) = (self.waiting.clone(), format!("NOTIFY {}", self.address.channel()));
        let job: PoolJob = Box::new(move |conn| {
            waiting.store(false, Ordering::Release);
            let _ = conn.batch(&word);
        });
        if self.pool.push(job).is_err() {
            self.waiting.store(false, Ordering::Release);
        }
    }
}
