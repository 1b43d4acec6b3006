//! One layout for all Rust, so that a change shows only what changed.

use super::Step;
use crate::shell;

pub const STEP: Step = Step {
    name: "fmt",
    first: true,
    present: |_| true,
    run: |place, _| shell::run(shell::cargo(place.root()).args(["fmt", "--all", "--check"])),
};
