//! A folder of letters, one in each file: `.eml` files by their names, and all files of a Maildir's
//! `cur` and `new`. Links are not followed; what is no letter by its name is named and passed.

use super::Found;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Folders in folders that are looked into.
const DEEPEST: usize = 20;

/// The letters of a folder, in the order of their names.
pub struct Folder {
    root: PathBuf,
    most: usize,
    /// Read last name first.
    names: Vec<PathBuf>,
    unreadable: Vec<Found>,
}

impl Folder {
    /// Letters up to `most` bytes. Only the names are in memory.
    pub fn new(root: &Path, most: usize) -> Folder {
        let mut folder = Folder {
            root: root.to_owned(),
            most,
            names: Vec::new(),
            unreadable: Vec::new(),
        };
        folder.gather(root, 0);
        folder.names.sort_unstable_by(|one, other| other.cmp(one));
        folder
    }

    fn gather(&mut self, folder: &Path, depth: usize) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) if depth <= DEEPEST => entries,
            Ok(_) => return self.note(folder, "too many folders in one another"),
            Err(error) => return self.note(folder, &error.to_string()),
        };
        for entry in entries {
            let known = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)));
            match known {
                Ok((path, kind)) if kind.is_dir() => self.gather(&path, depth + 1),
                Ok((path, _)) => self.names.push(path),
                Err(error) => self.note(folder, &error.to_string()),
            }
        }
    }

    fn note(&mut self, path: &Path, words: &str) {
        let found = Found::Unreadable {
            name: self.name(path),
            words: words.to_owned(),
        };
        self.unreadable.push(found);
    }

    /// Below the root, as it is shown.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }

    fn read(&self, path: &Path) -> Found {
        let name = self.name(path);
        if !is_letter(path) {
            return Found::Other { name };
        }
        let mut raw = Vec::new();
        let read = File::open(path).and_then(|file| {
            let size = file.metadata()?.len();
            file.take(self.most as u64 + 1).read_to_end(&mut raw)?;
            Ok(size.max(raw.len() as u64))
        });
        match read {
            Ok(size) if raw.len() > self.most => Found::TooLarge { name, size },
            Ok(_) => Found::Letter { name, raw },
            Err(error) => Found::Unreadable {
                name,
                words: error.to_string(),
            },
        }
    }
}

impl Iterator for Folder {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        match self.names.pop() {
            Some(path) => Some(self.read(&path)),
            None => self.unreadable.pop(),
        }
    }
}

/// A link could lead anywhere, and a pipe has no end: only plain files are letters.
fn is_letter(path: &Path) -> bool {
    let named = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("eml"));
    let within = path.parent().and_then(Path::file_name);
    let in_maildir = within.is_some_and(|folder| folder == "cur" || folder == "new");
    (named || in_maildir) && fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}
