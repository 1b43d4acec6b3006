//! Opening the desk that lies in a folder (or in PostgreSQL), for the server and for every command.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use db::{Db, PostgresOptions, SqliteOptions};
use desk::{Clock, Desk, Parts, files};
use search::Index;

use crate::config::Place;

/// Opens the database for itself alone, brings its schema up to date, and opens files and index beside it.
pub(crate) fn desk(place: &Place) -> Result<Desk> {
    let db = alone(place)?;
    let index = Index::open(&place.index()).context("the search index cannot be opened")?;
    open(place, db, index, Clock::Machine)
}

/// The same on another clock and without an index: a sample desk lives through its week before it is opened.
pub(crate) fn on_clock(place: &Place, clock: Clock) -> Result<Desk> {
    open(place, alone(place)?, Index::in_memory()?, clock)
}

fn alone(place: &Place) -> Result<Db> {
    folder(place)?;
    Ok(match &place.database {
        Some(url) => {
            let usual = PostgresOptions::default();
            let backlog = place.backlog.unwrap_or(usual.backlog);
            Db::postgres(url, PostgresOptions { backlog, ..usual })?
        }
        None => {
            let usual = SqliteOptions::default();
            let backlog = place.backlog.unwrap_or(usual.backlog);
            Db::sqlite(&place.sqlite_file(), SqliteOptions { backlog, ..usual })?
        }
    })
}

/// The desk for a short command, which may run beside the server: it takes no lock of its own and its index is not
/// touched, for the server follows the log.
pub(crate) fn desk_beside(place: &Place) -> Result<Desk> {
    beside_with(place, Index::in_memory()?)
}

/// The same with an index that nobody else writes to.
pub(crate) fn beside_with(place: &Place, index: Index) -> Result<Desk> {
    folder(place)?;
    let db = match &place.database {
        Some(url) => Db::postgres(
            url,
            PostgresOptions {
                threads: 4,
                ..PostgresOptions::default()
            },
        )?,
        None => beside(&place.sqlite_file())?,
    };
    open(place, db, index, Clock::Machine)
}

/// A database file beside whoever else has it open.
pub(crate) fn beside(file: &Path) -> Result<Db> {
    Ok(Db::sqlite(
        file,
        SqliteOptions {
            alone: false,
            readers: 1,
            ..SqliteOptions::default()
        },
    )?)
}

fn folder(place: &Place) -> Result<()> {
    fs::create_dir_all(&place.folder).with_context(|| format!("{} cannot be made", place.folder.display()))
}

fn open(place: &Place, db: Db, index: Index, clock: Clock) -> Result<Desk> {
    let parts = Parts {
        db,
        files: files::Store::open(&place.files())?,
        index,
        clock,
    };
    Desk::open(parts).context("the desk cannot be opened")
}
