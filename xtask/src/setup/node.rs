//! The browser tests' tools, exactly as their lock file says.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::Result;

use crate::place::Place;
use crate::shell;

pub fn install(place: &Place) -> Result<()> {
    let folder = place.browser_tests();
    let lock = folder.join("package-lock.json");
    if !lock.exists() || is_current(&folder.join("node_modules/.package-lock.json"), &lock) {
        return Ok(());
    }
    // Only what the lock names, and none of it may run a script of its own.
    shell::run(
        Command::new("npm")
            .current_dir(folder)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
    )
}

/// npm writes its own copy of the lock when it has installed everything.
fn is_current(installed: &Path, lock: &Path) -> bool {
    let changed = |path: &Path| {
        path.metadata()
            .and_then(|meta| meta.modified())
            .unwrap_or(SystemTime::UNIX_EPOCH)
    };
    installed.exists() && changed(installed) >= changed(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_installed_is_not_current() {
        let lock = Place::find().unwrap().at("Cargo.lock");
        assert!(!is_current(Path::new("/no/such/file"), &lock));
        assert!(is_current(&lock, &lock));
    }
}
