//! Cargo's helpers: nextest and deny. Built from their crates into `target/xtask`, so that a
//! checkout changes nothing outside itself.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::place::Place;
use crate::shell;

/// The version the checks were written against.
const DENY: &str = "0.20.2";
const NEXTEST: &str = "0.9.143";

pub fn install(place: &Place) -> Result<()> {
    let said = Command::new(deny(place)).arg("--version").output();
    if !said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains(DENY)) {
        build(place, "cargo-deny", DENY, &["--no-default-features"])?;
    }
    if !shell::works(shell::cargo(place.root()).args(["nextest", "--version"])) {
        build(
            place,
            "cargo-nextest",
            NEXTEST,
            &["--no-default-features", "--features", "default-no-update"],
        )?;
    }
    Ok(())
}

/// Ours, whatever else the machine has: one version judges alike everywhere.
pub fn deny(place: &Place) -> PathBuf {
    place.tools().join("bin/cargo-deny")
}

/// Unoptimised: the tool runs for a second, and building it costs a quarter as much that way.
fn build(place: &Place, name: &str, version: &str, features: &[&str]) -> Result<()> {
    let build = place.tools().join("build");
    let mut install = shell::cargo(place.root());
    install
        .args([
            "install",
            name,
            "--version",
            version,
            "--locked",
            "--debug",
            "--quiet",
            "--force",
        ])
        .args(features);
    install.arg("--root").arg(place.tools()).arg("--target-dir").arg(&build);
    install.env("CARGO_PROFILE_DEV_DEBUG", "0");
    shell::run(&mut install)?;
    // The pieces are of no further use, and large.
    std::fs::remove_dir_all(&build).or_else(|fault| if build.exists() { Err(fault) } else { Ok(()) })?;
    Ok(())
}
