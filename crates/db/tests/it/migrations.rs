//! The schema's history is followed, never guessed.

use db::{Db, Dialect, Migration, args};
use testpg::both;

const ONE: Migration = Migration::both(
    1,
    "people",
    "CREATE TABLE person (id @pk, photo @bytes, tx BIGINT DEFAULT @txid)",
);
const TWO: Migration = Migration {
    number: 2,
    name: "names",
    sqlite: "ALTER TABLE person ADD COLUMN name TEXT NOT NULL DEFAULT 'sqlite'; CREATE INDEX names ON person (name)",
    postgres: "ALTER TABLE person ADD COLUMN name TEXT NOT NULL DEFAULT 'postgres'; CREATE INDEX names ON person (name)",
};

fn refused(db: &Db, steps: &[Migration]) -> String {
    db.migrate(steps).unwrap_err().to_string()
}

#[test]
fn each_step_is_applied_once_in_order() {
    both(|db| {
        assert_eq!(db.schema_version(), Ok(0));
        assert_eq!(db.migrate(&[ONE]), Ok(1));
        assert_eq!(db.migrate(&[ONE, TWO]), Ok(1));
        assert_eq!(db.migrate(&[ONE, TWO]), Ok(0));
        assert_eq!(db.schema_version(), Ok(2));
        let add = "INSERT INTO person (photo) VALUES ($1) RETURNING id, tx > 0, name";
        let row: (i64, bool, String) = db.write_now(move |tx| tx.one(add, &args![b"x"])).unwrap();
        let wanted = if db.dialect() == Dialect::Sqlite {
            (1, false, "sqlite")
        } else {
            (1, true, "postgres")
        };
        assert_eq!((row.0, row.1, row.2.as_str()), wanted);
    });
}

#[test]
fn a_changed_unknown_or_newer_history_is_refused_in_plain_words() {
    both(|db| {
        db.migrate(&[ONE, TWO]).unwrap();
        let changed = Migration::both(1, "people", "CREATE TABLE person (id @pk)");
        assert!(refused(&db, &[changed, TWO]).contains("migration 1 (people) is not the text"));
        assert!(refused(&db, &[ONE]).contains("written by a newer version (its schema is 2, this program knows 1)"));
        let three = Migration::both(3, "three", "CREATE TABLE three (id @pk)");
        assert!(refused(&db, &[ONE, three]).contains("has migration 2 (names), this program has not"));
        assert!(refused(&db, &[TWO, ONE]).contains("migration 2 stands before 1"));
        let late = Migration::both(0, "late", "CREATE TABLE late (id @pk)");
        assert!(refused(&db, &[late, ONE, TWO]).contains("older than what is applied"));
        assert_eq!(db.migrate(&[ONE, TWO]), Ok(0));
    });
}

#[test]
fn a_step_that_fails_is_undone_whole_and_can_be_tried_again() {
    both(|db| {
        let bad = Migration::both(2, "bad", "CREATE TABLE half (id @pk); CREATE TABLE person (id @pk)");
        assert!(refused(&db, &[ONE, bad]).contains("migration 2 (bad) failed and was undone"));
        assert_eq!(db.schema_version(), Ok(1));
        let good = Migration::both(2, "good", "CREATE TABLE half (id @pk)");
        assert_eq!(db.migrate(&[ONE, good]), Ok(1));
        // references are watched again afterwards
        let refer = Migration::both(
            3,
            "refer",
            "CREATE TABLE refer (half BIGINT NOT NULL REFERENCES half (id))",
        );
        assert_eq!(db.migrate(&[ONE, good, refer]), Ok(1));
        assert!(
            db.write_now(|tx| tx.exec("INSERT INTO refer (half) VALUES (9)", &[]))
                .is_err()
        );
    });
}

#[test]
fn on_sqlite_a_table_can_be_built_anew_but_not_with_lost_references() {
    let stand = testpg::sqlite(db::SqliteOptions::default());
    let one = Migration::both(
        1,
        "two tables",
        "CREATE TABLE a (id BIGINT PRIMARY KEY); CREATE TABLE b (a BIGINT NOT NULL REFERENCES a (id)); \
         INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)",
    );
    let anew = "CREATE TABLE c (id BIGINT PRIMARY KEY, more TEXT); INSERT INTO c (id) SELECT id FROM a; DROP TABLE a; \
                ALTER TABLE c RENAME TO a";
    let loses = "CREATE TABLE c (id BIGINT PRIMARY KEY); DROP TABLE a; ALTER TABLE c RENAME TO a";
    stand.db.migrate(&[one]).unwrap();
    assert!(refused(&stand.db, &[one, Migration::both(2, "loses", loses)]).contains("not there"));
    assert_eq!(stand.db.migrate(&[one, Migration::both(2, "anew", anew)]), Ok(1));
    assert_eq!(stand.db.check(), Ok(vec![]));
}

#[test]
fn nodes_that_start_together_migrate_once() {
    let Some(database) = testpg::fresh_database() else {
        return;
    };
    let nodes: Vec<_> = (0..4)
        .map(|_| {
            let url = database.url.clone();
            std::thread::spawn(move || {
                let options = db::PostgresOptions {
                    threads: 1,
                    schema: Some("cedar".into()),
                    ..Default::default()
                };
                Db::postgres(&url, options)?.migrate(&[ONE, TWO])
            })
        })
        .collect();
    let applied: Vec<_> = nodes.into_iter().map(|node| node.join().unwrap().unwrap()).collect();
    assert_eq!(applied.iter().sum::<usize>(), 2, "{applied:?}");
}
