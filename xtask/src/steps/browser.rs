//! The pages in a real browser: journeys in both languages, the morph guard, attack strings,
//! accessibility. Node's own test runner over `crates/web/tests/browser/*.test.mjs`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Depth, Step};
use crate::place::Place;
use crate::shell;

pub const STEP: Step = Step {
    name: "browser",
    first: false,
    present,
    run,
};

fn present(place: &Place) -> bool {
    place.browser_tests().join("package.json").exists()
}

fn run(place: &Place, depth: Depth) -> Result<()> {
    let tests = test_files(place)?;
    if tests.is_empty() {
        bail!(
            "no *.test.mjs in {}: a suite without tests proves nothing",
            place.browser_tests().display()
        );
    }
    let mut command = node(place, tests);
    depth.set_sizes(&mut command);
    shell::run(&mut command)
}

/// The suite that walks every page keeps a picture of each.
pub fn pictures(place: &Place, folder: &Path) -> Result<()> {
    let mut command = node(place, vec!["pages-axe.test.js".to_owned()]);
    command.env("SHOTS", folder);
    shell::run(&mut command)
}

fn node(place: &Place, tests: Vec<String>) -> Command {
    let mut command = Command::new("node");
    command
        .current_dir(place.browser_tests())
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(tests);
    command.env("FIRSTLINE_BIN", place.release_binary());
    if let Some(chromium) = shell::find("chromium") {
        command.env("CHROMIUM", chromium);
    }
    command
}

fn test_files(place: &Place) -> Result<Vec<String>> {
    let folder = place.browser_tests();
    let entries = std::fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut tests: Vec<_> = names
        .filter(|name| name.ends_with(".test.mjs") || name.ends_with(".test.js"))
        .collect();
    tests.sort();
    Ok(tests)
}
