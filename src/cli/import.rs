//! `firstline import tickets FILE`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;

use super::{Where, progress, say};
use crate::open;

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Tickets from a file of JSON lines (.jsonl or .jsonl.gz). Safe to run again: what is in stays as it is.
    Tickets {
        #[command(flatten)]
        place: Where,
        file: PathBuf,
        /// Read and count, but keep nothing.
        #[arg(long)]
        dry_run: bool,
        /// Where lines that cannot be read are written.
        #[arg(long, value_name = "FILE")]
        rejects: Option<PathBuf>,
    },
}

pub(crate) fn run(command: ImportCommand) -> Result<()> {
    let ImportCommand::Tickets {
        place,
        file,
        dry_run,
        rejects,
    } = command;
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let bar = progress::bar(None, "tickets");
    let options = import::tickets::Options { dry_run, rejects };
    let done = import::tickets::run(&desk, &file, &options, |n| bar.set_position(n))?;
    bar.finish_and_clear();
    let would = if dry_run { "would be " } else { "" };
    say(&format!(
        "{} {would}imported, {} already here, {} rejected",
        done.imported, done.known, done.rejected
    ))
}
