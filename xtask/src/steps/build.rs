//! The program as people run it, for the steps that drive it from outside.

use super::Step;
use crate::shell;

pub const STEP: Step = Step {
    name: "build",
    first: false,
    present: |_| true,
    run: |place, _| {
        shell::run(shell::cargo(place.root()).args(["build", "--release", "--locked", "--package", "firstline"]))
    },
};
