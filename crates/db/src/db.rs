//! The handle of one desk's database: takes bodies, runs them on its own threads, hands back their answers.

use crate::conn::{Conn, Dialect};
use crate::group::{Done, Job, Writer};
use crate::handles::{Read, SAVEPOINT, TRANSACTION, Write, reading, writing};
use crate::lite::Lite;
use crate::notify::{Bell, PoolJob};
use crate::pg::{Address, Pg};
use crate::queue::{Queue, Refused};
use crate::wait::wait;
use crate::{Error, PostgresOptions, Result, SqliteOptions};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
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
    bell: Arc<Bell>,
    file: Option<LockedFile>,
    pool_threads: Vec<JoinHandle<()>>,
    writer_thread: Option<JoinHandle<()>>,
}

/// The database file, and the lock that keeps other processes out for as long as this lives.
struct LockedFile {
    path: PathBuf,
    _lock: File,
}

impl Db {
    /// Opens or makes the file. Another process (or another `Db`) on the same file is refused.
    pub fn sqlite(path: &Path, options: SqliteOptions) -> Result<Db> {
        let file = lock(path)?;
        let bell = Bell::alone();
        let (pool, queue) = (Queue::new(options.backlog), Queue::new(options.backlog));
        let writer = Writer::new(Lite::writer(path, &options)?, queue.clone(), bell.clone());
        let readers: Result<Vec<_>> = (0..options.readers.max(1)).map(|_| Lite::reader(path)).collect();
        let pool_threads = readers?
            .into_iter()
            .map(|lite| serve(&pool, Conn::Lite(Box::new(lite))))
            .collect::<Result<_>>()?;
        let writer_thread = Some(spawn("db-write", move || writer.serve())?);
        Ok(Db(Arc::new(Inner {
            pool,
            writer: Some(queue),
            bell,
            file: Some(file),
            pool_threads,
            writer_thread,
        })))
    }

    /// Connects once now, so that a wrong address is told at once; the other threads connect when they are needed.
    /// Call it on a plain thread: the driver blocks.
    pub fn postgres(url: &str, options: PostgresOptions) -> Result<Db> {
        let address = Address::new(url, options.schema)?;
        let mut first = Some(address.first_connection()?);
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
            bell,
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
            let bell = self.0.bell.clone();
            return self
                .pooled(move |conn| {
                    let (answer, announced) = writing(conn, &TRANSACTION, body);
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
            let tell = move |lost: Option<Error>| {
                let _ = give.send(match (answer, lost) {
                    (Ok(_), Some(error)) => Err(error.into()),
                    (answer, _) => answer,
                });
            };
            Done {
                tell: Box::new(tell),
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

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    let thread = thread::Builder::new().name(name.into()).spawn(body);
    thread.map_err(|e| Error::Other(format!("cannot start a thread: {e}")))
}

fn lock(path: &Path) -> Result<LockedFile> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock = File::options().create(true).truncate(false).write(true).open(&name);
    let lock = lock.map_err(|e| Error::Other(format!("{}: {e}", Path::new(&name).display())))?;
    match lock.try_lock() {
        Ok(()) => Ok(LockedFile {
            path: path.to_owned(),
            _lock: lock,
        }),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(path.display().to_string())),
        Err(TryLockError::Error(e)) => Err(Error::Other(format!("{}: {e}", path.display()))),
    }
}
