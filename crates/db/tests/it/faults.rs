//! A lost connection and a full disk: told clearly, survived without a restart.

use crate::mount::{in_namespace, run};
use crate::{add, ids, with_table};
use db::{Db, Error, PostgresOptions, SqliteOptions, args};
use std::path::Path;
use std::process::Command;

#[test]
fn a_killed_connection_fails_one_call_and_is_made_again() {
    let Some(database) = testpg::fresh_database() else {
        return;
    };
    let one = PostgresOptions {
        threads: 1,
        ..PostgresOptions::default()
    };
    let db = Db::postgres(&database.url, one).unwrap();
    with_table(&db);
    add(&db, 1, "before").unwrap();
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
    database.admin(kill);
    assert_eq!(add(&db, 2, "lost"), Err(Error::Closed));
    add(&db, 3, "after").unwrap();
    assert_eq!(ids(&db), [1, 3]);
    // in the middle of a transaction: nothing of it is kept
    let (name, url) = ("killed inside", database.url.clone());
    let answer = db.write_now(move |tx| {
        tx.exec("INSERT INTO note (id, body) VALUES (4, $1)", &args![name])?;
        let pid: i64 = tx.one("SELECT pg_backend_pid()::bigint", &[])?;
        std::thread::spawn(move || {
            let mut admin = postgres::Client::connect(&url, postgres::NoTls).unwrap();
            admin
                .execute("SELECT pg_terminate_backend($1)", &[&i32::try_from(pid).unwrap()])
                .unwrap();
        })
        .join()
        .unwrap();
        // a body that hides the loss goes on nowhere: not on a new connection, and not to a COMMIT
        let _ = tx.attempt(|tx| tx.exec("INSERT INTO note (id, body) VALUES (5, $1)", &args![name]));
        let _ = tx.one::<i64>("SELECT CAST(1 AS BIGINT)", &[]);
        Ok::<_, Error>(())
    });
    assert_eq!(answer, Err(Error::Closed));
    assert_eq!(ids(&db), [1, 3]);
}

#[test]
fn a_deadlock_is_an_error_that_may_be_tried_again() {
    let Some(stand) = testpg::postgres(PostgresOptions {
        // Half of them write.
        threads: 4,
        ..PostgresOptions::default()
    }) else {
        return;
    };
    let db = &stand.db;
    with_table(db);
    add(db, 1, "one").unwrap();
    add(db, 2, "two").unwrap();
    let barrier = std::sync::Arc::new(std::sync::Barrier::new(2));
    let answers: Vec<_> = std::thread::scope(|scope| {
        let calls = [(1_i64, 2_i64), (2, 1)].map(|(first, second)| {
            let barrier = barrier.clone();
            scope.spawn(move || {
                db.write_now(move |tx| {
                    let bump = "UPDATE note SET weight = weight + 1 WHERE id = $1";
                    tx.exec(bump, &args![first])?;
                    barrier.wait();
                    tx.exec(bump, &args![second])
                })
            })
        });
        calls.map(|call| call.join().unwrap()).into_iter().collect()
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(
        answers.iter().any(|answer| matches!(answer, Err(Error::Retry(_)))),
        "{answers:?}"
    );
    let weights: Vec<i64> = db
        .read_now(|r| r.query("SELECT weight FROM note ORDER BY id", &[]))
        .unwrap();
    assert_eq!(weights, [2, 2]);
}

#[test]
fn a_full_disk_refuses_writes_and_writing_resumes_when_there_is_space() {
    in_namespace(
        "faults::a_full_disk_refuses_writes_and_writing_resumes_when_there_is_space",
        || {
            let folder = tempfile::tempdir().unwrap();
            run(Command::new("mount")
                .args(["-t", "tmpfs", "-o", "size=8M", "tmpfs"])
                .arg(folder.path()));
            full_disk(folder.path());
            run(Command::new("umount").arg("-l").arg(folder.path()));
        },
    );
}

fn full_disk(folder: &Path) {
    let db = Db::sqlite(&folder.join("desk.db"), SqliteOptions::default()).unwrap();
    db.write_now(|tx| tx.exec("CREATE TABLE row (id BIGINT PRIMARY KEY, pad TEXT NOT NULL)", &[]))
        .unwrap();
    let filler = folder.join("filler");
    std::fs::write(&filler, vec![1; 4 << 20]).unwrap();
    let write = |id: i64| {
        db.write_now(move |tx| {
            tx.exec(
                "INSERT INTO row (id, pad) VALUES ($1, $2)",
                &args![id, "x".repeat(20_000)],
            )
        })
    };
    let there = || -> Vec<i64> { db.read_now(|r| r.query("SELECT id FROM row ORDER BY id", &[])).unwrap() };
    let mut kept = Vec::new();
    let refusal = (0..1_000)
        .find_map(|id| write(id).map(|_| kept.push(id)).err())
        .expect("8 MiB are full by then");
    assert!(matches!(refusal, Error::Full(_)), "{refusal}");
    assert!(kept.len() > 10);
    // reading goes on, each further write is refused alike, nothing acknowledged is lost
    assert_eq!(there(), kept);
    assert!((2_000..2_005).all(|id| matches!(write(id), Err(Error::Full(_)))));
    assert_eq!(there(), kept);
    std::fs::remove_file(&filler).unwrap();
    assert_eq!(write(3_000), Ok(1), "space came back, and no restart was needed");
    kept.push(3_000);
    assert_eq!(there(), kept);
    assert_eq!(db.check(), Ok(vec![]));
}
