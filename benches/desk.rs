//! How fast and how big: a desk of many tickets, measured against the bare engines on the same rows in the same run.
//!
//! `FIRSTLINE_BENCH` chooses the size: `smoke` (the default) builds 5,000 tickets and fails only where a ratio to its
//! floor is out of all shape; `full` builds 100,000, tells each missed budget, and fails where the promises of mail are
//! broken; `million` builds 10,000 and then 1,000,000 and holds the second against the first. `FIRSTLINE_BENCH_FOLDER` keeps what was built for the
//! next run.

#![allow(clippy::print_stdout, reason = "the table is what a bench is for")]
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]

#[path = "desk/backlog.rs"]
mod backlog;
#[path = "desk/fill.rs"]
mod fill;
#[path = "desk/floor.rs"]
mod floor;
#[allow(dead_code, reason = "shared with the tests that kill the program")]
#[path = "../tests/chaos/http.rs"]
mod http;
#[path = "desk/inside.rs"]
mod inside;
#[path = "desk/measure.rs"]
mod measure;
#[path = "desk/outside.rs"]
mod outside;
#[path = "desk/points.rs"]
mod points;
#[path = "desk/report.rs"]
mod report;
#[allow(dead_code, reason = "shared with the tests that kill the program")]
#[path = "../tests/chaos/server.rs"]
mod server;
#[allow(dead_code, reason = "shared with the tests that kill the program")]
#[path = "../tests/chaos/smtp.rs"]
mod smtp;
#[allow(dead_code, reason = "shared with the tests that kill the program")]
#[path = "../tests/chaos/tools.rs"]
mod tools;
#[path = "desk/work.rs"]
mod work;

use std::path::{Path, PathBuf};

use fill::Filled;
use floor::Floor;
use report::{Figures, Mode};

fn main() {
    let mode = Mode::from_environment();
    let kept = std::env::var_os("FIRSTLINE_BENCH_FOLDER").map(PathBuf::from);
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    // All are built before any is measured, so that they are held against each other within one hour of the machine.
    let home = |tickets: usize| {
        kept.as_deref()
            .unwrap_or(temporary.path())
            .join(format!("desk-{tickets}"))
    };
    let mut built: Vec<Built> = mode
        .sizes()
        .iter()
        .map(|&tickets| build(&home(tickets), tickets))
        .collect();
    for desk in &mut built {
        inside::measure(&runtime, &desk.filled, &desk.floor, &mut desk.figures);
    }
    for desk in &mut built {
        outside::measure(&runtime, &desk.filled, &desk.floor, mode, &mut desk.figures);
        backlog::measure(&desk.filled, &desk.floor, mode, &mut desk.figures);
        let tickets = desk.filled.tickets;
        println!(
            "\n{tickets} tickets, {} messages\n\n{}",
            tickets * 3,
            desk.figures.table()
        );
    }
    let runs: Vec<Figures> = built.into_iter().map(|desk| desk.figures).collect();
    report::judge(mode, &runs);
}

struct Built {
    filled: Filled,
    floor: Floor,
    figures: Figures,
}

fn build(home: &Path, tickets: usize) -> Built {
    let mut figures = Figures::default();
    let filled = fill::build(home, tickets);
    fill::sizes(&filled, &mut figures);
    let floor = Floor::copy_of(&filled.folder.join("firstline.db"), &home.join("floor.db"));
    Built { filled, floor, figures }
}
