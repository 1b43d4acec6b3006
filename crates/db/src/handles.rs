//! What business code holds while it runs: `Read` asks, `Write` is a transaction. Neither outlives its body.

use crate::conn::{Conn, Each, Names};
use crate::{Dialect, Error, FromRow, Result, Sql, Value};
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A connection that may be asked. A `&mut Write` serves wherever a `&mut Read` is wanted.
///
/// On SQLite all statements of a body see one moment; on PostgreSQL each sees what was committed when it began, and
/// nothing may count on more. After a failed statement nothing more runs, on both engines.
pub struct Read<'a> {
    pub(crate) conn: &'a mut Conn,
    pub(crate) failed: Option<Error>,
}

impl Read<'_> {
    pub fn dialect(&self) -> Dialect {
        self.conn.dialect()
    }

    pub fn query<T: FromRow>(&mut self, sql: &str, args: &[Value]) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        let mut each = |row: &crate::Row| {
            rows.push(T::from_row(row)?);
            Ok(())
        };
        self.run(sql, args, T::NAMES, Some(&mut each))?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub fn maybe<T: FromRow>(&mut self, sql: &str, args: &[Value]) -> Result<Option<T>> {
        Ok(self.query(sql, args)?.into_iter().next())
    }

    /// The first row, or `NotFound`; that one error stops nothing.
    pub fn one<T: FromRow>(&mut self, sql: &str, args: &[Value]) -> Result<T> {
        self.maybe(sql, args)?.ok_or(Error::NotFound)
    }

    pub fn query_sql<T: FromRow>(&mut self, sql: &Sql) -> Result<Vec<T>> {
        self.query(&sql.finish()?, sql.args())
    }

    pub fn maybe_sql<T: FromRow>(&mut self, sql: &Sql) -> Result<Option<T>> {
        self.maybe(&sql.finish()?, sql.args())
    }

    pub fn one_sql<T: FromRow>(&mut self, sql: &Sql) -> Result<T> {
        self.one(&sql.finish()?, sql.args())
    }

    /// Every transaction with a smaller number than this has ended. Ask it before the rows, never after.
    ///
    /// A follower of a log reads `WHERE (tx, id) > ($1, $2) AND tx < horizon ORDER BY tx, id`. Ids are handed out when
    /// a row is written but rows appear when their transaction commits, so on PostgreSQL a smaller id may appear after
    /// a larger one, and a cursor over ids alone would pass it for ever. Each row therefore carries the number of its
    /// transaction (`@txid` as the column's default). Below the oldest transaction still running nothing can appear
    /// any more, so what is read below it is whole and in an order that never changes. A long transaction anywhere on
    /// the server delays rows but never hides them. SQLite has one writer and rows appear in the order of their ids:
    /// `@txid` is 0 and the horizon is the largest number.
    pub fn horizon(&mut self) -> Result<i64> {
        match self.dialect() {
            Dialect::Sqlite => Ok(i64::MAX),
            Dialect::Postgres => self.one("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", &[]),
        }
    }

    /// What the database takes on the disk, in bytes.
    pub fn size(&mut self) -> Result<i64> {
        match self.dialect() {
            Dialect::Sqlite => self.one(
                "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()",
                &[],
            ),
            Dialect::Postgres => self.one("SELECT pg_database_size(current_database())", &[]),
        }
    }

    /// How the engine would run this, one step a line; for tests that a list is served by its index.
    pub fn plan(&mut self, sql: &str, args: &[Value]) -> Result<String> {
        let steps: Vec<String> = match self.dialect() {
            Dialect::Sqlite => {
                let rows: Vec<(i64, i64, i64, String)> = self.query(&format!("EXPLAIN QUERY PLAN {sql}"), args)?;
                rows.into_iter().map(|(_, _, _, step)| step).collect()
            }
            Dialect::Postgres => self.query(&format!("EXPLAIN {sql}"), args)?,
        };
        Ok(steps.join("\n"))
    }

    fn run(&mut self, sql: &str, args: &[Value], names: Names, each: Each) -> Result<u64> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let done = self.conn.run(sql, args, names, each);
        if let Err(error) = &done {
            self.failed = Some(error.clone());
        }
        done
    }
}

/// A transaction. When its body returns an error, panics, or went on after a failed statement, nothing of it is kept.
pub struct Write<'a> {
    read: Read<'a>,
    announced: bool,
}

impl<'a> Deref for Write<'a> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.read
    }
}
impl DerefMut for Write<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.read
    }
}

