//! Tickets of another desk: once each, however often and however far the file is read.

use std::path::Path;

use db::{Db, SqliteOptions};
use desk::{Clock, Desk, Parts, files, finding};
use search::Index;
use testkit::{Program, test_data};

use crate::common::{api, done, exe, place, with_admin};

const FILE: &str = r#"{"id":"a1","title":"Printer prints blank pages","body":"Since Monday.","created":"2024-05-17T10:22:00Z","topic":"Printing","solved":true,"resolution":"Changed the drum.","requester":{"email":"payroll@example.org","name":"Payroll office"},"messages":[{"from":"cedar@example.org","body":"Which model?","at":"2024-05-17T11:00:00Z"},{"body":"Ask the vendor","kind":"note","at":"2024-05-17T11:05:00Z"}]}
{"id":2,"title":"RPV instable","body":"Il se coupe.","date":"2024-06-01","solved":false,"resolution":"Redémarrez."}
not JSON at all

{"id":"a3","title":"","body":""}
{"id":"a4","title":"A date nobody reads","body":"x","created":"last Tuesday"}
{"id":"a5","title":"Nothing more is known","body":"","unknown":{"deep":[1]}}
{"id":"a1","title":"The same again","body":"x"}
"#;

/// Builds the index as the running desk would, and waits for it.
fn index(data: &Path) {
    let options = SqliteOptions {
        alone: false,
        ..SqliteOptions::default()
    };
    let parts = Parts {
        db: Db::sqlite(&data.join("firstline.db"), options).expect("the database"),
        files: files::Store::open(&data.join("files")).expect("the files"),
        index: Index::open(&data.join("index")).expect("the index"),
        clock: Clock::Machine,
    };
    let desk = Desk::open(parts).expect("the desk");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(finding::catch_up(&desk)).expect("the index is built");
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
fn a_file_is_read_once_whatever_happens_and_its_rejects_are_told() {
    let at = place();
    let (whole, rejects) = (
        written(at.folder.path(), "t.jsonl", FILE),
        at.folder.path().join("rejects"),
    );
    let half: String = FILE.split_inclusive('\n').take(1).collect();
    let half = written(at.folder.path(), "half.jsonl", &half);
    let import = |file: &str, more: &[&str]| done(&at.data, &[&["import", "tickets", file], more].concat());
    assert_eq!(
        import(&whole, &["--dry-run"]),
        "4 would be imported, 0 already here, 3 rejected"
    );
    assert_eq!(import(&half, &[]), "1 imported, 0 already here, 0 rejected");
    let named = rejects.display().to_string();
    assert_eq!(
        import(&whole, &["--rejects", &named]),
        "2 imported, 2 already here, 3 rejected"
    );
    assert_eq!(import(&whole, &[]), "0 imported, 4 already here, 3 rejected");
    let told = std::fs::read_to_string(rejects).expect("a rejects file");
    let numbers: Vec<&str> = told.lines().filter_map(|l| l.split('\t').next()).collect();
    assert_eq!(numbers, ["3", "5", "6"], "{told}");
    let token = with_admin(&at.data);
    let program = Program::serve(exe(), &at.data, &[]);
    let client = api(&program, &token);
    let first = client.get("/api/firstline/v1/tickets/1001").value();
    assert_eq!(first["subject"], "Printer prints blank pages");
    assert_eq!(first["status"], "closed", "solved long ago");
    assert!(
        first["created_at"]
            .as_str()
            .is_some_and(|at| at.starts_with("2024-05-17T10:22")),
        "{first}"
    );
    assert_eq!(first["requester"]["email"], "payroll@example.org");
    assert_eq!(first["messages"].as_array().map(Vec::len), Some(3), "{first}");
    assert_eq!(
        client.get("/api/firstline/v1/tickets/1002").value()["status"],
        "new",
        "not solved"
    );
    assert_eq!(client.get("/api/firstline/v1/tickets/1004").status, 404);
}

#[test]
fn sixteen_thousand_real_tickets_come_in_and_are_found() {
    let Some(folder) = test_data("retrieval-dev/thunderbird") else {
        return;
    };
    let at = place();
    let file = folder.join("tickets.jsonl.gz").display().to_string();
    let began = std::time::Instant::now();
    assert_eq!(
        done(&at.data, &["import", "tickets", &file]),
        "16010 imported, 0 already here, 0 rejected"
    );
    println!("16,010 tickets in {:?}", began.elapsed());
    let token = with_admin(&at.data);
    index(&at.data);
    let program = Program::serve(exe(), &at.data, &[]);
    let client = api(&program, &token);
    let (mut cursor, mut seen) = (String::new(), std::collections::BTreeSet::new());
    loop {
        let page = client
            .get(&format!("/api/firstline/v1/tickets?limit=200{cursor}"))
            .value();
        let items = page["items"].as_array().expect("items").clone();
        for item in &items {
            assert!(seen.insert(item["number"].as_i64()), "listed twice: {item}");
        }
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let rows = rusqlite::Connection::open(at.data.join("firstline.db")).expect("the database");
    let open: i64 = rows
        .query_row("SELECT count(*) FROM ticket WHERE stage < 2", [], |r| r.get(0))
        .expect("a count");
    assert_eq!(
        i64::try_from(seen.len()),
        Ok(open),
        "the list holds every unsolved ticket"
    );
    let found = client.get("/api/firstline/v1/search?q=gmx%20SMTP%20sending").value();
    let titles: Vec<String> = found["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|i| i["title"].to_string())
        .collect();
    assert!(titles.iter().any(|t| t.contains("SMTP")), "{titles:?}");
}

/// Letters as a mail program saves them.
const MBOX: &str = "From cedar@requester.example Mon Nov 16 15:00:00 2026\nFrom: cedar@requester.example\nTo: support@desk.example\nSubject: Printer\nMessage-ID: <one@requester.example>\n\nIt is broken.\n>From the beginning.\n\nFrom birch@requester.example Mon Nov 16 16:00:00 2026\nFrom: birch@requester.example\nSubject: Screen\nMessage-ID: <two@requester.example>\n\nIt is dark.\n";

#[test]
fn letters_from_a_file_are_kept_once() {
    let at = place();
    let file = written(at.folder.path(), "old.mbox", MBOX);
    let of = |mailbox: &str, more: &[&str]| {
        let arguments = [&["import", "letters", file.as_str(), "--mailbox", mailbox], more].concat();
        testkit::run(exe(), &at.data, &arguments)
    };
    let unknown = of("nobody@desk.example", &[]);
    assert!(!unknown.ok && unknown.err.contains("mailbox add"), "{}", unknown.err);
    done(&at.data, &["mailbox", "add", "--address", "support@desk.example"]);
    let said = |more: &[&str]| of("support@desk.example", more).out.trim().to_string();
    assert_eq!(said(&["--dry-run"]), "2 would be kept, 0 already here, 0 passed over");
    assert_eq!(said(&[]), "2 kept, 0 already here, 0 passed over");
    assert_eq!(said(&[]), "0 kept, 2 already here, 0 passed over");
    assert!(done(&at.data, &["check"]).contains("everything fits"));
}
