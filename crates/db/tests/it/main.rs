//! What the trade relies on, on both engines wherever both can show it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test says what it could not run"
)]

mod backup;
mod engines;
mod faults;
mod group;
mod log;
mod migrations;
mod mount;
mod power_cut;
mod rows;
mod sql;
mod standing;
mod transactions;

use db::{Db, Error, args};

/// A table with one of each kind of rule.
pub(crate) fn with_table(db: &Db) {
    db.write_now(|tx| {
        tx.exec(
            "CREATE TABLE place (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            &[],
        )?;
        tx.exec(
            "CREATE TABLE note (id BIGINT PRIMARY KEY, place BIGINT REFERENCES place (id), body TEXT NOT NULL, \
             weight BIGINT NOT NULL DEFAULT 1, CONSTRAINT heavy CHECK (weight > 0), UNIQUE (place, body))",
            &[],
        )
    })
    .unwrap();
}

pub(crate) fn add(db: &Db, id: i64, body: &'static str) -> Result<u64, Error> {
    db.write_now(move |tx| tx.exec("INSERT INTO note (id, body) VALUES ($1, $2)", &args![id, body]))
}

pub(crate) fn ids(db: &Db) -> Vec<i64> {
    db.read_now(|r| r.query("SELECT id FROM note ORDER BY id", &[]))
        .unwrap()
}
