//! What was acknowledged, written to a file on another file system after the word was given.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// One operation somebody was told is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// `again`: it was sent more than once, because the first answer never came.
    Letter {
        key: String,
        again: bool,
    },
    Created {
        key: String,
        number: i64,
    },
    Replied {
        key: String,
        number: i64,
    },
}

pub(crate) struct Journal {
    path: PathBuf,
    file: Mutex<File>,
}

impl Journal {
    /// In memory where the machine has a place for that, never beside the desk.
    pub(crate) fn new() -> Journal {
        let shared = Path::new("/dev/shm");
        let folder = if shared.is_dir() {
            shared.to_path_buf()
        } else {
            std::env::temp_dir()
        };
        let unique = tempfile::Builder::new()
            .prefix("firstline-journal-")
            .tempfile_in(folder)
            .unwrap();
        let (_, path) = unique.keep().unwrap();
        let file = OpenOptions::new().append(true).open(&path).unwrap();
        Journal {
            path,
            file: Mutex::new(file),
        }
    }

    pub(crate) fn add(&self, entry: &Entry) {
        let line = match entry {
            Entry::Letter { key, again } => format!("letter {key} {}\n", i64::from(*again)),
            Entry::Created { key, number } => format!("created {key} {number}\n"),
            Entry::Replied { key, number } => format!("replied {key} {number}\n"),
        };
        self.file.lock().unwrap().write_all(line.as_bytes()).unwrap();
    }

    pub(crate) fn read(&self) -> Vec<Entry> {
        let text = std::fs::read_to_string(&self.path).unwrap();
        let entry = |line: &str| {
            let mut words = line.split(' ').map(str::to_string);
            let (kind, key, number) = (words.next()?, words.next()?, words.next()?.parse().ok()?);
            match kind.as_str() {
                "letter" => Some(Entry::Letter {
                    key,
                    again: number == 1,
                }),
                "created" => Some(Entry::Created { key, number }),
                _ => Some(Entry::Replied { key, number }),
            }
        };
        text.lines()
            .map(|line| entry(line).expect("a line of the journal"))
            .collect()
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
