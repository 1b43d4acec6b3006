//! Anything at all, for a while, into each reader of what strangers write: one file a reader. Inputs are the samples of
//! that file, cut, doubled and sprinkled with the words that mean something to the reader; sometimes the words alone.
//!
//! `FIRSTLINE_FUZZ_SECONDS` says how long each target runs. The seed is printed; `FIRSTLINE_SEED` repeats it. A failure
//! is shrunk to the smallest input that still fails.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod addresses;
mod calendars;
mod conditions;
mod forwards;
mod grants;
mod heaps;
mod html;
mod letters;
mod mailboxes;
mod manuals;
mod queries;
mod quotes;
mod reports;
mod sessions;
mod wrappings;

use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestCaseResult, TestRng, TestRunner};

/// No single input may take longer, whatever it holds.
const LONGEST: Duration = Duration::from_secs(2);
/// Even a slow machine tries this many.
const LEAST: u32 = 64;

/// Tries one input after another until the time is over.
fn run<S>(name: &str, inputs: &S, test: impl Fn(S::Value) -> TestCaseResult)
where
    S: Strategy<Value: Debug + Clone>,
{
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("FIRSTLINE_SEED").unwrap_or_else(|| RandomState::new().hash_one(name));
    let budget = Duration::from_secs(number("FIRSTLINE_FUZZ_SECONDS").unwrap_or(1));
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let (begun, mut tried, mut slowest) = (Instant::now(), 0, Duration::ZERO);
    while tried < LEAST || begun.elapsed() < budget {
        let tree = inputs.new_tree(&mut runner).expect("an input can always be made");
        let input = tree.current();
        let started = Instant::now();
        if let Err(fault) = runner.run_one(tree, &test) {
            panic!("{name}: FIRSTLINE_SEED={seed}, after {tried} inputs: {fault}");
        }
        let took = started.elapsed();
        assert!(took < LONGEST, "{name}: FIRSTLINE_SEED={seed}: {took:?} for {input:?}");
        slowest = slowest.max(took);
        tried += 1;
    }
    eprintln!("{name}: FIRSTLINE_SEED={seed}, {tried} inputs, the slowest took {slowest:?}");
}

/// One change of a sample.
#[derive(Clone, Debug)]
enum Edit {
    Put(Index, &'static str),
    Raw(Index, Vec<u8>),
    Cut(Index, usize),
    Repeat(Index, usize, usize),
}

/// Samples with a few edits, or words in any order.
fn bytes(samples: &'static [&'static str], words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let edit = prop_oneof![
        4 => (any::<Index>(), select(words)).prop_map(|(at, word)| Edit::Put(at, word)),
        1 => (any::<Index>(), prop::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, raw)| Edit::Raw(at, raw)),
        2 => (any::<Index>(), 1usize..40).prop_map(|(at, length)| Edit::Cut(at, length)),
        1 => (any::<Index>(), 1usize..60, 1usize..6).prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
    ];
    let edited = (select(samples), prop::collection::vec(edit, 0..12))
        .prop_map(|(sample, edits)| edits.into_iter().fold(sample.as_bytes().to_vec(), changed));
    let piece = prop_oneof![
        5 => select(words).prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    prop_oneof![
        2 => edited,
        1 => prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()),
    ]
}

/// The same as text.
fn texts(samples: &'static [&'static str], words: &'static [&'static str]) -> impl Strategy<Value = String> {
    bytes(samples, words).prop_map(|raw| String::from_utf8_lossy(&raw).into_owned())
}

fn changed(mut bytes: Vec<u8>, edit: Edit) -> Vec<u8> {
    let size = bytes.len();
    let place = |at: Index| at.index(size + 1);
    match edit {
        Edit::Put(at, word) => {
            let at = place(at);
            bytes.splice(at..at, word.bytes());
        }
        Edit::Raw(at, raw) => {
            let at = place(at);
            bytes.splice(at..at, raw);
        }
        Edit::Cut(at, length) => {
            let at = place(at);
            bytes.drain(at..(at + length).min(size));
        }
        Edit::Repeat(at, length, times) => {
            let at = place(at);
            let end = (at + length).min(size);
            let again = bytes[at..end].repeat(times);
            bytes.splice(end..end, again);
        }
    }
    bytes
}

/// A target that cannot fail would prove nothing: a reader that stumbles over one word is found out.
#[test]
fn control_a_stumbling_reader_is_found_out() {
    let inputs = texts(&["a calm sentence"], &["stone", "leaf"]);
    let stumbles = || {
        run("control", &inputs, |text| {
            prop_assert!(!text.contains("stone"), "stumbled");
            Ok(())
        });
    };
    let fault = std::panic::catch_unwind(std::panic::AssertUnwindSafe(stumbles)).unwrap_err();
    let words = fault.downcast_ref::<String>().expect("a failure in words");
    assert!(
        words.contains("stumbled") && words.contains("FIRSTLINE_SEED="),
        "{words}"
    );
    assert!(words.contains("minimal failing input"), "{words}");
}
