//! The bare engine on the same rows: rusqlite on a copy of the same file, with the same durability, and nothing of ours.

use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

pub(crate) struct Floor {
    db: RefCell<Connection>,
    rows: Vec<(String, Vec<Value>)>,
}

const LIST: &str = "SELECT t.number, t.subject, t.status, t.priority, t.channel, t.team, a.name, r.name, t.created_at,
    t.updated_at, t.next_due FROM ticket t JOIN person r ON r.id = t.requester LEFT JOIN person a ON a.id = t.assignee
    WHERE t.stage < 2 ORDER BY t.stage, t.next_due, t.number LIMIT 51";

impl Floor {
    pub(crate) fn copy_of(file: &Path, to: &Path) -> Floor {
        std::fs::copy(file, to).expect("the closed file is copied");
        let db = Connection::open(to).expect("SQLite opens its file");
        db.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA foreign_keys=ON;
             PRAGMA wal_autocheckpoint=4000",
        )
        .expect("SQLite takes its settings");
        let rows = ["ticket", "message", "event"]
            .iter()
            .map(|table| insert_of(&db, table))
            .collect();
        Floor {
            db: RefCell::new(db),
            rows,
        }
    }

    /// The rows of a list of fifty; how many.
    pub(crate) fn list(&self) -> usize {
        let db = self.db.borrow();
        let mut statement = db.prepare_cached(LIST).expect("SQL");
        let row = |row: &rusqlite::Row<'_>| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(7)?,
            ))
        };
        statement.query_map([], row).expect("rows").flatten().count()
    }

    /// A ticket and its messages; how many bytes were said.
    pub(crate) fn ticket(&self, number: i64) -> usize {
        let db = self.db.borrow();
        let mut one = db
            .prepare_cached("SELECT * FROM ticket WHERE number = ?1")
            .expect("SQL");
        let subject: String = one.query_row([number], |row| row.get(1)).expect("a ticket");
        let mut said =
            db.prepare_cached("SELECT id, kind, body, html, at FROM message WHERE ticket = ?1 ORDER BY at, id");
        let said = said.as_mut().expect("SQL");
        let bodies = said.query_map([number], |row| row.get::<_, String>(2)).expect("rows");
        subject.len() + bodies.flatten().map(|body| body.len()).sum::<usize>()
    }

    /// One ticket with its first message and its event, durable; how long.
    pub(crate) fn create(&self) -> Duration {
        self.group(1)
    }

    /// So many of them in one durable transaction.
    pub(crate) fn group(&self, many: usize) -> Duration {
        let begun = Instant::now();
        let mut db = self.db.borrow_mut();
        let tx = db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .expect("alone on this file");
        for _ in 0..many {
            for (sql, values) in &self.rows {
                tx.prepare_cached(sql)
                    .expect("SQL")
                    .execute(params_from_iter(values))
                    .expect("a row");
            }
        }
        tx.commit().expect("kept");
        begun.elapsed()
    }

    /// Letters in one durable transaction, bytes and line; how long.
    pub(crate) fn letters(&self, raw: &[Vec<u8>]) -> Duration {
        let begun = Instant::now();
        let mut db = self.db.borrow_mut();
        let tx = db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .expect("alone on this file");
        for one in raw {
            tx.prepare_cached(
                "INSERT INTO letter (received_at, envelope_from, envelope_to, way, bytes, sha256, state)
                 VALUES (1, 'a@b.example', '[]', 'smtp', ?1, 'digest', 'kept')",
            )
            .expect("SQL")
            .execute([i64::try_from(one.len()).unwrap_or(0)])
            .expect("a row");
            let id = tx.last_insert_rowid();
            let mut bytes = tx
                .prepare_cached("INSERT INTO letter_raw (letter, raw) VALUES (?1, ?2)")
                .expect("SQL");
            bytes.execute(params![id, one]).expect("a row");
        }
        tx.commit().expect("kept");
        begun.elapsed()
    }
}

/// A statement that adds another row like the newest of a table.
fn insert_of(db: &Connection, table: &str) -> (String, Vec<Value>) {
    let mut newest = db
        .prepare(&format!("SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1"))
        .expect("SQL");
    let names: Vec<String> = newest.column_names().map(str::to_string).skip(1).collect();
    let read = |row: &rusqlite::Row<'_>| (1..=names.len()).map(|at| row.get::<_, Value>(at)).collect();
    let values: Vec<Value> = newest.query_row([], read).expect("a row");
    let marks = vec!["?"; names.len()].join(", ");
    (
        format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", ")),
        values,
    )
}
