//! What can go wrong, the same words for both engines, so that the trade decides on a variant and never on a text.

use postgres::error::DbError;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("there is no such row")]
    NotFound,
    #[error("too much is waiting for the database: try again in a moment")]
    Overloaded,
    #[error("the database is closed or cannot be reached: try again in a moment")]
    Closed,
    /// `table.column[, table.column]` on both engines; the index or constraint name when it is over an expression.
    #[error("this exists already: {0}")]
    Unique(String),
    #[error("this refers to a row that is not there, or is still referred to: {0}")]
    Reference(String),
    /// `table.column` for a missing value, else the name of the constraint.
    #[error("the database refuses this value: {0}")]
    Check(String),
    /// Deadlock, lock or statement timeout: nothing was kept, the same call may succeed next time.
    #[error("the database was busy and kept nothing: {0}")]
    Retry(String),
    /// COMMIT failed and nothing was kept. With PostgreSQL and a lost connection nobody knows.
    #[error("the change could not be kept: {0}")]
    Commit(String),
    #[error("a fault in the program stopped this change, nothing was kept: {0}")]
    Panicked(String),
    #[error("column {0}: {1}")]
    Column(usize, String),
    /// Nothing was kept; writing works again by itself once there is space.
    #[error("the disk is full: {0}")]
    Full(String),
    /// The disk failed to keep a write it had taken. Writing stops for good: only a restart reads what is really there.
    #[error("the disk failed; restart the program once it is sound: {0}")]
    Broken(String),
    /// Another process holds the database file.
    #[error("{0} is in use by another process: stop that one first, or choose another folder")]
    InUse(String),
    /// A text no database can hold: nothing was sent.
    #[error("{0}")]
    Unfit(String),
    #[error("{0}")]
    Other(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi;
        let code = error.sqlite_error().map_or(0, |e| e.extended_code);
        let text = error.to_string();
        // "UNIQUE constraint failed: person.email" → "person.email"
        let what = || {
            text.split_once("failed: ")
                .map_or(text.clone(), |(_, what)| what.to_string())
        };
        match code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
                Error::Unique(what())
            }
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::Reference(text),
            ffi::SQLITE_CONSTRAINT_CHECK | ffi::SQLITE_CONSTRAINT_NOTNULL | ffi::SQLITE_CONSTRAINT_TRIGGER => {
                Error::Check(what())
            }
            // the shared-memory file beside the log could not grow: the same full disk
            ffi::SQLITE_FULL | ffi::SQLITE_IOERR_SHMSIZE => Error::Full(text),
            code => match code & 0xff {
                ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Error::Retry(text),
                ffi::SQLITE_IOERR | ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => Error::Broken(text),
                _ => Error::Other(text),
            },
        }
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        let Some(detail) = error.as_db_error() else {
            return if lost(&error) {
                Error::Closed
            } else {
                Error::Other(chain(&error))
            };
        };
        let named = || detail.constraint().unwrap_or(detail.message()).to_string();
        match detail.code().code() {
            "23505" => Error::Unique(key(detail).unwrap_or_else(named)),
            "23503" | "23001" => Error::Reference(named()),
            "23502" => Error::Check(format!(
                "{}.{}",
                detail.table().unwrap_or_default(),
                detail.column().unwrap_or_default()
            )),
            "23514" | "23P01" => Error::Check(named()),
            // serialization, deadlock, lock not available, statement timeout
            "40001" | "40P01" | "55P03" | "57014" => Error::Retry(detail.message().to_string()),
            "53100" => Error::Full(detail.message().to_string()),
            // shut down, crashed, starting up, idle too long in a transaction
            "57P01" | "57P02" | "57P03" | "25P03" => Error::Closed,
            "53300" => Error::Overloaded,
            code => Error::Other(format!("{} ({code})", detail.message())),
        }
    }
}

/// The connection is gone: closed, or the network said so.
fn lost(error: &postgres::Error) -> bool {
    error.is_closed() || std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
}

/// Why a server could not be reached, in the words of the network.
pub(crate) fn unreachable(error: postgres::Error) -> Error {
    if error.as_db_error().is_some() {
        error.into()
    } else {
        Error::Other(chain(&error))
    }
}

/// The columns of a broken unique rule, written as SQLite writes them. The detail reads `Key (a, b)=(1, 2) already
/// exists.` in whatever language the server speaks; only its brackets are relied on.
fn key(detail: &DbError) -> Option<String> {
    let table = detail.table()?;
    let (_, rest) = detail.detail()?.split_once('(')?;
    let (columns, _) = rest.split_once(")=")?;
    if columns.contains('(') {
        return None; // an index over an expression: its name says more
    }
    let columns: Vec<_> = columns.split(", ").map(|column| format!("{table}.{column}")).collect();
    Some(columns.join(", "))
}

/// An error and its causes on one line; the driver's own text stops at "db error".
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
