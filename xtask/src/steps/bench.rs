//! The benches. In `check` they run once, small, to show that they run; `assure` takes figures over
//! a million tickets. Times stand beside a floor from the same run; instructions are counted, and held
//! against a committed file, in both.

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
    let mut command = shell::cargo(place.root());
    command.args([
        "bench",
        "--package",
        "firstline",
        "--benches",
        "--locked",
        "--no-fail-fast",
    ]);
    command.env("FIRSTLINE_BIN", place.release_binary());
    depth.set_sizes(&mut command);
    shell::run(&mut command)
}
