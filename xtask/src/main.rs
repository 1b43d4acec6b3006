//! The house keeper: one program that installs what the tests need and runs every check.
//!
//! `cargo xtask check` is all of CI; there is no second list anywhere. It must stay small and
//! quick to build, so it never depends on a crate of the product.
#![allow(clippy::print_stdout, reason = "a command line program speaks on standard output")]
#![allow(
    unreachable_pub,
    reason = "a program has no callers outside; `pub` here means out of the module"
)]

mod place;
mod retrieval;
mod rust_text;
mod screenshots;
mod setup;
mod shell;
mod steps;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::place::Place;
use crate::steps::{Choice, Depth};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set up, check and keep the house of Firstline")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what the tests need and this machine lacks
    Setup,
    /// Every check of a change: all of CI, under an hour
    Check(Choice),
    /// The same checks at the length a release asks for: hours
    Assure(Choice),
    /// The tree against the house rules: seconds
    Tidy,
    /// How well the desk finds what helped before: minutes
    Retrieval(retrieval::Asked),
    /// Pictures of every page, in a folder of the target directory: minutes
    Screenshots,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            println!("\nFAILED: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let place = Place::find()?;
    match command {
        Command::Setup => setup::run(&place),
        Command::Check(choice) => steps::run(&place, Depth::Check, &choice),
        Command::Assure(choice) => steps::run(&place, Depth::Assure, &choice),
        Command::Tidy => tidy::run(&place),
        Command::Retrieval(asked) => retrieval::run(&place, &asked),
        Command::Screenshots => screenshots::run(&place),
    }
}
