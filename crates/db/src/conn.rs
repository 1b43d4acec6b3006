//! One connection of either engine: the only place where the two meet. It knows statements, not transactions.

use crate::{Result, Row, Value, lite::Lite, pg::Pg};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// How many prepared statements a connection keeps.
pub(crate) const KEPT_STATEMENTS: usize = 500;

/// The column names a row type wants; compared by address first, so a warm statement costs nothing.
pub(crate) type Names = &'static [&'static str];
/// Called with each row; None for a statement that gives none.
pub(crate) type Each<'e> = Option<&'e mut dyn FnMut(&Row) -> Result<()>>;

pub(crate) enum Conn {
    Lite(Box<Lite>),
    Pg(Box<Pg>),
}

impl Conn {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Conn::Lite(_) => Dialect::Sqlite,
            Conn::Pg(_) => Dialect::Postgres,
        }
    }

    /// Runs one statement. Not generic, so sixty row types compile it once.
    pub(crate) fn run(&mut self, sql: &str, args: &[Value], names: Names, each: Each) -> Result<u64> {
        for (i, value) in args.iter().enumerate() {
            value.check(i + 1)?;
        }
        match self {
            Conn::Lite(lite) => lite.run(sql, args, names, each),
            Conn::Pg(pg) => pg.run(sql, args, names, each),
        }
    }

    /// Runs a text of several statements without arguments.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        match self {
            Conn::Lite(lite) => lite.batch(sql),
            Conn::Pg(pg) => pg.batch(sql),
        }
    }

    /// Says one word of a transaction (`BEGIN`, `SAVEPOINT body`, ...).
    pub(crate) fn word(&mut self, sql: &str) -> Result<()> {
        match self {
            Conn::Lite(lite) => lite.word(sql),
            Conn::Pg(pg) => pg.batch(sql),
        }
    }

    /// SQLite locks and unlocks its log for each statement outside a transaction, a call of the system each time.
    /// PostgreSQL would need two more trips to the server.
    pub(crate) fn begin_reading(&mut self) -> Result<()> {
        match self {
            Conn::Lite(lite) => lite.word("BEGIN"),
            Conn::Pg(_) => Ok(()),
        }
    }

    pub(crate) fn end_reading(&mut self) -> Result<()> {
        match self {
            Conn::Lite(lite) if !lite.db.is_autocommit() => lite.word("COMMIT"),
            _ => Ok(()),
        }
    }

    /// The key of the row this connection added last.
    pub(crate) fn newest_key(&self) -> i64 {
        match self {
            Conn::Lite(lite) => lite.db.last_insert_rowid(),
            Conn::Pg(_) => unreachable!("invariant: PostgreSQL gives keys with the rows"),
        }
    }

    /// From here to the end of a transaction only this very connection will do.
    pub(crate) fn inside(&mut self, inside: bool) {
        if let Conn::Pg(pg) = self {
            pg.inside = inside;
        }
    }

    /// A transaction or savepoint could not be ended: nothing on this connection may be trusted to be kept or undone.
    pub(crate) fn spoil(&mut self, error: &crate::Error) {
        match self {
            Conn::Lite(lite) => lite.spoiled = Some(error.clone()),
            Conn::Pg(pg) => pg.hang_up(),
        }
    }
}
