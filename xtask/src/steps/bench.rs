//! The benches. In `check` they run once, small: what is out of all shape fails, and what no busy machine moves. `assure`
//! holds the promises of mail with 100,000 tickets, and takes figures over a million. Times stand beside a floor from the
//! same run; instructions are counted, and held against a committed file, in both.

use super::{Depth, Step};
use crate::place::Place;
use crate::shell;

pub const STEP: Step = Step {
    name: "bench",
    first: false,
    present,
    run,
};

fn present(place: &Place) -> bool {
    let holds_rust = |entry: std::fs::DirEntry| entry.path().extension().is_some_and(|end| end == "rs");
    std::fs::read_dir(place.at("benches")).is_ok_and(|entries| entries.flatten().any(holds_rust))
}

fn run(place: &Place, depth: Depth) -> anyhow::Result<()> {
    bench(place, depth, "--benches", None)?;
    // The promises of mail are held at 100,000 tickets, growth at a million; whoever named a size has had it.
    if depth == Depth::Check || std::env::var_os("FIRSTLINE_BENCH").is_some() {
        return Ok(());
    }
    bench(place, depth, "--bench=desk", Some("million"))
}

fn bench(place: &Place, depth: Depth, which: &str, size: Option<&str>) -> anyhow::Result<()> {
    let mut command = shell::cargo(place.root());
    command.args(["bench", "--package", "firstline", which, "--locked", "--no-fail-fast"]);
    command.env("FIRSTLINE_BIN", place.release_binary());
    depth.set_sizes(&mut command);
    if let Some(size) = size {
        command.env("FIRSTLINE_BENCH", size);
    }
    shell::run(&mut command)
}
