//! Following a log: nothing is passed over, and those who wait are woken.

use db::{Db, Error, Migration, PostgresOptions, args};
use std::sync::mpsc;
use std::time::Duration;
use testpg::both;

const LOG: &[Migration] = &[Migration::both(
    1,
    "log",
    "CREATE TABLE event (id @pk, tx BIGINT NOT NULL DEFAULT @txid, body TEXT NOT NULL)",
)];
const ADD: &str = "INSERT INTO event (body) VALUES ($1)";

/// As a follower reads: the horizon first, then what lies behind the cursor and below the horizon.
fn follow(db: &Db, cursor: (i64, i64), with_horizon: bool) -> Vec<(i64, i64, String)> {
    db.read_now(move |r| {
        let horizon = if with_horizon { r.horizon()? } else { i64::MAX };
        r.query(
            "SELECT tx, id, body FROM event WHERE (tx, id) > ($1, $2) AND tx < $3 ORDER BY tx, id",
            &args![cursor.0, cursor.1, horizon],
        )
    })
    .unwrap()
}

/// Reads twice, while an earlier transaction is still open and after it committed; what was seen in all, by id.
fn seen_around_a_late_commit(db: &Db, with_horizon: bool) -> Vec<String> {
    let (in_transaction, began) = mpsc::channel();
    let (go, gate) = mpsc::channel::<()>();
    let late = db.clone();
    let late = std::thread::spawn(move || {
        late.write_now(move |tx| {
            tx.exec(ADD, &args!["early id, late commit"])?;
            in_transaction.send(()).unwrap();
            let _ = gate.recv();
            Ok::<_, Error>(())
        })
    });
    began.recv().unwrap();
    let quick = db.clone();
    let quick = std::thread::spawn(move || quick.write_now(|tx| tx.exec(ADD, &args!["late id, early commit"])));
    if db.dialect() == db::Dialect::Postgres {
        quick.join().unwrap().unwrap();
        let first = follow(db, (0, 0), with_horizon);
        drop(go);
        late.join().unwrap().unwrap();
        return read_on(db, first, with_horizon);
    }
    // the one writer holds the second back until the first is done
    let first = follow(db, (0, 0), with_horizon);
    drop(go);
    late.join().unwrap().unwrap();
    quick.join().unwrap().unwrap();
    read_on(db, first, with_horizon)
}

/// Goes on from where the first look ended. With the horizon a row may come late, since tests beside this one have
/// transactions on the same server; without it everything there is comes at once.
fn read_on(db: &Db, first: Vec<(i64, i64, String)>, with_horizon: bool) -> Vec<String> {
    let mut seen = first;
    let began = std::time::Instant::now();
    loop {
        let cursor = seen.last().map_or((0, 0), |(tx, id, _)| (*tx, *id));
        seen.extend(follow(db, cursor, with_horizon));
        if !with_horizon || seen.len() >= 2 || began.elapsed() > Duration::from_secs(20) {
            return seen.into_iter().map(|(_, _, body)| body).collect();
        }
    }
}

#[test]
fn a_late_commit_is_not_passed_over() {
    both(|db| {
        db.migrate(LOG).unwrap();
        let mut seen = seen_around_a_late_commit(&db, true);
        seen.sort();
        assert_eq!(seen, ["early id, late commit", "late id, early commit"]);
    });
}

#[test]
fn without_the_horizon_a_late_commit_is_lost_on_postgres() {
    let Some(stand) = testpg::postgres(PostgresOptions::default()) else {
        return;
    };
    stand.db.migrate(LOG).unwrap();
    assert_eq!(seen_around_a_late_commit(&stand.db, false), ["late id, early commit"]);
}

#[test]
fn an_announced_commit_wakes_and_a_silent_or_refused_one_does_not() {
    let stand = testpg::sqlite(db::SqliteOptions::default());
    let db = &stand.db;
    db.migrate(LOG).unwrap();
    let mut heard = db.subscribe();
    db.write_now(|tx| tx.exec(ADD, &args!["silent"])).unwrap();
    let refused = db.write_now(|tx| {
        tx.announce();
        Err::<(), _>(Error::NotFound)
    });
    assert_eq!(refused, Err(Error::NotFound));
    assert!(!heard.has_changed().unwrap());
    db.write_now(|tx| {
        tx.announce();
        tx.exec(ADD, &args!["loud"])
    })
    .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime
        .block_on(async { tokio::time::timeout(Duration::from_secs(5), heard.changed()).await })
        .unwrap()
        .unwrap();
}

#[test]
fn another_node_is_woken_and_only_on_the_same_desk() {
    let Some(database) = testpg::fresh_database() else {
        return;
    };
    let node = |schema: &str| {
        let schema = Some(schema.to_string());
        Db::postgres(
            &database.url,
            PostgresOptions {
                threads: 2,
                schema,
                ..PostgresOptions::default()
            },
        )
        .unwrap()
    };
    let (one, two, other) = (node("cedar"), node("cedar"), node("larch"));
    one.migrate(LOG).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (mut heard, mut beside) = (two.subscribe(), other.subscribe());
        // each listener says one word of its own when it is ready
        for ready in [&mut heard, &mut beside] {
            tokio::time::timeout(Duration::from_secs(10), ready.changed())
                .await
                .unwrap()
                .unwrap();
        }
        let loud = one.write(|tx| {
            tx.announce();
            tx.exec(ADD, &args!["x"])
        });
        loud.await.unwrap();
        tokio::time::timeout(Duration::from_secs(10), heard.changed())
            .await
            .unwrap()
            .unwrap();
        assert!(!beside.has_changed().unwrap());
    });
}
