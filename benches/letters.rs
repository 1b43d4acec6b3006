//! What reading one letter may take and hold: every letter of `mail-dev`, the worst that could be made by hand, and ten
//! million bytes of HTML. By the processor time of the thread, which a busy machine hardly moves, and by the bytes this
//! process holds; beside the bare parser of MIME on the same letters.
//!
//! `FIRSTLINE_BENCH` as in `desk.rs`: the budgets of memory fail it at any size, those of time in `full`, and in `smoke`
//! what is out of all shape.

#![allow(clippy::print_stdout, reason = "the table is what a bench is for")]
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]

#[path = "letters/pages.rs"]
mod pages;
#[path = "letters/read.rs"]
mod read;
#[allow(dead_code, reason = "shared with the bench of the desk")]
#[path = "desk/report.rs"]
mod report;
#[allow(dead_code, reason = "shared with the bench of instructions")]
#[path = "instructions/texts.rs"]
mod texts;
#[allow(dead_code, reason = "shared with the tests that kill the program")]
#[path = "../tests/chaos/tools.rs"]
mod tools;
#[path = "letters/weigh.rs"]
mod weigh;
#[path = "../crates/mail/tests/memory/worst.rs"]
mod worst;

use peak_alloc::PeakAlloc;

use report::{Figures, Mode};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    let mode = Mode::from_environment();
    let mut figures = Figures::default();
    weigh::must_notice();
    read::corpus(&mut figures);
    read::worst(&mut figures);
    pages::measure(&mut figures);
    println!("\n{}", figures.table());
    report::judge(mode, &[figures]);
}
