//! A backup holds the desk of one instant, whole, or says that it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use serde_json::json;
use testkit::{Journal, Program, deliver};

use crate::common::{Place, api, done, exe, letter, place, refused, with_admin};

/// Every row of every table as text, a table a key.
fn rows(data: &Path) -> BTreeMap<String, Vec<String>> {
    let db = Connection::open(data.join("firstline.db")).expect("the database");
    let mut names = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .expect("a statement");
    let names: Vec<String> = names
        .query_map([], |r| r.get(0))
        .expect("names")
        .map(|n| n.expect("a name"))
        .collect();
    names
        .into_iter()
        .map(|name| (name.clone(), table(&db, &name)))
        .collect()
}

fn table(db: &Connection, name: &str) -> Vec<String> {
    let mut columns = db.prepare(&format!("PRAGMA table_info({name})")).expect("a statement");
    let columns: Vec<String> = columns
        .query_map([], |r| r.get::<_, String>(1))
        .expect("columns")
        .map(|c| c.expect("a name"))
        .collect();
    let quoted: Vec<String> = columns.iter().map(|c| format!("quote(\"{c}\")")).collect();
    let mut all = db
        .prepare(&format!("SELECT {} FROM {name} ORDER BY 1", quoted.join("||'|'||")))
        .expect("a statement");
    all.query_map([], |r| r.get(0))
        .expect("rows")
        .map(|r| r.expect("a row"))
        .collect()
}

/// A desk with tickets, a letter and a file; stopped.
fn filled() -> (Place, String) {
    let at = place();
    let token = with_admin(&at.data);
    let program = Program::serve(exe(), &at.data, &[]);
    let client = api(&program, &token);
    for n in 0..20 {
        let made = client.json(
            "POST",
            "/api/firstline/v1/tickets",
            &json!({"subject": format!("Ticket {n}"), "body": "x"}),
        );
        assert_eq!(made.status, 201, "{}", made.text());
    }
    let smtp = program.smtp.expect("SMTP is on");
    deliver(smtp, "payroll@example.org", &["help@example.org"], &letter("attached")).expect("taken");
    wait_for_file(&at.data);
    program.stop();
    (at, token)
}

/// The letter's file is a row once the letter has been read.
fn wait_for_file(data: &Path) {
    let db = Connection::open(data.join("firstline.db")).expect("the database");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while db
        .query_row("SELECT count(*) FROM file", [], |r| r.get::<_, i64>(0))
        .expect("a count")
        == 0
    {
        assert!(std::time::Instant::now() < deadline, "the letter was never read");
        std::thread::yield_now();
    }
}

#[test]
fn what_is_restored_is_what_was_there_row_by_row() {
    let (at, token) = filled();
    let file = at.folder.path().join("desk.backup");
    let name = file.display().to_string();
    let before = rows(&at.data);
    let said = done(&at.data, &["backup", &name]);
    assert!(said.contains("1 files"), "{said}");
    assert!(done(&at.data, &["backup", "verify", &name]).contains("whole"));
    assert!(refused(&at.data, &["backup", &name]).contains("never written over"));
    assert!(refused(&at.data, &["restore", &name]).contains("not empty"));
    let other = at.folder.path().join("other");
    done(&other, &["restore", &name]);
    assert_eq!(rows(&other), before);
    assert!(
        before.values().map(Vec::len).sum::<usize>() > 60,
        "there was something to compare"
    );
    let check = done(&other, &["check"]);
    assert!(check.contains("everything fits"), "{check}");
    let program = Program::serve(exe(), &other, &[]);
    assert_eq!(
        api(&program, &token).get("/api/firstline/v1/tickets/1001").value()["subject"],
        "Ticket 0"
    );
    let leftovers: BTreeSet<String> = std::fs::read_dir(at.folder.path())
        .expect("the folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        leftovers.into_iter().collect::<Vec<_>>(),
        ["data", "data.log", "desk.backup", "other", "other.log"]
    );
}

