//! PostgreSQL standing still: what holds rows or names holds others up, and reads go on all the same.

use db::{Error, PostgresOptions, Write, args};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::with_table;

const PATIENCE: Duration = Duration::from_secs(8);

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        thread::yield_now();
    }
}

#[test]
fn reads_find_a_thread_while_every_write_stands() {
    let options = PostgresOptions {
        threads: 4,
        ..PostgresOptions::default()
    };
    let Some(stand) = testpg::postgres(options) else { return };
    let (entered, inside) = mpsc::channel();
    let (go, gate) = mpsc::channel::<()>();
    let db = stand.db.clone();
    let holder = thread::spawn(move || {
        db.write_now(move |tx| {
            tx.hold_name("all")?;
            entered.send(()).unwrap();
            let _ = gate.recv();
            Ok::<_, Error>(())
        })
    });
    inside.recv().unwrap();
    let ended = Arc::new(AtomicUsize::new(0));
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (db, ended) = (stand.db.clone(), ended.clone());
            thread::spawn(move || {
                let done = db.write_now(|tx| tx.hold_name("all"));
                ended.fetch_add(1, Ordering::SeqCst);
                done
            })
        })
        .collect();
    until("the writes wait", || stand.db.stats().waiting >= 5);
    assert_eq!(stand.db.read_now(|r| r.one::<i64>("SELECT 5::BIGINT", &[])), Ok(5));
    assert_eq!(
        ended.load(Ordering::SeqCst),
        0,
        "the read did not have to wait for a write"
    );
    drop(go);
    holder.join().unwrap().unwrap();
    for writer in writers {
        writer.join().unwrap().unwrap();
    }
    assert_eq!(stand.db.stats().waiting, 0);
}

fn add_one(tx: &mut Write, holds: bool) -> Result<(), Error> {
    if holds {
        tx.hold_rows("SELECT id FROM note WHERE id = $1 FOR NO KEY UPDATE", &args![1])?;
    }
    let body: String = tx.one("SELECT body FROM note WHERE id = $1", &args![1])?;
    tx.exec("UPDATE note SET body = $1 WHERE id = $2", &args![body + "x", 1])?;
    Ok(())
}

#[test]
fn whoever_holds_the_row_first_loses_nothing() {
    testpg::both(|db| {
        with_table(&db);
        for holds in [true, false] {
            db.write_now(|tx| tx.exec("DELETE FROM note", &[])).unwrap();
            db.write_now(|tx| tx.exec("INSERT INTO note (id, body) VALUES (1, '')", &[]))
                .unwrap();
            let writers: Vec<_> = (0..8)
                .map(|_| {
                    let db = db.clone();
                    thread::spawn(move || {
                        for _ in 0..50 {
                            db.write_now(move |tx| add_one(tx, holds)).unwrap();
                        }
                    })
                })
                .collect();
            for writer in writers {
                writer.join().unwrap();
            }
            let kept: String = db.read_now(|r| r.one("SELECT body FROM note", &[])).unwrap();
            let side_by_side = db.dialect() == db::Dialect::Postgres;
            assert_eq!(
                kept.len() == 400,
                holds || !side_by_side,
                "{} of 400, holding: {holds}",
                kept.len()
            );
        }
    });
}

#[test]
fn a_name_is_held_by_one_at_a_time_and_let_go_with_its_transaction() {
    testpg::both(|db| {
        let within = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..8)
            .map(|n| {
                let (db, within) = (db.clone(), within.clone());
                thread::spawn(move || {
                    for _ in 0..20 {
                        let within = within.clone();
                        let done = db.write_now(move |tx| {
                            tx.hold_name("letter:é")?;
                            assert_eq!(within.fetch_add(1, Ordering::SeqCst), 0);
                            let _: i64 = tx.one("SELECT CAST(1 AS BIGINT)", &[])?;
                            within.fetch_sub(1, Ordering::SeqCst);
                            if n % 2 == 0 { Ok(()) } else { Err(Error::NotFound) }
                        });
                        assert_eq!(done.is_ok(), n % 2 == 0, "{done:?}");
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.join().unwrap();
        }
    });
}
