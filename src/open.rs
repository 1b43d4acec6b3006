//! Opening the desk that lies in a folder (or in PostgreSQL), for the server and for every command.

use std::fs;

use anyhow::{Context, Result};
use db::{Db, PostgresOptions, SqliteOptions};
use desk::{Clock, Desk, Parts, files};
use search::Index;

use crate::config::Place;

/// Opens the database, brings its schema up to date, and opens files and index beside it.
pub fn desk(place: &Place) -> Result<Desk> {
    fs::create_dir_all(&place.folder).with_context(|| format!("{} cannot be made", place.folder.display()))?;
    let parts = Parts {
        db: database(place)?,
        files: files::Store::open(&place.files())?,
        index: Index::open(&place.index()).context("the search index cannot be opened")?,
        clock: Clock::Machine,
    };
    Desk::open(parts).context("the desk cannot be opened")
}

pub fn database(place: &Place) -> Result<Db> {
    match &place.database {
        Some(url) => Ok(Db::postgres(url, PostgresOptions::default())?),
        None => {
            let path = place.sqlite_file();
            Ok(Db::sqlite(&path, SqliteOptions::default())?)
        }
    }
}

/// The desk for a short command, which may run beside the server: it takes no lock of its own and its index is not
/// touched, for the server follows the log.
pub fn desk_beside(place: &Place) -> Result<Desk> {
    fs::create_dir_all(&place.folder).with_context(|| format!("{} cannot be made", place.folder.display()))?;
    let db = match &place.database {
        Some(url) => Db::postgres(url, PostgresOptions { threads: 4, ..PostgresOptions::default() })?,
        None => Db::sqlite(&place.sqlite_file(), SqliteOptions { alone: false, readers: 1, ..SqliteOptions::default() })?,
    };
    let parts = Parts { db, files: files::Store::open(&place.files())?, index: Index::in_memory()?, clock: Clock::Machine };
    Desk::open(parts).context("the desk cannot be opened")
}
