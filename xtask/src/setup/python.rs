//! schemathesis, in an environment of this checkout's own.

use std::process::Command;

use anyhow::Result;

use crate::place::Place;
use crate::shell;
use crate::steps;

/// The version the API tests were written against.
const SCHEMATHESIS: &str = "schemathesis>=4,<5";

pub fn install(place: &Place) -> Result<()> {
    if !steps::need_schemathesis(place)
        || shell::works(Command::new(place.python_tool("schemathesis")).arg("--version"))
    {
        return Ok(());
    }
    let home = place.tools().join("venv");
    shell::run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    shell::run(Command::new(place.python_tool("pip")).args(["install", "--quiet", SCHEMATHESIS]))
}
