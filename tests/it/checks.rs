//! `check` finds a fault planted in each thing it reads back, and none where there is none.

use std::path::Path;

use rusqlite::Connection;
use search::Index;
use testkit::{Program, deliver};

use crate::common::{Place, api, done, exe, letter, place, refused, with_admin};

/// A desk with a letter, its file, its ticket, its index and its audit lines; stopped.
fn filled() -> Place {
    let at = place();
    let token = with_admin(&at.data);
    let program = Program::serve(exe(), &at.data, &[]);
    let smtp = program.smtp.expect("SMTP is on");
    deliver(smtp, "payroll@example.org", &["help@example.org"], &letter("printer")).expect("taken");
    let client = api(&program, &token);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while client.get("/api/firstline/v1/search?q=printer").value()["items"]
        .as_array()
        .is_none_or(Vec::is_empty)
    {
        assert!(std::time::Instant::now() < deadline, "the ticket is never found");
    }
    let beside = done(&at.data, &["check"]);
    assert!(
        beside.contains("in use by the running desk") && beside.contains("everything fits"),
        "{beside}"
    );
    program.stop();
    let alone = done(&at.data, &["check"]);
    assert_eq!(alone, "everything fits: database, audit chain, files, letters, index");
    at
}

fn change(data: &Path, sql: &str) {
    let db = Connection::open(data.join("firstline.db")).expect("the database");
    // Damage follows no rule of the schema.
    db.pragma_update(None, "foreign_keys", false).expect("a setting");
    assert!(db.execute(sql, []).expect("a statement") > 0, "{sql}");
}

fn found(at: &Place) -> String {
    let ran = testkit::run(exe(), &at.data, &["check"]);
    assert!(!ran.ok, "nothing was found: {}", ran.out);
    assert!(ran.err.contains("found"), "{}", ran.err);
    ran.out
}

#[test]
fn an_edited_audit_line_is_found() {
    let at = filled();
    change(&at.data, "UPDATE audit SET data = data || ' ' WHERE id = 2");
    assert!(found(&at).contains("audit: line 2"));
}

#[test]
fn a_removed_last_audit_line_is_found() {
    let at = filled();
    change(&at.data, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)");
    assert!(found(&at).contains("audit: line"));
}

#[test]
fn a_changed_and_a_missing_file_are_found() {
    let at = filled();
    let folder = std::fs::read_dir(at.data.join("files"))
        .expect("files")
        .next()
        .expect("a folder")
        .expect("an entry");
    let file = std::fs::read_dir(folder.path())
        .expect("a folder")
        .next()
        .expect("a file")
        .expect("an entry")
        .path();
    std::fs::write(&file, "another content").expect("written");
    assert!(found(&at).contains("missing or changed"));
    std::fs::remove_file(&file).expect("removed");
    assert!(found(&at).contains("missing or changed"));
    let backup = at.folder.path().join("b").display().to_string();
    let said = refused(&at.data, &["backup", &backup]);
    assert!(
        said.contains("cannot be read"),
        "a backup that would lack a file is not made: {said}"
    );
}

#[test]
fn a_changed_letter_is_found() {
    let at = filled();
    change(&at.data, "UPDATE letter_raw SET raw = x'00'");
    assert!(found(&at).contains("letter 1: its bytes"));
}

#[test]
fn a_row_that_refers_to_nothing_is_found() {
    let at = filled();
    change(&at.data, "UPDATE message SET author = 4711");
    assert!(found(&at).contains("refers to a row"));
}

#[test]
fn an_article_missing_in_the_index_is_found() {
    let at = filled();
    let folder = at.data.with_file_name("articles");
    std::fs::create_dir(&folder).expect("a folder");
    let words = "---\ntitle-en: \"The printer\"\n---\nTurn it on.\n";
    std::fs::write(folder.join("printer.md"), words).expect("written");
    done(&at.data, &["articles", "import", folder.to_str().expect("a path")]);
    done(&at.data, &["check"]);
    {
        let index = Index::open(&at.data.join("index")).expect("the index");
        let cursor = index.cursor().expect("a cursor");
        index.remove("article-draft", 2).expect("removed");
        index.commit(&cursor).expect("committed");
    }
    assert!(found(&at).contains("index: article KB-1 (en) is missing"));
}

#[test]
fn a_ticket_missing_in_the_index_and_a_damaged_index_are_found() {
    let at = filled();
    let folder = at.data.join("index");
    {
        let index = Index::open(&folder).expect("the index");
        let cursor = index.cursor().expect("a cursor");
        index.remove("ticket", 1001).expect("removed");
        index.commit(&cursor).expect("committed");
    }
    assert!(found(&at).contains("index: ticket 1001 is missing"));
    for entry in std::fs::read_dir(&folder).expect("the index") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_some_and(|e| e == "term" || e == "idx" || e == "store")
        {
            // Another file of the same name: a thread of the index above may still have the old one mapped, and a
            // mapped file that is cut short ends the process.
            std::fs::remove_file(&path).expect("removed");
            std::fs::write(&path, b"damage").expect("written");
        }
    }
    assert!(found(&at).contains("index: "));
    // The desk mends it by itself when it starts.
    Program::serve(exe(), &at.data, &[]).stop();
    done(&at.data, &["check"]);
}
