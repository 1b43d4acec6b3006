//! `firstline import tickets FILE` and `firstline import letters FILE|FOLDER`.

mod letters;

use std::path::{Path, PathBuf};

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
    /// Letters from an mbox file, or a folder of .eml files or a Maildir. They are kept in the ledger and filed like
    /// letters that come in, but nobody is told. Safe to run again: what is in the ledger already is passed over.
    Letters {
        #[command(flatten)]
        place: Where,
        file: PathBuf,
        /// The mailbox they belong to, by its address.
        #[arg(long, value_name = "ADDRESS")]
        mailbox: String,
        /// Read and count, but keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

pub(crate) fn run(command: ImportCommand) -> Result<()> {
    match command {
        ImportCommand::Tickets {
            place,
            file,
            dry_run,
            rejects,
        } => tickets(&place, &file, dry_run, rejects),
        ImportCommand::Letters {
            place,
            file,
            mailbox,
            dry_run,
        } => letters::run(&place, &file, &mailbox, dry_run),
    }
}

fn tickets(place: &Where, file: &Path, dry_run: bool, rejects: Option<PathBuf>) -> Result<()> {
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let bar = progress::bar(None, "tickets");
    let options = import::tickets::Options { dry_run, rejects };
    let done = import::tickets::run(&desk, file, &options, |n| bar.set_position(n))?;
    bar.finish_and_clear();
    let would = if dry_run { "would be " } else { "" };
    say(&format!(
        "{} {would}imported, {} already here, {} rejected",
        done.imported, done.known, done.rejected
    ))
}
