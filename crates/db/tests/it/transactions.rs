//! One body, one transaction: what fails undoes itself and nothing else, by the same rule on both engines.

use crate::{add, ids, with_table};
use db::{Error, Migration, args};
use testpg::both;

#[derive(Debug, PartialEq)]
enum Trade {
    Refused(&'static str),
    Db(Error),
}
impl From<Error> for Trade {
    fn from(error: Error) -> Self {
        Trade::Db(error)
    }
}

const ADD: &str = "INSERT INTO note (id, body) VALUES ($1, $2)";
const LINES: &[Migration] = &[Migration::both(
    1,
    "lines",
    "CREATE TABLE line (id @pk, word TEXT NOT NULL)",
)];

#[test]
fn a_refusal_of_the_trade_undoes_its_body_and_comes_back_as_it_is() {
    both(|db| {
        with_table(&db);
        let answer = db.write_now(|tx| {
            tx.exec(ADD, &args![1, "gone"])?;
            Err::<(), _>(Trade::Refused("not today"))
        });
        assert_eq!(answer, Err(Trade::Refused("not today")));
        add(&db, 2, "kept").unwrap();
        assert_eq!(ids(&db), [2]);
    });
}

#[test]
fn a_panic_undoes_its_body_and_the_next_call_works() {
    both(|db| {
        with_table(&db);
        let answer = db.write_now(|tx| {
            tx.exec(ADD, &args![1, "gone"])?;
            if true {
                panic!("a fault {}", 7);
            }
            Ok::<(), Error>(())
        });
        assert_eq!(answer, Err(Error::Panicked("a fault 7".into())));
        let answer = db.read_now(|_| -> Result<(), Error> { panic!("plain") });
        assert_eq!(answer, Err(Error::Panicked("plain".into())));
        add(&db, 2, "kept").unwrap();
        assert_eq!(ids(&db), [2]);
    });
}

#[test]
fn after_a_failed_statement_nothing_more_runs_and_nothing_is_kept() {
    both(|db| {
        with_table(&db);
        let answer = db.write_now(|tx| {
            tx.exec(ADD, &args![1, "gone"])?;
            let first = tx.exec(ADD, &args![1, "twice"]);
            let second = tx.exec(ADD, &args![2, "gone"]);
            assert_eq!(second, first);
            assert_eq!(tx.query::<i64>("SELECT id FROM note", &[]).map(|_| 0), first);
            Ok::<_, Error>("a body that hides its failure")
        });
        assert_eq!(answer, Err(Error::Unique("note.id".into())));
        assert_eq!(ids(&db), [0; 0]);
    });
}

#[test]
fn what_fails_in_an_attempt_undoes_only_the_attempt() {
    both(|db| {
        with_table(&db);
        let inner = db
            .write_now(|tx| {
                tx.exec(ADD, &args![1, "kept"])?;
                let failed = tx.attempt(|tx| {
                    tx.exec(ADD, &args![2, "gone"])?;
                    tx.exec(ADD, &args![1, "twice"])
                });
                let refused = tx.attempt(|tx| {
                    tx.exec(ADD, &args![3, "gone"])?;
                    tx.attempt(|tx| tx.exec(ADD, &args![4, "gone"]))?;
                    Err::<(), _>(Trade::Refused("inside"))
                });
                let hidden = tx.attempt(|tx| {
                    let _ = tx.exec(ADD, &args![1, "twice"]);
                    Ok::<(), Error>(())
                });
                tx.attempt(|tx| tx.exec(ADD, &args![5, "kept"]))?;
                Ok::<_, Error>((failed, refused, hidden))
            })
            .unwrap();
        let twice = Error::Unique("note.id".into());
        assert_eq!(inner, (Err(twice.clone()), Err(Trade::Refused("inside")), Err(twice)));
        assert_eq!(ids(&db), [1, 5]);
    });
}

#[test]
fn rules_of_the_schema_have_the_same_names_on_both() {
    both(|db| {
        with_table(&db);
        let run = |sql: &'static str| db.write_now(move |tx| tx.exec(sql, &[])).unwrap_err();
        db.write_now(|tx| tx.exec("INSERT INTO place (id, name) VALUES (1, 'Cedar')", &[]))
            .unwrap();
        db.write_now(|tx| tx.exec("INSERT INTO note (id, place, body) VALUES (1, 1, 'x')", &[]))
            .unwrap();
        assert_eq!(
            run("INSERT INTO place (id, name) VALUES (2, 'Cedar')"),
            Error::Unique("place.name".into())
        );
        assert_eq!(
            run("INSERT INTO note (id, place, body) VALUES (2, 1, 'x')"),
            Error::Unique("note.place, note.body".into())
        );
        assert_eq!(
            run("INSERT INTO note (id, body) VALUES (2, NULL)"),
            Error::Check("note.body".into())
        );
        assert_eq!(
            run("INSERT INTO note (id, body, weight) VALUES (2, 'x', 0)"),
            Error::Check("heavy".into())
        );
        let missing = run("INSERT INTO note (id, place, body) VALUES (2, 9, 'x')");
        assert!(matches!(missing, Error::Reference(_)), "{missing}");
        let used = run("DELETE FROM place");
        assert!(matches!(used, Error::Reference(_)), "{used}");
        assert!(matches!(run("SELEKT"), Error::Other(_)));
    });
}

#[test]
fn a_read_cannot_write() {
    both(|db| {
        with_table(&db);
        let sneaked = db.read_now(|r| r.query::<i64>("INSERT INTO note (id, body) VALUES (1, 'x') RETURNING id", &[]));
        assert!(sneaked.is_err(), "{sneaked:?}");
        assert_eq!(ids(&db), [0; 0]);
        let wrote = db.write_now(|tx| tx.one::<i64>("INSERT INTO note (id, body) VALUES (1, 'x') RETURNING id", &[]));
        assert_eq!(wrote, Ok(1));
    });
}

#[test]
fn a_row_added_gives_its_own_key() {
    both(|db| {
        db.migrate(LINES).unwrap();
        let add = "INSERT INTO line (word) VALUES ($1) RETURNING id";
        let (first, second) = db
            .write_now(|tx| {
                let first = tx.insert(add, &args!["first"])?;
                Ok::<_, Error>((first, tx.insert(add, &args!["second"])?))
            })
            .unwrap();
        let words: Vec<(i64, String)> = db
            .read_now(|r| r.query("SELECT id, word FROM line ORDER BY id", &[]))
            .unwrap();
        assert_eq!(words, [(first, "first".into()), (second, "second".into())]);
        let nameless = db.write_now(|tx| tx.insert("INSERT INTO line (word) VALUES ($1)", &args!["third"]));
        assert!(nameless.is_err(), "{nameless:?}");
    });
}

#[test]
fn on_sqlite_a_body_that_reads_sees_one_moment() {
    let stand = testpg::sqlite(db::SqliteOptions::default());
    let db = &stand.db;
    with_table(db);
    add(db, 1, "before").unwrap();
    let writer = db.clone();
    let seen = db.read_now(move |r| {
        let count = "SELECT count(*) FROM note";
        let before: i64 = r.one(count, &[])?;
        std::thread::spawn(move || add(&writer, 2, "meanwhile"))
            .join()
            .expect("no panic")?;
        Ok::<_, Error>((before, r.one::<i64>(count, &[])?))
    });
    assert_eq!(seen, Ok((1, 1)));
    let refused = db.read_now(|r| r.query::<i64>("SELEKT", &[]));
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(ids(db), [1, 2], "and the next one sees what is there now");
}

#[test]
fn blocking_calls_work_inside_a_runtime_too() {
    both(|db| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            with_table(&db);
            add(&db, 1, "kept").unwrap();
            let read = db.read(|r| r.one::<i64>("SELECT COUNT(*) FROM note", &[])).await;
            assert_eq!(read, Ok(1));
        });
    });
}

#[test]
fn a_caller_that_left_before_its_turn_changes_nothing() {
    both(|db| {
        with_table(&db);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            // every thread that writes is held, then the call behind them is given up
            let (release, gate) = std::sync::mpsc::channel::<()>();
            let gate = std::sync::Arc::new(std::sync::Mutex::new(gate));
            let held: Vec<_> = (0..4)
                .map(|_| {
                    let (db, gate) = (db.clone(), gate.clone());
                    tokio::spawn(async move {
                        db.write(move |_| {
                            let _ = gate.lock().unwrap().recv();
                            Ok::<_, Error>(())
                        })
                        .await
                    })
                })
                .collect();
            tokio::task::yield_now().await;
            let left = db.write(|tx| tx.exec(ADD, &args![1, "left"]));
            tokio::select! { biased; _ = left => unreachable!("every thread is held"), () = std::future::ready(()) => {} }
            drop(release);
            for call in held {
                call.await.unwrap().unwrap();
            }
        });
        add(&db, 2, "kept").unwrap();
        assert_eq!(ids(&db), [2]);
    });
}
