//! The API against its own description: `crates/web/tests/api/run.sh` starts a demo desk and lets
//! schemathesis loose on it.

use std::process::Command;

use super::{Depth, Step};
use crate::place::Place;
use crate::shell;

const SCRIPT: &str = "crates/web/tests/api/run.sh";

pub const STEP: Step = Step {
    name: "api",
    first: false,
    present,
    run,
};

/// `setup` asks too, for schemathesis is needed for nothing else.
pub fn present(place: &Place) -> bool {
    place.has(SCRIPT)
}

fn run(place: &Place, depth: Depth) -> anyhow::Result<()> {
    let mut command = Command::new("bash");
    command.current_dir(place.root()).arg(SCRIPT);
    command.env("FIRSTLINE_BIN", place.release_binary());
    command.env("SCHEMATHESIS", place.python_tool("schemathesis"));
    depth.set_sizes(&mut command);
    shell::run(&mut command)
}
