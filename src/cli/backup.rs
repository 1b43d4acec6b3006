//! `firstline backup FILE` and `firstline backup verify FILE`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::{Where, say};
use crate::keep;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct BackupArgs {
    #[command(subcommand)]
    verify: Option<Verify>,
    #[command(flatten)]
    place: Where,
    /// The file to write; it must not exist yet.
    #[arg(required = true)]
    file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Verify {
    /// Read a backup whole and compare every part with its digest.
    Verify {
        #[command(flatten)]
        place: Where,
        file: PathBuf,
    },
}

pub(crate) fn run(args: BackupArgs) -> Result<()> {
    if let Some(Verify::Verify { place: _, file }) = args.verify {
        // The file is all it needs; `--data` is taken as by every command.
        let found = keep::verify(&file)?;
        return say(&format!(
            "{}: whole; {} files, made {}",
            file.display(),
            found.files,
            found.made_at
        ));
    }
    let (_, place) = args.place.place()?;
    let file = args
        .file
        .ok_or_else(|| anyhow::anyhow!("name the file to write: firstline backup FILE"))?;
    let made = keep::backup(&place, &file)?;
    say(&format!(
        "{}: {} files and the database, {} bytes",
        file.display(),
        made.files,
        made.bytes
    ))
}