impl Write<'_> {
    /// The number of rows changed.
    pub fn exec(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        self.read.run(sql, args, &[], None)
    }

    /// Adds one row and gives its key. The statement ends in `RETURNING` and the table's integer primary key, and says
    /// nothing of conflicts. SQLite is asked for its newest key instead: there `RETURNING` costs every row a savepoint
    /// and a temporary table.
    pub fn insert(&mut self, sql: &str, args: &[Value]) -> Result<i64> {
        if self.dialect() == Dialect::Postgres {
            return self.one(sql, args);
        }
        let Some((insert, _)) = sql.rsplit_once(" RETURNING ") else {
            return Err(Error::Other(format!("this names no key to give back: {sql}")));
        };
        self.exec(insert, args)?;
        Ok(self.conn.newest_key())
    }

    pub fn exec_sql(&mut self, sql: &Sql) -> Result<u64> {
        self.exec(&sql.finish()?, sql.args())
    }

    /// Where a failure is expected: what fails inside undoes only what was done inside, and the transaction goes on.
    pub fn attempt<T, E: From<Error>>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        if let Some(error) = &self.failed {
            return Err(error.clone().into());
        }
        self.conn.batch("SAVEPOINT attempt")?;
        let answer = body(self);
        let answer = ended(self.failed.take(), answer);
        let end = if answer.is_ok() {
            "RELEASE attempt"
        } else {
            "ROLLBACK TO attempt; RELEASE attempt"
        };
        if let Err(error) = self.conn.batch(end) {
            self.failed = Some(error.clone());
            return Err(error.into());
        }
        answer
    }

    /// Holds rows until this transaction ends: whoever else would hold them waits, and then reads them as they were
    /// left. The text is a `SELECT ... FOR NO KEY UPDATE`; ask for the values afterwards, in a statement of their own.
    /// SQLite has one writer, so nothing is asked of it.
    pub fn hold_rows(&mut self, sql: &str, args: &[Value]) -> Result<()> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => self.exec(sql, args).map(drop),
        }
    }

    /// The same for what has no row yet: of all transactions that name this, one at a time goes on.
    pub fn hold_name(&mut self, name: &str) -> Result<()> {
        self.hold_rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", &[name.into()])
    }

    /// Those who hold a receiver of `Db::subscribe`, on this node and on others, are woken once this is committed.
    pub fn announce(&mut self) {
        self.announced = true;
    }
}

/// A body that went on after a failed statement has not succeeded, whatever it says.
fn ended<T, E: From<Error>>(failed: Option<Error>, answer: Result<T, E>) -> Result<T, E> {
    match failed {
        Some(error) if answer.is_ok() => Err(error.into()),
        _ => answer,
    }
}

fn guarded<T, E: From<Error>>(body: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Err(Error::Panicked(text.unwrap_or_default()).into())
    })
}

pub(crate) fn reading<T, E: From<Error>>(
    conn: &mut Conn,
    body: impl FnOnce(&mut Read) -> Result<T, E>,
) -> Result<T, E> {
    if let Err(error) = conn.begin_reading() {
        return Err(error.into());
    }
    let mut read = Read { conn, failed: None };
    let answer = guarded(|| body(&mut read));
    let Read { conn, failed } = read;
    let done = ended(failed, answer);
    match conn.end_reading() {
        Err(error) if done.is_ok() => Err(error.into()),
        _ => done,
    }
}

/// The words that open, keep and undo a unit of work: a transaction, or a savepoint in a group's transaction.
pub(crate) struct Marks {
    pub(crate) begin: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) undo: &'static str,
}

pub(crate) const TRANSACTION: Marks = Marks {
    begin: "BEGIN READ WRITE",
    keep: "COMMIT",
    undo: "ROLLBACK",
};
pub(crate) const SAVEPOINT: Marks = Marks {
    begin: "SAVEPOINT body",
    keep: "RELEASE body",
    undo: "ROLLBACK TO body; RELEASE body",
};

/// The answer, and whether it was announced.
pub(crate) fn writing<T, E: From<Error>>(
    conn: &mut Conn,
    marks: &Marks,
    body: impl FnOnce(&mut Write) -> Result<T, E>,
) -> (Result<T, E>, bool) {
    if let Err(error) = conn.word(marks.begin) {
        return (Err(error.into()), false);
    }
    conn.inside(true);
    let mut write = Write {
        read: Read { conn, failed: None },
        announced: false,
    };
    let answer = guarded(|| body(&mut write));
    let Write {
        read: Read { conn, failed },
        announced,
    } = write;
    let answer = ended(failed, answer);
    let ended = if answer.is_ok() {
        conn.word(marks.keep)
    } else {
        conn.batch(marks.undo)
    };
    match &ended {
        Ok(()) => conn.inside(false),
        Err(error) => conn.spoil(error),
    }
    match (answer, ended) {
        (Ok(_), Err(error)) => (Err(not_kept(error).into()), false),
        (Err(error), _) => (Err(error), false),
        (answer, Ok(())) => (answer, announced),
    }
}

/// What a failed COMMIT means to those who wait for it.
pub(crate) fn not_kept(error: Error) -> Error {
    match error {
        Error::Full(_) | Error::Broken(_) | Error::Retry(_) => error,
        other => Error::Commit(other.to_string()),
    }
}
