//! Copies of a desk that works, and reading everything back. It must never change the database it looks at.

use crate::{Db, Error, Result};
use rusqlite::backup::Backup;
use std::fs::{self, File};
use std::path::Path;

impl Db {
    /// A whole, consistent copy as one file, while reading and writing go on. Blocks this thread until the copy is
    /// on the disk; a failed copy leaves nothing behind.
    pub fn backup_to(&self, target: &Path) -> Result<()> {
        let Some(source) = self.path() else {
            return Err(Error::Other("this desk is on PostgreSQL: copy it with pg_dump".into()));
        };
        if target.exists() {
            return Err(Error::Other(format!(
                "{} exists: choose another name",
                target.display()
            )));
        }
        let mut part = target.as_os_str().to_owned();
        part.push(".part");
        let part = Path::new(&part);
        let kept = copy(source, part).and_then(|()| keep(part, target));
        if kept.is_err() {
            let _ = fs::remove_file(part);
        }
        kept
    }

    /// Reads everything back; each line is one fault in plain words, none means sound. Blocks this thread.
    pub fn check(&self) -> Result<Vec<String>> {
        match self.path() {
            Some(path) => check_file(path),
            None => self.read_now(|r| {
                r.query(
                    "SELECT 'the index ' || c.relname || ' is not usable: rebuild it' FROM pg_index i \
                     JOIN pg_class c ON c.oid = i.indexrelid \
                     WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace \
                     UNION ALL SELECT 'the rule ' || conname || ' was never checked: validate it' FROM pg_constraint \
                     WHERE NOT convalidated AND connamespace = current_schema()::regnamespace",
                    &[],
                )
            }),
        }
    }
}

/// All pages in one step: the copy is of one instant and no write starts it again.
fn copy(source: &Path, target: &Path) -> Result<()> {
    let source = rusqlite::Connection::open(source)?;
    let mut copy = rusqlite::Connection::open(target)?;
    Backup::new(&source, &mut copy)?.step(-1)?;
    // without a log beside it, so that the one file is all there is
    let _mode: String = copy.query_row("PRAGMA journal_mode=DELETE", [], |r| r.get(0))?;
    copy.close().map_err(|(_, error)| error.into())
}

fn keep(part: &Path, target: &Path) -> Result<()> {
    let synced = File::open(part).and_then(|file| file.sync_all());
    synced
        .and_then(|()| fs::rename(part, target))
        .map_err(|e| Error::Other(format!("{}: {e}", target.display())))?;
    let folder = target
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| Error::Other(format!("{}: {e}", folder.display())))
}

fn check_file(path: &Path) -> Result<Vec<String>> {
    let db = rusqlite::Connection::open(path)?;
    let mut faults: Vec<String> = db
        .prepare("PRAGMA integrity_check")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    faults.retain(|line| line != "ok");
    let mut orphans = db.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
    let orphans = orphans.query_map([], |r| {
        let (table, row, parent): (String, Option<i64>, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        Ok(format!(
            "row {} of {table} refers to a row of {parent} that is not there",
            row.unwrap_or_default()
        ))
    })?;
    for orphan in orphans {
        faults.push(orphan?);
    }
    Ok(faults)
}
