//! Files by their content: the SHA-256 of the bytes is the name, so a name given by a stranger is never a path, and
//! the same file is kept once. Written and synced before anybody is told that it is kept.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use db::Read;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::{knowledge, tickets};

/// The largest file accepted, in bytes (25 MiB).
pub const LARGEST: usize = 25 * 1024 * 1024;

/// A folder of files, two letters of the hash a folder.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    pub fn open(folder: &Path) -> Result<Store> {
        fs::create_dir_all(folder).map_err(fault)?;
        Ok(Store {
            folder: folder.to_path_buf(),
        })
    }

    /// Keeps the bytes and answers their SHA-256 in hexadecimal. Durable when it returns.
    pub fn put(&self, bytes: &[u8]) -> Result<String> {
        let name = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
        let path = self
            .path(&name)
            .ok_or_else(|| Error::fault("a hash is always a good name"))?;
        let parent = path
            .parent()
            .ok_or_else(|| Error::fault("every file of the store has a folder"))?;
        if path.exists() {
            // Another may have put it here a moment ago and not yet be sure of the folder.
            sync_folder(parent)?;
            sync_folder(&self.folder)?;
            return Ok(name);
        }
        fs::create_dir_all(parent).map_err(fault)?;
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(Error::fault)?;
        let draft = parent.join(format!("{}.draft", data_encoding::HEXLOWER.encode(&random)));
        let written = write_synced(&draft, bytes).and_then(|()| fs::rename(&draft, &path));
        if let Err(e) = written {
            // What is left of a failed draft is only clutter: the error that matters is the first one.
            let _ = fs::remove_file(&draft);
            return Err(fault(e));
        }
        sync_folder(parent)?;
        sync_folder(&self.folder)?;
        Ok(name)
    }

    pub fn get(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.path(name).ok_or(Error::NotFound)?;
        match fs::read(&path) {
            Ok(bytes) => Ok(bytes),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(Error::NotFound),
            Err(e) => Err(fault(e)),
        }
    }

    /// Where a file lies, for streaming it; `None` for a name that is not a hash.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        let hash = name.len() == 64 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hash.then(|| self.folder.join(&name[..2]).join(name))
    }

    /// Reads the file again and compares it with its name.
    pub fn verify(&self, name: &str) -> Result<bool> {
        let path = self.path(name).ok_or(Error::NotFound)?;
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(e) => return Err(fault(e)),
        };
        let (mut hash, mut block) = (Sha256::new(), vec![0; 64 * 1024]);
        loop {
            let read = file.read(&mut block).map_err(fault)?;
            if read == 0 {
                break;
            }
            hash.update(&block[..read]);
        }
        Ok(data_encoding::HEXLOWER.encode(&hash.finalize()) == name)
    }
}

/// The content of every file that a ticket or an article speaks of, once each: what a backup takes along.
pub fn in_use(r: &mut Read) -> Result<Vec<String>> {
    let mut names = tickets::file_hashes(r)?;
    names.extend(knowledge::file_hashes(r)?);
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|f| f.sync_all()).map_err(fault)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn fault(e: std::io::Error) -> Error {
    if e.kind() == std::io::ErrorKind::StorageFull {
        Error::Full
    } else {
        Error::Fault(e.to_string())
    }
}

/// A file name for people and for `Content-Disposition`: no path, nothing that controls or hides, no beginning that a
/// shell or a file manager reads as something else, at most 150 letters.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_unseen(*c))
        .take(150)
        .collect();
    let kept = kept.trim_start_matches(['.', '-', ' ', '\u{a0}']).trim();
    if kept.is_empty() {
        "file".to_string()
    } else {
        kept.to_string()
    }
}

/// Marks that turn the reading direction can make `exe.txt` of `txt.exe`; those without a width make two names look
/// the same.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_paths_and_tricks() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\temp\\a.txt"), "a.txt");
        assert_eq!(clean_name("invoice\u{202e}txt.exe"), "invoicetxt.exe");
        assert_eq!(clean_name("..."), "file");
        assert_eq!(clean_name("\u{feff}-rf .txt"), "rf .txt");
    }

    #[test]
    fn only_hashes_are_paths() {
        let store = Store {
            folder: PathBuf::from("store"),
        };
        assert!(store.path("../../etc/passwd").is_none());
        assert!(store.path(&"a".repeat(64)).is_some());
    }
}
