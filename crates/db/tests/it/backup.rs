//! A copy taken while the desk works is whole and of one instant; what is not sound is found.

use crate::{add, with_table};
use db::{Db, Error, SqliteOptions, args};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn a_copy_taken_under_writing_is_of_one_instant() {
    let stand = testpg::sqlite(SqliteOptions::default());
    let folder = tempfile::tempdir().unwrap();
    let db = &stand.db;
    db.write_now(|tx| tx.exec("CREATE TABLE pair (a BIGINT, b BIGINT, pad TEXT)", &[]))
        .unwrap();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let pad = "x".repeat(2_000);
            // both halves in one transaction, so a torn copy would hold one of them
            for i in 0_i64.. {
                let pad = pad.clone();
                db.write_now(move |tx| {
                    tx.exec("INSERT INTO pair (a, pad) VALUES ($1, $2)", &args![i, &pad])?;
                    tx.exec("INSERT INTO pair (b, pad) VALUES ($1, $2)", &args![i, &pad])
                })
                .unwrap();
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        for n in 0..5 {
            let path = folder.path().join(format!("copy-{n}.db"));
            db.backup_to(&path).unwrap();
            let copy = Db::sqlite(&path, SqliteOptions::default()).unwrap();
            assert_eq!(copy.check(), Ok(vec![]));
            let (a, b): (i64, i64) = copy
                .read_now(|r| r.one("SELECT COUNT(a), COUNT(b) FROM pair", &[]))
                .unwrap();
            assert_eq!(a, b);
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_copy_is_one_file_and_replaces_nothing() {
    let stand = testpg::sqlite(SqliteOptions::default());
    let folder = tempfile::tempdir().unwrap();
    with_table(&stand.db);
    add(&stand.db, 1, "kept").unwrap();
    let path = folder.path().join("copy.db");
    stand.db.backup_to(&path).unwrap();
    let files: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    assert_eq!(files, ["copy.db"]);
    assert!(
        stand
            .db
            .backup_to(&path)
            .unwrap_err()
            .to_string()
            .contains("exists: choose another name")
    );
    assert_eq!(crate::ids(&Db::sqlite(&path, SqliteOptions::default()).unwrap()), [1]);
    let nowhere = folder.path().join("missing/copy.db");
    assert!(stand.db.backup_to(&nowhere).is_err());
}

#[test]
fn postgres_names_its_own_tool() {
    let Some(stand) = testpg::postgres(db::PostgresOptions::default()) else {
        return;
    };
    let error = stand.db.backup_to("nowhere".as_ref()).unwrap_err().to_string();
    assert!(error.contains("pg_dump"), "{error}");
    with_table(&stand.db);
    assert_eq!(stand.db.check(), Ok(vec![]));
    stand
        .db
        .write_now(|tx| {
            tx.exec(
                "ALTER TABLE note ADD CONSTRAINT small CHECK (weight < 10) NOT VALID",
                &[],
            )
        })
        .unwrap();
    assert_eq!(
        stand.db.check(),
        Ok(vec!["the rule small was never checked: validate it".to_string()])
    );
}

#[test]
fn check_finds_a_spoilt_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let open = || Db::sqlite(&path, SqliteOptions::default()).unwrap();
    let db = open();
    with_table(&db);
    let fill = "INSERT INTO place WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) \
                SELECT i, 'place ' || i FROM n";
    db.write_now(move |tx| tx.exec(fill, &[])).unwrap();
    assert_eq!(db.check(), Ok(vec![]));
    drop(db);
    spoil(&path);
    let faults = open().check();
    assert!(
        faults
            .as_ref()
            .map_or_else(|e| matches!(e, Error::Broken(_)), |f| !f.is_empty()),
        "{faults:?}"
    );
}

/// Overwrites pages in the middle of the file, as a failing disk would.
fn spoil(path: &Path) {
    use std::os::unix::fs::FileExt;
    let file = std::fs::File::options().write(true).open(path).unwrap();
    let middle = file.metadata().unwrap().len() / 2 / 4096 * 4096;
    file.write_all_at(&[0xa5; 8192], middle).unwrap();
}
