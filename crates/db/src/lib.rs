//! One desk's database: SQLite or PostgreSQL behind the same handles, one SQL text with `$1…$n` for both.
//!
//! Business code is plain synchronous functions over [`Read`] and [`Write`]; [`Db`] runs them on threads of its own
//! and hands the answer back to whoever awaits it. A page that only reads cannot write: the types differ, and the
//! connection behind a [`Read`] refuses. Columns are BIGINT, TEXT, BOOLEAN, DOUBLE PRECISION and bytes; times are
//! integers and JSON is text.
//!
//! This crate knows no trade: it must never name a table of the desk, and it never reads the clock of the wall.

mod backup;
mod conn;
mod db;
mod error;
mod group;
mod handles;
mod lite;
mod lock;
mod migrate;
mod names;
mod notify;
mod options;
mod packed;
mod pg;
mod queue;
mod row;
mod sql;
mod stats;
mod turns;
mod value;
mod wait;

pub use conn::Dialect;
pub use db::Db;
pub use error::{Error, Result};
pub use handles::{Read, Write};
pub use migrate::Migration;
pub use options::{PostgresOptions, SqliteOptions, Synchronous};
pub use packed::{Packed, Text, packed};
pub use row::{FromRow, Row};
pub use sql::Sql;
pub use stats::Stats;
pub use value::{Col, Value};

/// For the macros, which write serde impls in other crates.
#[doc(hidden)]
pub use serde;
