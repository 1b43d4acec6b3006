//! One fsync for all who wait, and nobody hears of success before it.

use crate::{add, ids, with_table};
use db::{Error, SqliteOptions, args};
use std::sync::mpsc;
use testpg::sqlite;

const ADD: &str = "INSERT INTO note (id, body) VALUES ($1, 'x')";

#[test]
fn many_writers_share_commits() {
    let stand = sqlite(SqliteOptions::default());
    let db = &stand.db;
    with_table(db);
    let before = db.stats();
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    runtime.block_on(async {
        let (go, gate) = mpsc::channel::<()>();
        let holder = db.clone();
        let held = tokio::spawn(async move {
            let wait = move |_: &mut db::Write| gate.recv().map_err(|_| Error::NotFound);
            holder.write(wait).await
        });
        let calls: Vec<_> = (0..400_i64)
            .map(|i| {
                let db = db.clone();
                tokio::spawn(async move { db.write(move |tx| tx.exec(ADD, &args![i])).await })
            })
            .collect();
        go.send(()).unwrap();
        held.await.unwrap().unwrap();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    });
    let after = db.stats();
    assert_eq!(ids(db).len(), 400);
    assert_eq!((after.kept - before.kept, after.waiting), (401, 0));
    let commits = after.commits - before.commits;
    assert!(commits * 4 < 400, "{commits} commits for 400 writes");
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
    add(db, 0, "before").unwrap();
    // both come into one group unless the machine pauses in between: then it is tried again
    let lost = (1..50).find(|id| match beside_an_ender(db, *id) {
        Ok(_) => {
            assert!(ids(db).contains(id));
            false
        }
        Err(error) => {
            assert!(matches!(error, Error::Commit(_)), "{error}");
            assert!(!ids(db).contains(id));
            true
        }
    });
    assert!(lost.is_some(), "the two never shared a group");
    add(db, 99, "after").unwrap();
    assert!(ids(db).contains(&99) && ids(db).contains(&0));
}

/// Writes a row that waits in the group's transaction while a body that rolls all of it back comes behind it.
fn beside_an_ender(db: &db::Db, id: i64) -> Result<u64, Error> {
    let (go, gate) = mpsc::channel::<()>();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (first, ender, third, ()) = runtime.block_on(async {
        let first = db.write(move |tx| {
            let _ = gate.recv();
            tx.exec(ADD, &args![id])
        });
        let ender = db.write(|tx| tx.exec("INSERT OR ROLLBACK INTO note (id, body) VALUES (0, 'twice')", &[]));
        let third = db.write(move |tx| tx.exec(ADD, &args![id + 100]));
        tokio::join!(first, ender, third, async { drop(go) })
    });
    assert_eq!(third, Ok(1), "the one behind has lost nothing");
    assert_eq!(ender, Err(Error::Unique("note.id".into())));
    first
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
