//! What a client was told is kept: one key a line, written after the desk has acknowledged it and before the client
//! goes on. It lies where a kill of the desk cannot touch it.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Mutex<File>,
}

impl Journal {
    /// Opens or makes it; what stands in it stays.
    pub fn open(path: &Path) -> Journal {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .expect("the journal opens");
        Journal {
            path: path.to_path_buf(),
            file: Mutex::new(file),
        }
    }

    /// In one write, so that no two clients' lines mix. A key holds no line break.
    pub fn note(&self, key: &str) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(format!("{key}\n").as_bytes())
            .expect("the journal takes a line");
    }

    /// Everything noted; a last line without its end was not.
    pub fn keys(&self) -> BTreeSet<String> {
        let text = std::fs::read_to_string(&self.path).expect("the journal is read");
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        whole.lines().map(str::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_line_was_never_noted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        std::fs::write(&path, "a\nb\nhalf").expect("written");
        assert_eq!(Journal::open(&path).keys().into_iter().collect::<Vec<_>>(), ["a", "b"]);
        std::fs::remove_file(&path).expect("removed");
        let journal = Journal::open(&path);
        journal.note("c");
        assert!(journal.keys().contains("c"));
    }
}
