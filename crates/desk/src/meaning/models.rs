//! The model of a desk on its disk: copied in whole, or not at all. A small file names the one in use; it is put in its
//! place last, so a crash leaves the old model or the new one.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ::meaning::{Model, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const CURRENT: &str = "current.json";
const COPYING: &str = "copying";
/// The file that names the model is this long at most.
const SHORT: u64 = 4096;
/// A name is for people.
const LONGEST_NAME: usize = 80;

/// The model in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub name: String,
    /// Of all its files.
    pub sha256: String,
    pub dimension: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    #[error("{0}")]
    Unfit(#[from] Refusal),
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// Where models are kept: a folder beside the files of the desk.
#[derive(Clone, Debug)]
pub struct Models {
    folder: PathBuf,
}

impl Models {
    pub fn new(folder: &Path) -> Models {
        Models {
            folder: folder.to_owned(),
        }
    }

    /// Copies the files of a model in, judges the copy, and makes it the one in use.
    pub fn add(&self, from: &Path, name: &str) -> Result<Kept, NotKept> {
        let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        fs::create_dir_all(&self.folder)?;
        let copy = self.folder.join(COPYING);
        remove(&copy)?;
        let added = self.judged(from, &copy, name);
        if added.is_err() {
            remove(&copy)?;
        }
        let kept = added?;
        remove(&self.of(&kept))?;
        fs::rename(&copy, self.of(&kept))?;
        self.name(&kept)?;
        self.tidy(Some(&kept))?;
        Ok(kept)
    }

    fn judged(&self, from: &Path, copy: &Path, name: String) -> Result<Kept, NotKept> {
        let sha256 = copy_files(from, copy)?;
        let model = Model::open(copy, &name)?;
        Ok(Kept {
            name,
            sha256,
            dimension: model.dimension(),
        })
    }

    /// Whether there was one.
    pub fn remove(&self) -> io::Result<bool> {
        let there = self.current()?.is_some();
        remove_file(&self.folder.join(CURRENT))?;
        if self.folder.is_dir() {
            sync(&self.folder)?;
            self.tidy(None)?;
        }
        Ok(there)
    }

    pub fn current(&self) -> io::Result<Option<Kept>> {
        let file = match File::open(self.folder.join(CURRENT)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut text = String::new();
        file.take(SHORT).read_to_string(&mut text)?;
        let kept: Kept = serde_json::from_str(&text)?;
        // It becomes the name of a folder.
        if kept.sha256.len() != 64 || !kept.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "sha256"));
        }
        Ok(Some(kept))
    }

    /// When the one in use was named: one that is put in again is read again.
    pub(super) fn named(&self) -> Option<SystemTime> {
        fs::metadata(self.folder.join(CURRENT))
            .and_then(|file| file.modified())
            .ok()
    }

    pub(super) fn of(&self, kept: &Kept) -> PathBuf {
        self.folder.join(&kept.sha256[..16])
    }

    /// Where the points of this model are kept.
    pub fn points(&self, kept: &Kept) -> PathBuf {
        self.folder.join(format!("{}.points", &kept.sha256[..16]))
    }

    fn name(&self, kept: &Kept) -> io::Result<()> {
        let (new, current) = (self.folder.join("current.new"), self.folder.join(CURRENT));
        let mut file = File::create(&new)?;
        file.write_all(serde_json::to_string(kept)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(new, current)?;
        sync(&self.folder)
    }

    /// What is of no model in use any more goes.
    fn tidy(&self, kept: Option<&Kept>) -> io::Result<()> {
        let stays: Vec<PathBuf> = kept
            .map(|kept| vec![self.of(kept), self.points(kept), self.folder.join(CURRENT)])
            .unwrap_or_default();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if !stays.contains(&path) {
                if path.is_dir() {
                    remove(&path)?;
                } else {
                    remove_file(&path)?;
                }
            }
        }
        Ok(())
    }
}

/// The sum of all files that were copied, each on the disk when this returns.
fn copy_files(from: &Path, to: &Path) -> io::Result<String> {
    fs::create_dir_all(to)?;
    let mut sum = Sha256::new();
    for (name, most) in ::meaning::files() {
        let source = from.join(name);
        if !source.is_file() {
            continue;
        }
        let target = to.join(name);
        let parent = target.parent().unwrap_or(to);
        fs::create_dir_all(parent)?;
        // One byte more than may be is enough to be refused for it.
        let mut source = File::open(source)?.take(most + 1);
        let mut target = File::create(&target)?;
        sum.update(name.as_bytes());
        let mut block = vec![0; 1 << 20];
        loop {
            let read = source.read(&mut block)?;
            if read == 0 {
                break;
            }
            sum.update(&block[..read]);
            target.write_all(&block[..read])?;
        }
        target.sync_all()?;
        sync(parent)?;
    }
    sync(to)?;
    Ok(data_encoding::HEXLOWER.encode(&sum.finalize()))
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn remove_file(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
