//! How the engines find letters: whatever is asked about them each minute or for each letter walks an index, on a ledger
//! of 20,000. Every statement of the sources that reads the ledger is looked at, so that a new one is too.

use std::path::Path;

use db::{Dialect, Value, args};
use desk::mailboxes::watch;
use desk::tickets::{self, Channel, NewTicket};
use desk::{MailboxId, Result};

use crate::common::{NOW, Small, on_both};

const MANY: i64 = 20_000;
const TICKETS: i64 = 400;

/// Asked for a page, a test or a check by hand, and known to read the whole ledger or what came out of files.
const WHOLE: [&str; 3] = [
    "GROUP BY COALESCE(mailbox, 0)",
    "FROM letter GROUP BY state ORDER BY state",
    "WHERE way <> 'file' ORDER BY id DESC LIMIT 1",
];

fn fill(small: &Small) {
    let (cx, requester) = (small.desk.clone(), small.requester.viewer.person);
    let filled = small.db.write_now(move |tx| -> Result<()> {
        // Letters lie on tickets, as they do: what the engine counts of them must be what it meets.
        let mut tickets = Vec::new();
        for n in 0..TICKETS {
            let new = NewTicket::new(requester, Channel::Mail, &format!("Plan {n}"), "");
            tickets.push(tickets::open(tx, &cx, &new)?.number);
        }
        for mailbox in 1..=4_i64 {
            tx.exec(
                "INSERT INTO mailbox (address, name, created_at) VALUES ($1, 'Plans', 0)",
                &args![format!("plans{mailbox}@desk.example")],
            )?;
        }
        let first: i64 = tx.one("SELECT min(id) FROM mailbox WHERE name = 'Plans'", &args![])?;
        for n in 0..MANY {
            // The newer half came out of a file.
            let way = if n * 2 < MANY { "smtp" } else { "file" };
            tx.exec(
                "INSERT INTO letter
                   (mailbox, received_at, envelope_from, envelope_to, way, bytes, sha256, state, sender, ticket)
                 VALUES ($1, $2, 'site@cedar.example', '[]', $3, 1000, $4, 'filed', $5, $6)",
                &args![
                    first + n % 4,
                    NOW.plus(n * 1_000),
                    way,
                    format!("{n:064x}"),
                    format!("site{}@cedar.example", n % 500),
                    tickets[n as usize % tickets.len()]
                ],
            )?;
        }
        Ok(())
    });
    filled.unwrap();
    small.exec("ANALYZE");
}

fn first_of(small: &Small) -> MailboxId {
    MailboxId(small.count("SELECT min(id) FROM mailbox WHERE name = 'Plans'"))
}

/// The statements of the sources that read or change letters, as they stand there.
fn statements() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => found.extend(in_file(&std::fs::read_to_string(entry.path()).unwrap())),
            }
        }
    }
    found
}

fn in_file(text: &str) -> Vec<String> {
    let begins = ["\"SELECT ", "\"UPDATE ", "\"DELETE "];
    let mut found = Vec::new();
    for (at, _) in begins.iter().flat_map(|begin| text.match_indices(begin)) {
        let rest = &text[at + 1..];
        let sql: Vec<&str> = rest[..rest.find('"').unwrap_or(0)].split_whitespace().collect();
        let sql = sql.join(" ");
        let reads = ["FROM letter ", "JOIN letter ", "UPDATE letter "];
        if reads.iter().any(|words| sql.contains(words)) {
            found.push(sql);
        }
    }
    found
}

/// `None` for the beginning of a statement that is put together.
fn plan_of(small: &Small, sql: &str) -> Option<String> {
    let values = (1..=12).filter(|n| sql.contains(&format!("${n}"))).count();
    let sql = sql.to_string();
    let plan = small
        .db
        .read_now(move |r| -> Result<String> { Ok(r.plan(&sql, &vec![Value::Null; values])?) });
    plan.ok()
}

fn walks_an_index(plan: &str) -> bool {
    let scans = |line: &str| {
        ["SCAN letter", "SCAN l"]
            .iter()
            .any(|scan| line == *scan || line.starts_with(&format!("{scan} ")))
    };
    !plan.lines().any(scans)
}

#[test]
fn nothing_reads_the_whole_ledger_for_one_letter() {
    on_both(|small| {
        if small.db.dialect() == Dialect::Postgres {
            // Its planner looks at the values, which are not known here; the next test asks it.
            return;
        }
        fill(small);
        let mut planned = 0;
        for sql in statements() {
            if WHOLE.iter().any(|known| sql.contains(known)) {
                continue;
            }
            if let Some(plan) = plan_of(small, &sql) {
                planned += 1;
                assert!(walks_an_index(&plan), "{sql}\n{plan}");
            }
        }
        assert!(planned >= 25, "the statements are no longer found: {planned}");
        for bad in [
            "SELECT count(*) FROM letter WHERE subject = $1",
            "SELECT l.id FROM letter l WHERE l.envelope_from = $1 ORDER BY l.id LIMIT 1",
        ] {
            let plan = plan_of(small, bad).unwrap();
            assert!(!walks_an_index(&plan), "control: {bad}\n{plan}");
        }
    });
}

#[test]
fn the_watch_finds_the_newest_letter_behind_what_came_out_of_files() {
    on_both(|small| {
        fill(small);
        let mailbox = first_of(small);
        let plan = small
            .db
            .read_now(move |r| -> Result<String> { watch::plan(r, mailbox) });
        let plan = plan.unwrap();
        assert!(plan.contains("letter_came") && !plan.contains("Sort"), "{plan}");
        let of_any_way = "SELECT received_at FROM letter WHERE mailbox = $1 ORDER BY received_at DESC LIMIT 1";
        let other = small
            .db
            .read_now(move |r| -> Result<String> { Ok(r.plan(of_any_way, &args![mailbox])?) });
        assert!(!other.unwrap().contains("letter_came"), "control");
    });
}
