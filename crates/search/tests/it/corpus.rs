//! Sixteen thousand real tickets: size, speed, and whether a ticket is found by its own title.
//!
//! The figures are printed; the bars here are wide, because a test runs unoptimised on any
//! machine.

use search::{Document, Index, Lang, Query};
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

struct Ticket {
    id: i64,
    title: String,
    body: String,
}

/// The corpus, or `None` with a loud line when the test data is not there.
fn tickets() -> Option<Vec<Ticket>> {
    let Ok(data) = std::env::var("FIRSTLINE_TEST_DATA") else {
        println!("SKIPPED: FIRSTLINE_TEST_DATA is not set");
        return None;
    };
    let file = Path::new(&data).join("retrieval-dev/thunderbird/tickets.jsonl.gz");
    let mut text = String::new();
    let file = std::fs::File::open(file).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let parse = |line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        Ticket {
            id: field("id").parse().unwrap(),
            title: field("title"),
            body: format!("{}\n\n{}", field("body"), field("resolution")),
        }
    };
    // Unoptimised, a quarter of them is enough to wait for.
    let step = if cfg!(debug_assertions) { 4 } else { 1 };
    Some(text.lines().step_by(step).map(parse).collect())
}

fn document(ticket: &Ticket, copy: i64) -> Document {
    Document {
        kind: "ticket".into(),
        id: ticket.id + copy * 10_000_000,
        lang: Lang::En,
        title: ticket.title.clone(),
        body: ticket.body.clone(),
        at: ticket.id,
        ..Document::default()
    }
}

/// Indexes the corpus `copies` times over, committing as a running desk would.
fn fill(dir: &Path, tickets: &[Ticket], copies: i64) -> Index {
    let begin = Instant::now();
    let index = Index::open(dir).unwrap();
    for copy in 0..copies {
        for (n, batch) in tickets.chunks(1_000).enumerate() {
            index.put(batch.iter().map(|ticket| document(ticket, copy))).unwrap();
            index.commit(&format!("{copy}.{n}")).unwrap();
        }
    }
    println!(
        "{} documents indexed in {:.1?}, {} bytes",
        index.len(),
        begin.elapsed(),
        bytes(dir)
    );
    index.compact().unwrap();
    index
}

fn bytes(dir: &Path) -> u64 {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum()
}

/// The time each query takes, sorted.
fn times<'a>(index: &Index, queries: impl Iterator<Item = &'a str>) -> Vec<Duration> {
    let mut times: Vec<_> = queries
        .map(|text| {
            let begin = Instant::now();
            index
                .find(&Query {
                    text: text.to_owned(),
                    ..Query::default()
                })
                .unwrap();
            begin.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn report(what: &str, times: &[Duration]) {
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!(
        "{what}: median {:.2?}, p95 {:.2?}, worst {:.2?}",
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

const TITLES: usize = 300;

const TWO_WORDS: [&str; 10] = [
    "password gmail",
    "missing folders",
    "cannot send",
    "calendar sync",
    "message filter",
    "profile lost",
    "attachment open",
    "account settings",
    "address book",
    "spam junk",
];

#[test]
fn real_tickets_are_found_by_their_titles() {
    let Some(tickets) = tickets() else { return };
    let dir = tempfile::tempdir().unwrap();
    let index = fill(dir.path(), &tickets, 1);
    let text: usize = tickets
        .iter()
        .map(|ticket| ticket.title.len() + ticket.body.len())
        .sum();
    let share = bytes(dir.path()) as f64 / text as f64;
    // A small corpus has nearly as many different words as a large one.
    let bar = if cfg!(debug_assertions) { 0.85 } else { 0.7 };
    println!("index {} bytes, text {text} bytes: {share:.2}", bytes(dir.path()));
    assert!(share <= bar, "the index is {share:.2} of the text");

    let sample: Vec<_> = tickets.iter().step_by(tickets.len() / 500).take(500).collect();
    let missed: Vec<_> = sample
        .iter()
        .filter(|ticket| {
            let query = Query {
                text: ticket.title.clone(),
                limit: 10,
                ..Query::default()
            };
            !index.find(&query).unwrap().hits.iter().any(|hit| hit.id == ticket.id)
        })
        .map(|ticket| ticket.title.as_str())
        .collect();
    println!(
        "found by its own title in the first 10: {} of {}",
        sample.len() - missed.len(),
        sample.len()
    );
    println!("missed: {missed:#?}");
    assert!(missed.len() * 20 <= sample.len(), "{} missed", missed.len());

    let titles = tickets
        .iter()
        .step_by(tickets.len() / TITLES)
        .take(TITLES)
        .map(|ticket| ticket.title.as_str());
    report("300 real titles", &times(&index, titles));
    report("two words", &times(&index, TWO_WORDS.into_iter().cycle().take(100)));
    report(
        "slips",
        &times(
            &index,
            ["pasword", "thunderbrid", "acount setings", "mesages"].into_iter(),
        ),
    );
}

/// A desk of the size asked for by `FIRSTLINE_SEARCH_COPIES` (7 is 112,000 documents).
#[test]
fn a_large_desk_answers_fast() {
    let copies = std::env::var("FIRSTLINE_SEARCH_COPIES")
        .ok()
        .and_then(|n| n.parse().ok());
    let Some(copies) = copies else {
        println!("SKIPPED: FIRSTLINE_SEARCH_COPIES is not set");
        return;
    };
    let Some(tickets) = tickets() else { return };
    let dir = tempfile::tempdir().unwrap();
    let index = fill(dir.path(), &tickets, copies);
    println!("index {} bytes", bytes(dir.path()));
    let titles = tickets
        .iter()
        .step_by(tickets.len() / TITLES)
        .take(TITLES)
        .map(|ticket| ticket.title.as_str());
    report("300 real titles", &times(&index, titles));
    let two = times(&index, TWO_WORDS.into_iter().cycle().take(100));
    report("two words", &two);
    report(
        "slips",
        &times(
            &index,
            ["pasword", "thunderbrid", "acount setings", "mesages"].into_iter(),
        ),
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .filter(|line| line.starts_with("Rss"))
        .for_each(|line| println!("{line}"));
    assert!(two[50] < Duration::from_millis(250), "two words take {:?}", two[50]);
}
