//! How many instructions the common things cost, counted by valgrind: a busy machine takes longer to count, and counts
//! the same.
//!
//! A desk of 500 tickets is made as fast as the machine can; then this program runs itself under callgrind, does each
//! thing some times between two marks, and holds what was counted against `instructions/expected.toml`. It never
//! measures time and reads no text from outside.

#![allow(clippy::print_stdout, reason = "the table is what a bench is for")]
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]

#[path = "instructions/callgrind.rs"]
mod callgrind;
#[path = "instructions/desk.rs"]
mod desk_of_500;
#[path = "instructions/mark.rs"]
mod mark;
#[path = "instructions/pages.rs"]
mod pages;
#[path = "instructions/rules.rs"]
mod rules;
#[path = "instructions/texts.rs"]
mod texts;
#[allow(dead_code, reason = "shared with the tests that kill the program")]
#[path = "../tests/chaos/tools.rs"]
mod tools;
#[path = "instructions/verdict.rs"]
mod verdict;

use std::path::Path;

use mark::Marks;
use verdict::Expected;

/// Said to the copy of this program that is being counted; the desk's folder follows.
const COUNTED: &str = "--counted";
/// Takes what is counted now as what is expected from now on.
const BLESS: &str = "--bless";

fn main() {
    let words: Vec<String> = std::env::args().collect();
    match words.iter().position(|word| word == COUNTED) {
        Some(at) => count(Path::new(&words[at + 1])),
        None => judge(words.iter().any(|word| word == BLESS)),
    }
}

/// Runs under callgrind.
fn count(folder: &Path) {
    let mut marks = Marks::in_folder(folder);
    rules::count(&mut marks);
    pages::count(&mut marks, folder);
}

fn judge(bless: bool) {
    if !callgrind::is_here() {
        return tools::skip("valgrind counts the instructions and is not installed: apt-get install valgrind");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    desk_of_500::make(folder.path());
    let (counts, control) = callgrind::run(folder.path());
    if bless {
        return Expected::of(&counts).write();
    }
    let expected = Expected::read();
    println!("\n{}", verdict::table(&counts, &expected));
    if !cfg!(target_arch = "x86_64") {
        return tools::skip("the expected counts are those of x86-64: here they are only printed");
    }
    verdict::must_notice(&counts, &control, &expected);
    let faults = verdict::faults(&counts, &expected);
    assert!(faults.is_empty(), "\n{}\n\n{}", faults.join("\n"), verdict::WHAT_TO_DO);
}
