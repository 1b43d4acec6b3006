//! SQLite's writer: one thread that runs whatever waits, each body in its own savepoint, and keeps it all with one
//! COMMIT. Nobody hears of success before that COMMIT returned.

use crate::conn::Conn;
use crate::handles::not_kept;
use crate::lite::Lite;
use crate::queue::Queue;
use crate::stats::Counters;
use crate::{Error, Result, notify::Bell};
use std::sync::{Arc, Condvar};
use std::time::{Duration, Instant};

/// One body's share of the group, and how to tell its caller how the group ended.
pub(crate) struct Done {
    pub(crate) tell: Box<dyn FnOnce(Option<Error>) + Send>,
    pub(crate) kept: bool,
    pub(crate) announced: bool,
}

pub(crate) type Body = Box<dyn FnOnce(&mut Conn, Option<Error>) -> Done + Send>;

pub(crate) enum Job {
    /// Runs in the group's transaction, or only learns why there is none.
    Body(Body),
    /// Runs between groups and begins its own transactions (migrations).
    Alone(Box<dyn FnOnce(&mut Conn) + Send>),
}

/// A lone caller never waits for company; a crowd shares one fsync. The limits keep the first from waiting long.
const MOST_BODIES: usize = 256;
const LONGEST: Duration = Duration::from_millis(5);

pub(crate) struct Writer {
    conn: Conn,
    queue: Arc<Queue<Job>>,
    bell: Arc<Bell>,
    counters: Arc<Counters>,
    /// After a failed fsync the kernel may call lost pages clean, and a second try would succeed over a hole. So the
    /// first such failure ends writing until a restart reads what the disk really has.
    broken: Option<Error>,
}

impl Writer {
    pub(crate) fn new(lite: Lite, queue: Arc<Queue<Job>>, bell: Arc<Bell>, counters: Arc<Counters>) -> Writer {
        Writer {
            conn: Conn::Lite(Box::new(lite)),
            queue,
            bell,
            counters,
            broken: None,
        }
    }

    /// Until the queue is closed and empty; then the log is copied into the file.
    pub(crate) fn serve(mut self) {
        let me = Arc::<Condvar>::default();
        let mut next = None;
        while let Some(job) = next.take().or_else(|| self.queue.pop(&me)) {
            match job {
                Job::Alone(job) => job(&mut self.conn),
                Job::Body(body) => next = self.group(body),
            }
        }
        // A failure here loses nothing: the log is read again at the next start.
        let _ = self.conn.batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    fn group(&mut self, first: Body) -> Option<Job> {
        let begun = Instant::now();
        let mut end = self.begin().err();
        let mut done = vec![first(&mut self.conn, end.clone())];
        let mut next = None;
        while end.is_none() {
            end = self.lost();
            if end.is_some() || done.len() >= MOST_BODIES || begun.elapsed() >= LONGEST {
                break;
            }
            match self.queue.pop_now() {
                Some(Job::Body(body)) => done.push(body(&mut self.conn, None)),
                other => {
                    next = other;
                    break;
                }
            }
        }
        let end = end.or_else(|| self.commit().err());
        self.clear();
        if end.is_none() {
            self.counters
                .commit(done.iter().filter(|body| body.kept).count() as u64);
        }
        let announced = end.is_none() && done.iter().any(|body| body.announced);
        for body in done {
            (body.tell)(end.clone());
        }
        if announced {
            self.bell.ring();
        }
        next
    }

    fn begin(&mut self) -> Result<()> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        self.conn.word("BEGIN IMMEDIATE").inspect_err(|error| self.note(error))
    }

    fn commit(&mut self) -> Result<()> {
        self.conn
            .word("COMMIT")
            .map_err(not_kept)
            .inspect_err(|error| self.note(error))
    }

    /// A full disk, an I/O error or OR ROLLBACK ends SQLite's whole transaction, savepoints and all: everyone before
    /// has lost his work and must hear it.
    fn lost(&mut self) -> Option<Error> {
        let lite = self.lite();
        if lite.spoiled.is_none() && !lite.db.is_autocommit() {
            return None;
        }
        let cause = lite.spoiled.take().or_else(|| lite.last_error.take());
        let error = not_kept(cause.unwrap_or_else(|| Error::Other("the database ended the transaction".into())));
        self.note(&error);
        Some(error)
    }

    fn clear(&mut self) {
        let lite = self.lite();
        lite.last_error = None;
        if !lite.db.is_autocommit() {
            let _ = lite.batch("ROLLBACK"); // if it fails, the next BEGIN fails and says why
        }
        lite.spoiled = None;
    }

    fn note(&mut self, error: &Error) {
        if let Error::Broken(_) = error {
            self.broken = Some(error.clone());
        }
    }

    fn lite(&mut self) -> &mut Lite {
        match &mut self.conn {
            Conn::Lite(lite) => lite,
            Conn::Pg(_) => unreachable!("invariant: only SQLite has a group writer"),
        }
    }
}
