//! The handle of one desk's database: takes bodies, runs them on its own threads, hands back their answers.

use crate::conn::{Conn, Dialect};
use crate::group::{Done, Job, Writer};
use crate::handles::{Read, SAVEPOINT, TRANSACTION, Write, reading, writing};
use crate::lite::Lite;
use crate::lock::LockedFile;
use crate::notify::{Bell, PoolJob};
use crate::pg::{Address, Pg};
use crate::queue::{Queue, Refused};
use crate::stats::{Counters, Stats};
use crate::turns::Turns;
use crate::wait::wait;
use crate::{Error, PostgresOptions, Result, SqliteOptions};
use std::path::Path;
use std::sync::{Arc, Condvar};
use std::thread::{self, JoinHandle};
use tokio::sync::{oneshot, watch};

/// A cheap handle; the database closes when the last one goes, after what waits is done.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    pool: Arc<Queue<PoolJob>>,
    /// SQLite's one writer; PostgreSQL writes on the pool.
    writer: Option<Arc<Queue<Job>>>,
    /// How many write on the pool at once, so that reads find a thread however long writes stand.
    turns: Turns,
    bell: Arc<Bell>,
    counters: Arc<Counters>,
    file: Option<LockedFile>,
    pool_threads: Vec<JoinHandle<()>>,
    writer_thread: Option<JoinHandle<()>>,
}

impl Db {
    /// Opens or makes the file. Another process (or another `Db`) on the same file is refused, unless this one is
    /// opened beside it (`alone: false`): then SQLite's own locks keep the two apart, commit by commit.
    pub fn sqlite(path: &Path, options: SqliteOptions) -> Result<Db> {
        let file = if options.alone {
            LockedFile::take(path)?
        } else {
            LockedFile::beside(path)
        };
        let (bell, counters) = (Bell::alone(), Arc::<Counters>::default());
        let (pool, queue) = (Queue::new(options.backlog), Queue::new(options.backlog));
        let writer = Writer::new(
            Lite::writer(path, &options)?,
            queue.clone(),
            bell.clone(),
            counters.clone(),
        );
        let readers: Result<Vec<_>> = (0..options.readers.max(1)).map(|_| Lite::reader(path)).collect();
        let pool_threads = readers?
            .into_iter()
            .map(|lite| serve(&pool, Conn::Lite(Box::new(lite))))
            .collect::<Result<_>>()?;
        let writer_thread = Some(spawn("db-write", move || writer.serve())?);
        Ok(Db(Arc::new(Inner {
            pool,
            writer: Some(queue),
            turns: Turns::new(1, 0),
            bell,
            counters,
            file: Some(file),
            pool_threads,
            writer_thread,
        })))
    }

    /// Connects once now, so that a wrong address is told at once; the other threads connect when they are needed.
    /// Blocks this thread.
    pub fn postgres(url: &str, options: PostgresOptions) -> Result<Db> {
        let address = Address::new(url, options.schema)?;
        let mut first = Some(beside(|| address.first_connection())?);
        let pool = Queue::new(options.backlog);
        let bell = Bell::with_others(address.clone(), pool.clone());
        let conn = |_| Conn::Pg(Box::new(Pg::new(address.clone(), first.take())));
        let pool_threads = (0..options.threads.max(1))
            .map(conn)
            .map(|conn| serve(&pool, conn))
            .collect::<Result<_>>()?;
        Ok(Db(Arc::new(Inner {
            pool,
            writer: None,
            turns: Turns::new((options.threads / 2).max(1), options.backlog),
            bell,
            counters: Arc::default(),
            file: None,
            pool_threads,
            writer_thread: None,
        })))
    }

    pub fn dialect(&self) -> Dialect {
        if self.0.writer.is_some() {
            Dialect::Sqlite
        } else {
            Dialect::Postgres
        }
    }

    /// Whether no other process can be at work on this database: it lies in a file that this one has locked.
    pub fn is_alone(&self) -> bool {
        self.0.file.as_ref().is_some_and(LockedFile::is_held)
    }

