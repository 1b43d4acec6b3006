//! One process, one database file: a lock file beside it, held by the kernel for as long as the process lives.

use crate::{Error, Result};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The database file, and the lock that keeps other servers out for as long as this lives; a short command that runs
/// beside a server takes none.
pub(crate) struct LockedFile {
    pub(crate) path: PathBuf,
    lock: Option<File>,
}

impl LockedFile {
    pub(crate) fn beside(path: &Path) -> LockedFile {
        LockedFile {
            path: path.to_owned(),
            lock: None,
        }
    }

    pub(crate) fn is_held(&self) -> bool {
        self.lock.is_some()
    }

    pub(crate) fn take(path: &Path) -> Result<LockedFile> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&name);
        let lock = lock.map_err(|e| Error::Other(format!("{}: {e}", Path::new(&name).display())))?;
        match lock.try_lock() {
            Ok(()) => Ok(LockedFile {
                path: path.to_owned(),
                lock: Some(lock),
            }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse(path.display().to_string())),
            Err(TryLockError::Error(e)) => Err(Error::Other(format!("{}: {e}", path.display()))),
        }
    }
}
