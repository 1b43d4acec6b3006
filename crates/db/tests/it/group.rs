//! One fsync for all who wait, and nobody hears of success before it.

use crate::{add, ids, with_table};
use db::{Error, SqliteOptions, args};
use std::sync::mpsc;
use testpg::sqlite;

const ADD: &str = "INSERT INTO note (id, body) VALUES ($1, 'x')";

/// Commits are counted by what SQLite says has changed: its file's change counter moves once a commit.
fn commits(db: &db::Db) -> i64 {
    db.read_now(|r| r.one::<i64>("PRAGMA data_version", &[])).unwrap()
}

#[test]
fn many_writers_share_commits() {
    let stand = sqlite(SqliteOptions {
        readers: 1,
        ..SqliteOptions::default()
    });
    let db = &stand.db;
    with_table(db);
    let (go, gate) = mpsc::channel::<()>();
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let before = commits(db);
    let seen = runtime.block_on(async {
        let holder = db.clone();
        let held = tokio::spawn(async move {
            holder
                .write(move |_| {
                    let _ = gate.recv();
                    Ok::<_, Error>(())
                })
                .await
        });
        let waiting: Vec<_> = (0..200)
            .map(|i| {
                let db = db.clone();
                tokio::spawn(async move { db.write(move |tx| tx.exec(ADD, &args![i])).await })
            })
            .collect();
        tokio::task::yield_now().await;
        drop(go);
        held.await.unwrap().unwrap();
        let mut changes = std::collections::BTreeSet::new();
        for call in waiting {
            call.await.unwrap().unwrap();
            // data_version of the one reader differs after each commit it can tell apart
            changes.insert(db.read(|r| r.one::<i64>("PRAGMA data_version", &[])).await.unwrap());
        }
        changes.len()
    });
    assert_eq!(ids(db).len(), 200);
    assert!(commits(db) > before, "the control: data_version moves at all");
    assert!(seen < 100, "200 writes were seen in {seen} states");
}

#[test]
fn a_refusal_in_a_group_spares_the_others() {
    let stand = sqlite(SqliteOptions::default());
    with_table(&stand.db);
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    runtime.block_on(async {
        let calls: Vec<_> = (0..100_i64)
            .map(|i| {
                let db = stand.db.clone();
                tokio::spawn(async move {
                    db.write(move |tx| {
                        tx.exec(ADD, &args![i])?;
                        match i % 4 {
                            0 => Err(Error::NotFound),
                            1 => tx.exec(ADD, &args![i]),
                            2 => panic!("a fault"),
                            _ => Ok(0),
                        }
                    })
                    .await
                })
            })
            .collect();
        for (i, call) in calls.into_iter().enumerate() {
            assert_eq!(call.await.unwrap().is_ok(), i % 4 == 3, "{i}");
        }
    });
    assert_eq!(ids(&stand.db), (0..100).filter(|i| i % 4 == 3).collect::<Vec<_>>());
}

#[test]
fn a_body_that_ends_the_whole_transaction_fails_those_before_it_and_nobody_else() {
    let stand = sqlite(SqliteOptions::default());
    let db = &stand.db;
    with_table(db);
    add(db, 1, "before").unwrap();
    let (go, gate) = mpsc::channel::<()>();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (first, ender) = runtime.block_on(async {
        // held in the group's transaction while the next body comes to wait behind it
        let first = db.write(move |tx| {
            let _ = gate.recv();
            tx.exec("INSERT INTO note (id, body) VALUES (2, 'lost')", &[])
        });
        let ender = db.write(|tx| tx.exec("INSERT OR ROLLBACK INTO note (id, body) VALUES (1, 'twice')", &[]));
        let release = async { drop(go) };
        let (first, ender, ()) = tokio::join!(first, ender, release);
        (first, ender)
    });
    assert_eq!(ender, Err(Error::Unique("note.id".into())));
    // the one before heard no success, unless its group was committed before the ender came
    match first {
        Ok(_) => assert_eq!(ids(db), [1, 2]),
        Err(error) => {
            assert!(matches!(error, Error::Commit(_)), "{error}");
            assert_eq!(ids(db), [1]);
        }
    }
    add(db, 3, "after").unwrap();
}

#[test]
fn a_commit_that_fails_fails_its_body_and_the_next_works() {
    testpg::both(|db| {
        db.write_now(|tx| tx.exec("CREATE TABLE place (id BIGINT PRIMARY KEY)", &[]))
            .unwrap();
        let late = "CREATE TABLE late (place BIGINT REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED)";
        db.write_now(move |tx| tx.exec(late, &[])).unwrap();
        let error = db
            .write_now(|tx| tx.exec("INSERT INTO late (place) VALUES (9)", &[]))
            .unwrap_err();
        assert!(matches!(error, Error::Commit(_)), "{error}");
        assert_eq!(db.read_now(|r| r.one::<i64>("SELECT COUNT(*) FROM late", &[])), Ok(0));
        db.write_now(|tx| tx.exec("INSERT INTO place (id) VALUES (1)", &[]))
            .unwrap();
    });
}
