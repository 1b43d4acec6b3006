//! How an engine is opened, refused, overloaded, closed; and what the two have in common there.

use crate::{add, ids, with_table};
use db::{Db, Error, PostgresOptions, SqliteOptions};
use std::process::Command;
use std::sync::{Arc, Mutex, mpsc};

#[test]
fn a_second_process_is_refused_and_may_come_when_the_first_has_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let db = Db::sqlite(&path, SqliteOptions::default()).unwrap();
    let error = Db::sqlite(&path, SqliteOptions::default()).err().unwrap();
    assert_eq!(error, Error::InUse(path.display().to_string()));
    assert!(
        error
            .to_string()
            .contains("in use by another process: stop that one first"),
        "{error}"
    );
    // a process of another kind sees the same lock
    let lock = format!("{}.lock", path.display());
    let free = || {
        Command::new("flock")
            .args(["-n", &lock, "true"])
            .status()
            .unwrap()
            .success()
    };
    assert!(!free());
    drop(db);
    assert!(free());
    Db::sqlite(&path, SqliteOptions::default()).unwrap();
}

#[test]
fn what_cannot_be_opened_is_told_in_plain_words() {
    let error = Db::sqlite("/nowhere/at/all/desk.db".as_ref(), SqliteOptions::default())
        .err()
        .unwrap();
    assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    let error = Db::postgres("no address", PostgresOptions::default()).err().unwrap();
    assert!(error.to_string().contains("no PostgreSQL address"), "{error}");
    let error = Db::postgres("postgres://nobody@127.0.0.1:9/none", PostgresOptions::default())
        .err()
        .unwrap();
    assert!(error.to_string().contains("refused"), "{error}");
}

#[test]
fn a_full_backlog_answers_at_once() {
    let options = SqliteOptions {
        readers: 1,
        backlog: 3,
        ..SqliteOptions::default()
    };
    let mut stands = vec![testpg::sqlite(options)];
    let options = PostgresOptions {
        threads: 1,
        backlog: 3,
        ..PostgresOptions::default()
    };
    stands.extend(testpg::postgres(options));
    for stand in stands {
        let db = &stand.db;
        let (entered, inside) = mpsc::channel();
        let (go, gate) = mpsc::channel::<()>();
        let (holder, gate) = (db.clone(), Arc::new(Mutex::new(gate)));
        let held = std::thread::spawn(move || {
            holder.write_now(move |_| {
                entered.send(()).unwrap();
                let _ = gate.lock().unwrap().recv();
                Ok::<_, Error>(())
            })
        });
        inside.recv().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut calls: Vec<_> = (0..5).map(|_| Box::pin(db.write(|_| Ok::<_, Error>(())))).collect();
            let mut refused = 0;
            for call in &mut calls {
                // asked once: a refusal is there at once, a place in the queue is still waiting
                if let Some(answer) = polled_once(call.as_mut()).await {
                    assert_eq!(answer, Err(Error::Overloaded));
                    refused += 1;
                }
            }
            assert_eq!(refused, 2);
            drop(go);
            // a full queue is no harm to those in it
            for call in calls.into_iter().take(3) {
                assert_eq!(call.await, Ok(()));
            }
        });
        held.join().unwrap().unwrap();
        assert_eq!(db.write_now(|_| Ok::<_, Error>(5)), Ok(5));
    }
}

async fn polled_once<F: Future + Unpin>(mut call: F) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match std::pin::Pin::new(&mut call).poll(context) {
            std::task::Poll::Ready(answer) => Some(answer),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

#[test]
fn closing_finishes_what_waits_and_leaves_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let db = Db::sqlite(&path, SqliteOptions::default()).unwrap();
    with_table(&db);
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let calls: Vec<_> = (0..500)
        .map(|i| {
            let db = db.clone();
            runtime.spawn(async move {
                db.write(move |tx| tx.exec("INSERT INTO note (id, body) VALUES ($1, 'x')", &db::args![i]))
                    .await
            })
        })
        .collect();
    drop(db);
    let kept = calls
        .into_iter()
        .map(|call| runtime.block_on(call).unwrap())
        .filter(Result::is_ok)
        .count();
    drop(runtime);
    assert_eq!(kept, 500);
    let mut files: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    files.sort();
    assert_eq!(files, ["desk.db", "desk.db.lock"]);
    assert_eq!(ids(&Db::sqlite(&path, SqliteOptions::default()).unwrap()).len(), 500);
}

#[test]
fn a_body_may_own_the_last_handle() {
    testpg::both(|db| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let inner = db.clone();
        let answer = runtime.block_on(db.write(move |_| {
            drop(inner);
            Ok::<_, Error>(1)
        }));
        assert_eq!(answer, Ok(1));
    });
    let folder = tempfile::tempdir().unwrap();
    let db = Db::sqlite(&folder.path().join("desk.db"), SqliteOptions::default()).unwrap();
    let (sent, done) = mpsc::channel();
    let inner = db.clone();
    let call = Box::pin(async move {
        let handle = inner.clone();
        inner
            .read(move |_| {
                drop(handle);
                sent.send(()).unwrap();
                Ok::<_, Error>(())
            })
            .await
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    drop(db);
    runtime.block_on(call).unwrap();
    done.recv().unwrap();
}

#[test]
fn two_desks_in_one_postgres_do_not_see_each_other() {
    let Some(database) = testpg::fresh_database() else {
        return;
    };
    let desk = |schema: &str| {
        let schema = Some(schema.to_string());
        Db::postgres(
            &database.url,
            PostgresOptions {
                threads: 3,
                schema,
                ..PostgresOptions::default()
            },
        )
        .unwrap()
    };
    let (cedar, larch) = (desk("cedar"), desk("Larch \"2\""));
    for db in [&cedar, &larch] {
        with_table(db);
    }
    add(&cedar, 1, "of Cedar").unwrap();
    add(&larch, 2, "of Larch").unwrap();
    // every thread of the pool is asked
    let seen: Vec<_> = std::thread::scope(|scope| {
        let asks: Vec<_> = (0..12).map(|_| scope.spawn(|| ids(&cedar))).collect();
        asks.into_iter().map(|ask| ask.join().unwrap()).collect()
    });
    assert!(seen.iter().all(|ids| *ids == [1]), "{seen:?}");
    assert_eq!(ids(&larch), [2]);
}

#[test]
fn sqlite_runs_as_it_was_asked_to() {
    for (synchronous, number) in [(db::Synchronous::Full, 2), (db::Synchronous::Normal, 1)] {
        let stand = testpg::sqlite(SqliteOptions {
            synchronous,
            ..SqliteOptions::default()
        });
        let ask = |pragma: &'static str| stand.db.write_now(move |tx| tx.one::<i64>(pragma, &[])).unwrap();
        assert_eq!(ask("PRAGMA synchronous"), number);
        assert_eq!(ask("PRAGMA foreign_keys"), 1);
        assert_eq!(
            stand.db.read_now(|r| r.one::<String>("PRAGMA journal_mode", &[])),
            Ok("wal".into())
        );
        assert_eq!(stand.db.read_now(|r| r.one::<i64>("PRAGMA query_only", &[])), Ok(1));
    }
}