#[test]
fn a_backup_of_a_busy_desk_is_of_one_instant() {
    let at = place();
    let token = with_admin(&at.data);
    let program = Program::serve(exe(), &at.data, &[]);
    let journal = Journal::open(&at.folder.path().join("journal"));
    let (stop, file) = (AtomicBool::new(false), at.folder.path().join("desk.backup"));
    let write = |writer: usize| {
        let client = api(&program, &token);
        let mut n = 0;
        while !stop.load(Ordering::SeqCst) {
            let subject = format!("w{writer}-{n}");
            let body = json!({"subject": subject, "body": "under load"});
            match client.json("POST", "/api/firstline/v1/tickets", &body).status {
                201 => {
                    journal.note(&subject);
                    n += 1;
                }
                // A quick machine writes more than one token may: it asks again.
                status => assert_eq!(status, 429, "{subject}"),
            }
        }
    };
    let (acknowledged, later) = std::thread::scope(|scope| {
        for writer in 0..4 {
            scope.spawn(move || write(writer));
        }
        while journal.keys().len() < 40 {
            std::thread::yield_now();
        }
        let acknowledged = journal.keys();
        done(&at.data, &["backup", &file.display().to_string()]);
        let later = journal.keys();
        stop.store(true, Ordering::SeqCst);
        (acknowledged, later)
    });
    assert!(later.len() > acknowledged.len(), "it was written to meanwhile");
    program.stop();
    let other = at.folder.path().join("other");
    done(&other, &["restore", &file.display().to_string()]);
    let (live, copy) = (rows(&at.data), rows(&other));
    let db = Connection::open(other.join("firstline.db")).expect("the database");
    let mut subjects = db.prepare("SELECT subject FROM ticket").expect("a statement");
    let subjects: BTreeSet<String> = subjects
        .query_map([], |r| r.get(0))
        .expect("rows")
        .map(|r| r.expect("a subject"))
        .collect();
    assert!(
        acknowledged.is_subset(&subjects),
        "what was acknowledged before is in it"
    );
    for name in ["event", "message", "ticket"] {
        let (copied, all) = (&copy[name], &live[name]);
        assert!(
            copied.iter().all(|row| all.contains(row)),
            "{name}: the copy holds nothing the desk does not"
        );
        // The log also tells of the people who were added before.
        let told = copied
            .iter()
            .filter(|row| name != "event" || row.contains("'ticket_opened'"))
            .count();
        assert_eq!(
            told,
            subjects.len(),
            "{name}: of one instant, each ticket with its message and its event"
        );
    }
    assert!(done(&other, &["check"]).contains("everything fits"));
}

#[test]
fn twenty_of_twenty_damaged_backups_are_found_out() {
    let (at, _) = filled();
    let file = at.folder.path().join("desk.backup");
    done(&at.data, &["backup", &file.display().to_string()]);
    let whole = std::fs::read(&file).expect("the backup");
    let len = whole.len();
    let flipped = |at: usize, bit: u8| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << bit;
        bytes
    };
    let mut damaged: Vec<Vec<u8>> = vec![
        flipped(0, 0),
        flipped(5, 3),
        flipped(8, 1),
        flipped(9, 7),
        flipped(len - 1, 0),
        flipped(len - 20, 6),
        flipped(len - 90, 2),
        whole[..len - 1].to_vec(),
        whole[..len / 2].to_vec(),
        whole[..100].to_vec(),
        Vec::new(),
        [&whole[..], b"x"].concat(),
        [&whole[..], &whole[..]].concat(),
        [&whole[..len / 3], &whole[len / 3 + 1..]].concat(),
    ];
    damaged.extend((1..=6).map(|n| flipped(n * len / 7, u8::try_from(n).expect("small"))));
    assert_eq!(damaged.len(), 20);
    let bad = at.folder.path().join("bad.backup");
    let (name, other) = (bad.display().to_string(), at.folder.path().join("other"));
    for (n, bytes) in damaged.iter().enumerate() {
        std::fs::write(&bad, bytes).expect("written");
        let said = refused(&at.data, &["backup", "verify", &name]);
        assert!(said.contains("damaged") || said.contains("no backup"), "{n}: {said}");
        refused(&other, &["restore", &name]);
        assert!(
            !other.exists() && !at.folder.path().join("other.restoring").exists(),
            "{n}: nothing is put in place"
        );
    }
    // The control: the one that is whole passes.
    std::fs::write(&bad, &whole).expect("written");
    done(&at.data, &["backup", "verify", &name]);
}
