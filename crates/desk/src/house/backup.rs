//! When the last backup was finished, as far as the desk was told.

use db::{Read, Write};

use super::settings::{get, put};
use crate::clock::Time;
use crate::error::Result;

const NAME: &str = "backup-at";

/// The command that makes backups says so here, once the file is whole.
pub fn backup_made(tx: &mut Write, at: Time) -> Result<()> {
    put(tx, NAME, &at.0.to_string())
}

/// `None`: none was made, or by something that does not tell the desk.
pub fn last_backup(r: &mut Read) -> Result<Option<Time>> {
    Ok(get(r, NAME)?.and_then(|text| text.parse().ok()).map(Time))
}
