//! Anything at all into each reader of what strangers write: the tests of `fuzz/`, one target a reader. `check` gives
//! each target a few seconds, `assure` two hours. The targets run one after the other.

use super::{Depth, Step};
use crate::place::Place;
use crate::shell;

pub const STEP: Step = Step {
    name: "fuzz",
    first: false,
    present,
    run,
};

/// The `test` step asks too: it leaves these tests to this step.
pub fn present(place: &Place) -> bool {
    place.has("fuzz/tests/fuzz/main.rs")
}

fn run(place: &Place, depth: Depth) -> anyhow::Result<()> {
    let mut command = shell::cargo(place.root());
    command
        .args(["nextest", "run", "--locked", "--no-fail-fast", "--no-capture"])
        // The whole workspace is named so that what the `test` step built is used again.
        .args(["--workspace", "-E", "package(fuzz)"]);
    if depth == Depth::Assure {
        // Hours are no hang here.
        command.args(["--profile", "long"]);
    }
    depth.set_sizes(&mut command);
    shell::run(&mut command)
}
