//! The compiler's and clippy's warnings, all of them refused.

use super::Step;
use crate::shell;

pub const STEP: Step = Step {
    name: "clippy",
    first: false,
    present: |_| true,
    run: |place, _| {
        shell::run(shell::cargo(place.root()).args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]))
    },
};