    /// The file, on SQLite.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.0.file.as_ref().map(|file| file.path.as_path())
    }

    /// Runs a body that only asks.
    pub async fn read<T, E>(&self, body: impl FnOnce(&mut Read) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.pooled(|conn| reading(conn, body)).await
    }

    /// Runs a body in a transaction; the answer comes when it is durable. An error of the body undoes that body only
    /// and is returned as it is.
    pub async fn write<T, E>(&self, body: impl FnOnce(&mut Write) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let Some(writer) = &self.0.writer else {
            let (bell, counters) = (self.0.bell.clone(), self.0.counters.clone());
            let turn = self.0.turns.take().await?;
            return self
                .pooled(move |conn| {
                    let _until_done = turn;
                    let (answer, announced) = writing(conn, &TRANSACTION, body);
                    if answer.is_ok() {
                        counters.commit(1);
                    }
                    if announced {
                        bell.ring();
                    }
                    answer
                })
                .await;
        };
        let (give, answer) = oneshot::channel::<Result<T, E>>();
        let job = move |conn: &mut Conn, no_transaction: Option<Error>| {
            let (answer, announced) = match no_transaction {
                Some(error) => (Err(error.into()), false),
                None if give.is_closed() => (Err(Error::Closed.into()), false), // a caller that left costs nothing
                None => writing(conn, &SAVEPOINT, body),
            };
            let kept = answer.is_ok();
            let tell = move |lost: Option<Error>| {
                let _ = give.send(match (answer, lost) {
                    (Ok(_), Some(error)) => Err(error.into()),
                    (answer, _) => answer,
                });
            };
            Done {
                tell: Box::new(tell),
                kept,
                announced,
            }
        };
        writer.push(Job::Body(Box::new(job))).map_err(refused)?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// `read` for tools and tests: blocks this thread. A handler awaits `read`.
    pub fn read_now<T, E>(&self, body: impl FnOnce(&mut Read) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait(self.read(body))
    }

    /// `write` for tools and tests: blocks this thread. A handler awaits `write`.
    pub fn write_now<T, E>(&self, body: impl FnOnce(&mut Write) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait(self.write(body))
    }

    /// Changes after each commit whose body called `announce`, here or, on PostgreSQL, on another node. It may also
    /// change for nothing; and a node that dies in the wrong moment tells nobody, so look now and then without it.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.bell.subscribe()
    }

    pub fn stats(&self) -> Stats {
        let writing = self.0.writer.as_ref().map_or(0, |queue| queue.len());
        self.0
            .counters
            .stats(self.0.pool.len() + self.0.turns.waiting() + writing)
    }

    /// Runs a job that begins and ends its own transactions, where nobody else is in one on the same connection.
    pub(crate) fn alone<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Some(writer) = &self.0.writer else {
            return wait(self.pooled(body));
        };
        let (give, answer) = oneshot::channel();
        let job = move |conn: &mut Conn| drop(give.send(body(conn)));
        writer.push(Job::Alone(Box::new(job))).map_err(refused)?;
        wait(answer).unwrap_or(Err(Error::Closed))
    }

    async fn pooled<T, E>(&self, body: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (give, answer) = oneshot::channel::<Result<T, E>>();
        let job = move |conn: &mut Conn| {
            if !give.is_closed() {
                let _ = give.send(body(conn)); // the caller may have left meanwhile
            }
        };
        self.0.pool.push(Box::new(job)).map_err(refused)?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }
}

/// Everything taken is finished and told, then the threads end: readers first, so the writer can empty the log.
impl Drop for Inner {
    fn drop(&mut self) {
        self.bell.close();
        self.pool.close();
        self.pool_threads.drain(..).for_each(join);
        if let Some(writer) = &self.writer {
            writer.close();
        }
        self.writer_thread.take().into_iter().for_each(join);
    }
}

/// A body may own the last handle; its thread cannot wait for itself.
fn join(thread: JoinHandle<()>) {
    if thread.thread().id() != thread::current().id() {
        let _ = thread.join();
    }
}

fn refused(refused: Refused) -> Error {
    match refused {
        Refused::Full => Error::Overloaded,
        Refused::Closed => Error::Closed,
    }
}

fn serve(pool: &Arc<Queue<PoolJob>>, mut conn: Conn) -> Result<JoinHandle<()>> {
    let pool = pool.clone();
    spawn("db-pool", move || {
        let me = Arc::<Condvar>::default();
        while let Some(job) = pool.pop(&me) {
            job(&mut conn);
        }
    })
}

/// On a thread of its own: PostgreSQL's blocking driver refuses to work inside a runtime.
fn beside<T: Send>(body: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    thread::scope(|scope| scope.spawn(body).join()).unwrap_or(Err(Error::Closed))
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    let thread = thread::Builder::new().name(name.into()).spawn(body);
    thread.map_err(|e| Error::Other(format!("cannot start a thread: {e}")))
}
