//! What we depend on: licences, banned crates, sources (`deny.toml`), and no yanked version.

mod yanked;

use std::process::Command;

use anyhow::{Result, bail};

use super::{Depth, Step};
use crate::place::Place;
use crate::setup::cargo_tools;
use crate::shell;

pub const STEP: Step = Step {
    name: "deny",
    first: false,
    present: |place| place.has("deny.toml"),
    run,
};

fn run(place: &Place, _: Depth) -> Result<()> {
    let mut deny = Command::new(cargo_tools::deny(place));
    deny.current_dir(place.root())
        .args(["--workspace", "--locked", "check", "licenses", "bans", "sources"]);
    shell::run(&mut deny)?;
    let yanked = yanked::in_lock_file(place)?;
    if !yanked.is_empty() {
        bail!(
            "yanked by their makers: {}; move to another version with `cargo update --package NAME`",
            yanked.join(", ")
        );
    }
    Ok(())
}
