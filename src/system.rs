//! What the process asks of the system it runs on, once, at its start, and how full its disk is.

use std::path::Path;

use rustix::fs::{Mode, statvfs};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};

/// What a system gives a process that cannot be asked.
const USUAL: u64 = 1_024;
/// More than any desk needs; some systems say "without end".
const MOST: u64 = 1 << 20;

/// Letters, files, the index, a backup: whatever is written here is for its owner alone.
pub(crate) fn keep_files_private() {
    umask(Mode::from_raw_mode(0o077));
}

/// Bytes that may still be written to the disk this folder lies on.
pub(crate) fn free_space(folder: &Path) -> Option<u64> {
    let disk = statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Raises the number of files and connections this process may have open to what the system lets it have, and says it.
pub(crate) fn open_files() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(MOST).min(MOST);
    let raised = Rlimit {
        current: Some(wanted),
        ..limit
    };
    let now = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => wanted,
        Err(_) => limit.current.unwrap_or(USUAL),
    };
    usize::try_from(now).unwrap_or(usize::MAX)
}
