//! `firstline restore FILE`: a backup into an empty folder.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Where, say};
use crate::keep;

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    #[command(flatten)]
    place: Where,
    file: PathBuf,
}

pub(crate) fn run(args: &RestoreArgs) -> Result<()> {
    let (_, place) = args.place.place()?;
    let found = keep::restore(&args.file, &place)?;
    say(&format!(
        "{}: restored, {} files, made {}",
        place.folder.display(),
        found.files,
        found.made_at
    ))
}
