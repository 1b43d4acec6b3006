//! The program killed, starved and restarted under load: the test binary `tests/chaos/main.rs`.
//! `check` runs a seeded sample, `assure` the whole.

use super::{Depth, Step};
use crate::place::Place;
use crate::shell;

pub const STEP: Step = Step {
    name: "chaos",
    first: false,
    present,
    run,
};

/// The `test` step asks too: it leaves these tests to this step.
pub fn present(place: &Place) -> bool {
    place.has("tests/chaos/main.rs")
}

fn run(place: &Place, depth: Depth) -> anyhow::Result<()> {
    let mut command = shell::cargo(place.root());
    // One at a time: each of these tests wants the machine for itself.
    command
        .args(["nextest", "run", "--locked", "--no-fail-fast", "--test-threads", "1"])
        // The whole workspace is named so that what the `test` step built is used again.
        .args(["--workspace", "-E", "binary(chaos)"])
        .env("FIRSTLINE_BIN", place.release_binary());
    depth.set_sizes(&mut command);
    shell::run(&mut command)
}
