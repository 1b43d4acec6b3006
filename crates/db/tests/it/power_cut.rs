//! The power goes in the middle of writing. Whatever was acknowledged is there afterwards; and the same cut with
//! `synchronous=NORMAL` must lose something, or the cut was none.

use crate::mount::{Disk, in_namespace};
use db::{Db, SqliteOptions, Synchronous, args};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc;

const WRITERS: i64 = 8;

#[test]
fn no_acknowledged_row_is_lost_in_a_power_cut() {
    in_namespace("power_cut::no_acknowledged_row_is_lost_in_a_power_cut", || {
        let cuts = std::env::var("FIRSTLINE_POWER_CUTS").map_or(2, |n| n.parse().unwrap());
        for cut in 0..cuts {
            let (acknowledged, lost) = cut_while_writing(Synchronous::Full, cut);
            eprintln!("cut {cut}, FULL: {acknowledged} acknowledged, {lost} lost");
            assert!(acknowledged >= 100, "only {acknowledged} rows were at stake");
            assert_eq!(lost, 0);
        }
        let (acknowledged, lost) = cut_while_writing(Synchronous::Normal, 0);
        eprintln!("control, NORMAL: {acknowledged} acknowledged, {lost} lost");
        assert!(lost > 0, "the control lost nothing, so the cuts above prove nothing");
    });
}

/// How many rows were acknowledged before the cut, and how many of those were not found after it.
fn cut_while_writing(synchronous: Synchronous, cut: usize) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::xfs(folder.path());
    let options = SqliteOptions {
        synchronous,
        ..SqliteOptions::default()
    };
    let path = disk.at.join("desk.db");
    let journal = folder.path().join("journal"); // on another file system
    {
        // closing copies the table into the file for good, so the control can only lose rows
        let db = Db::sqlite(&path, options).unwrap();
        db.write_now(|tx| tx.exec("CREATE TABLE row (id BIGINT PRIMARY KEY, pad TEXT NOT NULL)", &[]))
            .unwrap();
    }
    let db = Db::sqlite(&path, options).unwrap();
    write_until_cut(&db, &disk, &journal, cut);
    // the disk is gone for good: no later write is taken, whatever the system says about the next fsync
    let refused = db.write_now(|tx| tx.exec("DELETE FROM row", &[])).unwrap_err();
    assert!(matches!(refused, db::Error::Broken(_)), "{refused}");
    drop(db);
    disk.unmount();
    disk.mount();
    let journalled: BTreeSet<i64> = std::fs::read_to_string(&journal)
        .unwrap()
        .lines()
        .map(|line| line.parse().unwrap())
        .collect();
    let db = Db::sqlite(&path, options).unwrap();
    assert_eq!(db.check(), Ok(vec![]));
    let found: Vec<i64> = db.read_now(|r| r.query("SELECT id FROM row", &[])).unwrap();
    let found: BTreeSet<i64> = found.into_iter().collect();
    (journalled.len(), journalled.difference(&found).count())
}

/// Each row is journalled after its acknowledgement, up to the instant of the cut: a machine without power answers
/// nobody. (An fsync that runs while xfs shuts down can return success with nothing written: the inode is unpinned
/// between its two looks. No one hears of that when the power really goes.)
fn write_until_cut(db: &Db, disk: &Disk, journal: &Path, cut: usize) {
    // every other cut comes with so much written that the log has been copied back once
    let (after, width) = (450 + 37 * cut, if cut % 2 == 1 { 40_000 } else { 300 });
    let (acknowledge, acknowledged) = mpsc::channel();
    let mut journal = File::create(journal).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let acknowledge = acknowledge.clone();
            scope.spawn(move || {
                for id in (writer..).step_by(WRITERS as usize) {
                    let row = db.write_now(move |tx| {
                        tx.exec(
                            "INSERT INTO row (id, pad) VALUES ($1, $2)",
                            &args![id, "x".repeat(width)],
                        )
                    });
                    if row.is_err() || acknowledge.send(id).is_err() {
                        break;
                    }
                }
            });
        }
        drop(acknowledge);
        // asked for early, so that the cut itself takes no longer than a system call
        let switch = disk.switch();
        for id in acknowledged.iter().take(after) {
            writeln!(journal, "{id}").unwrap();
        }
        switch.cut();
        // the writers go on until the disk refuses them
        acknowledged.iter().for_each(drop);
    });
}
