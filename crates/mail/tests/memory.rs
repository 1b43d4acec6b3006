//! What reading a letter may hold and do, measured: at most 64 MiB besides the letter itself, and
//! bounded work, for every letter of the corpus and for the worst that could be made by hand. The same for making HTML
//! safe, as a page and as the frame of a letter.
//! One test for all letters, because the allocator is counted for the whole process.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "memory/worst.rs"]
mod worst;

use mail::Spent;
use peak_alloc::PeakAlloc;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use worst::{LARGEST, filled, typed};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST: usize = 64 * 1024 * 1024;
/// Two seconds on a quiet machine and optimised; here neither is so.
const PATIENCE: Duration = Duration::from_secs(20);

/// The most memory held while the work runs, besides what was held before.
fn peak(work: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    work();
    MEMORY.peak_usage().saturating_sub(before)
}

struct Cost {
    held: usize,
    spent: Spent,
    took: Duration,
}

fn cost(raw: &[u8]) -> Cost {
    let begun = Instant::now();
    let mut spent = Spent::default();
    let held = peak(|| {
        let (letter, measured) = mail::parse_measured(raw);
        assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
        spent = measured;
    });
    Cost {
        held,
        spent,
        took: begun.elapsed(),
    }
}

fn check(name: &str, raw: &[u8]) -> Cost {
    let cost = cost(raw);
    let mib = |bytes: usize| bytes / 1024 / 1024;
    if raw.len() > LARGEST / 4 {
        eprintln!(
            "{name:24} {:4} MiB, {:4} counted, {:4} million steps, {:?}",
            mib(cost.held),
            mib(cost.spent.bytes),
            cost.spent.steps / 1_000_000,
            cost.took
        );
    }
    assert!(cost.held <= MOST, "{name} held {} MiB", mib(cost.held));
    assert!(cost.spent.bytes <= Spent::MOST_BYTES, "{name}");
    assert!(
        cost.spent.steps <= Spent::MOST_STEPS,
        "{name}: {} steps",
        cost.spent.steps
    );
    assert!(cost.took < PATIENCE, "{name} took {:?}", cost.took);
    cost
}

fn check_html(name: &str, html: &str) -> Vec<String> {
    let mut over = Vec::new();
    let mib = |bytes: usize| bytes / 1024 / 1024;
    for (how, make) in [
        ("page", (|html| mail::html::clean(html).html.len()) as fn(&str) -> usize),
        ("frame", |html| mail::html::frame(html, |_| None).len()),
        ("Markdown", |html| {
            mail::html::to_markdown(html).map_or(0, |text| text.len())
        }),
        ("text", |html| mail::html::to_text(html).len()),
    ] {
        let (begun, mut made) = (Instant::now(), 0);
        let held = peak(|| made = make(html));
        let took = begun.elapsed();
        eprintln!(
            "{name:24} {:3} MiB as {how:8}: {:4} MiB held, {:3} MiB made, {took:?}",
            mib(html.len()),
            mib(held),
            mib(made)
        );
        if held > MOST || took > PATIENCE {
            over.push(format!("{name} as {how} held {} MiB, for {took:?}", mib(held)));
        }
    }
    over
}

fn corpus() -> Vec<(String, Vec<u8>)> {
    let Some(root) = std::env::var_os("FIRSTLINE_TEST_DATA") else {
        assert!(
            std::env::var_os("FIRSTLINE_TEST_REQUIRE").is_none(),
            "FIRSTLINE_TEST_DATA is not set"
        );
        eprintln!("SKIPPED: FIRSTLINE_TEST_DATA is not set");
        return Vec::new();
    };
    let root = PathBuf::from(root).join("mail-dev");
    let index = std::fs::read_to_string(root.join("index.tsv")).unwrap();
    let files = index.lines().skip(1).filter_map(|line| line.split('\t').next());
    files
        .map(|file| (file.to_owned(), std::fs::read(root.join(file)).unwrap()))
        .collect()
}

#[test]
fn no_letter_takes_more_than_its_share() {
    // The control: a reader that kept three copies of a large letter would be found out.
    let giant = filled(&typed("image/png", "binary"), "0123456789");
    let greedy = peak(|| drop((giant.clone(), giant.clone())));
    assert!(
        greedy > MOST,
        "the measure sees only {greedy} bytes of {}",
        2 * giant.len()
    );
    let plain = check("the control", &giant);
    assert!(plain.held >= giant.len() - 1_000, "the file is held: {}", plain.held);
    assert!(
        plain.spent.bytes >= giant.len() - 1_000,
        "and counted: {}",
        plain.spent.bytes
    );
    for (name, raw) in worst::LETTERS.into_iter().flat_map(|make| make()) {
        check(name, &raw);
    }
    let over: Vec<String> = worst::html()
        .iter()
        .flat_map(|(name, html)| check_html(name, html))
        .collect();
    assert!(over.is_empty(), "{}", over.join("\n"));
    for (file, raw) in corpus() {
        check(&file, &raw);
    }
}
