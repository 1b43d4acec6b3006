//! One SQLite connection: how it is opened, how a statement runs, how many rows it keeps in memory. It must never
//! decide when to commit; the writer thread does.

use crate::conn::{Each, KEPT_STATEMENTS, Names};
use crate::row::{Row, RowRef, same_names};
use crate::{Error, Result, SqliteOptions, Value, sql};
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use std::collections::HashMap;
use std::path::Path;

pub(crate) struct Lite {
    pub(crate) db: rusqlite::Connection,
    /// The caller's text → the text with SQLite's placeholders.
    known: HashMap<Box<str>, Known>,
    /// Why this transaction can no longer be trusted; the writer looks after each body.
    pub(crate) spoiled: Option<Error>,
    /// The newest failure, so that those who lose their work with another's learn the cause.
    pub(crate) last_error: Option<Error>,
}

struct Known {
    text: String,
    names: Names,
}

/// Without this SQLite plans a statement anew whenever other values are bound to it, on the chance that they ask for
/// another plan: a third of what a ticket page cost. Ours name their index whatever the values.
fn keep_plans(db: &rusqlite::Connection) -> Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// SQLite's own folds A to Z only, and a question for "é" would miss "É".
fn fold_every_letter(db: &rusqlite::Connection) -> Result<()> {
    let how = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function("lower", 1, how, |given| {
        Ok(given.get::<Option<String>>(0)?.map(|text| text.to_lowercase()))
    })?;
    Ok(())
}

impl Lite {
    /// The one connection that writes. It makes the file.
    pub(crate) fn writer(path: &Path, options: &SqliteOptions) -> Result<Lite> {
        let lite = Lite::open(path)?;
        let mode: String = lite.db.query_row("PRAGMA journal_mode=WAL", [], |r| r.get(0))?;
        if mode != "wal" {
            return Err(Error::Other(format!(
                "{} cannot keep a write-ahead log: use a local disk",
                path.display()
            )));
        }
        // The log is copied back every 16 MiB: often enough to stay small, seldom enough not to slow each commit.
        lite.db.execute_batch(&format!(
            "PRAGMA synchronous={}; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; \
             PRAGMA cache_size=-8000",
            options.synchronous.pragma()
        ))?;
        Ok(lite)
    }

    /// A connection on which nothing can be written.
    pub(crate) fn reader(path: &Path) -> Result<Lite> {
        let lite = Lite::open(path)?;
        lite.db.execute_batch("PRAGMA query_only=ON; PRAGMA cache_size=-6000")?;
        Ok(lite)
    }

    /// Mapped pages count as memory of each connection that maps them, so the map is small.
    fn open(path: &Path) -> Result<Lite> {
        let db = rusqlite::Connection::open(path)?;
        db.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
        db.execute_batch(
            "PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; \
             PRAGMA mmap_size=16777216",
        )?;
        keep_plans(&db)?;
        fold_every_letter(&db)?;
        Ok(Lite {
            db,
            known: HashMap::new(),
            spoiled: None,
            last_error: None,
        })
    }

    pub(crate) fn run(&mut self, sql: &str, args: &[Value], names: Names, each: Each) -> Result<u64> {
        let done = self.try_run(sql, args, names, each);
        if let Err(error) = &done {
            self.last_error = Some(error.clone());
        }
        done
    }

    fn try_run(&mut self, sql: &str, args: &[Value], names: Names, each: Each) -> Result<u64> {
        if !self.known.contains_key(sql) {
            if self.known.len() >= KEPT_STATEMENTS {
                self.known.clear();
            }
            self.known.insert(
                sql.into(),
                Known {
                    text: sql::numbered(sql),
                    names: &[],
                },
            );
        }
        let known = self.known.get_mut(sql).expect("invariant: inserted above");
        let mut statement = self.db.prepare_cached(&known.text)?;
        if statement.parameter_count() != args.len() {
            return Err(count(statement.parameter_count(), args.len()));
        }
        let args = rusqlite::params_from_iter(args);
        let Some(each) = each else {
            return Ok(statement.execute(args)? as u64);
        };
        if !std::ptr::eq(known.names, names) {
            same_names(names, statement.column_names())?;
            known.names = names;
        }
        let mut rows = statement.query(args)?;
        while let Some(row) = rows.next()? {
            each(&Row(RowRef::Lite(row)))?;
        }
        Ok(0)
    }

    /// One word of a transaction, read once for good: a busy writer says four of them for each body.
    pub(crate) fn word(&mut self, sql: &str) -> Result<()> {
        let done = self.db.prepare_cached(sql).and_then(|mut word| word.raw_execute());
        done.map(drop).map_err(|error| {
            let error = Error::from(error);
            self.last_error = Some(error.clone());
            error
        })
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.db.execute_batch(sql).map_err(|error| {
            let error = Error::from(error);
            self.last_error = Some(error.clone());
            error
        })
    }
}

pub(crate) fn count(wanted: usize, given: usize) -> Error {
    Error::Other(format!("the statement wants {wanted} arguments and got {given}"))
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    /// How often one statement is planned again while five values are bound to it in turn.
    fn planned_again(db: &rusqlite::Connection) -> i32 {
        db.execute_batch(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, into_id INTEGER, word TEXT); CREATE INDEX t_word ON t (word, id);
             CREATE INDEX t_into ON t (into_id) WHERE into_id IS NOT NULL;
             WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 500)
             INSERT INTO t (into_id, word) SELECT NULLIF(value % 7, 0), value % 50 FROM n; ANALYZE",
        )
        .unwrap();
        let mut statement = db.prepare("SELECT id FROM t WHERE word > ?1 AND into_id = ?2").unwrap();
        for n in 0..5 {
            let mut rows = statement.query((n.to_string(), n)).unwrap();
            while rows.next().unwrap().is_some() {}
        }
        statement.get_status(StatementStatus::RePrepare)
    }

    #[test]
    fn a_statement_is_planned_once_whatever_is_bound_to_it() {
        let plain = rusqlite::Connection::open_in_memory().unwrap();
        assert!(planned_again(&plain) > 0, "control: without it, it is planned again");
        let kept = rusqlite::Connection::open_in_memory().unwrap();
        keep_plans(&kept).unwrap();
        assert_eq!(planned_again(&kept), 0);
    }
}
