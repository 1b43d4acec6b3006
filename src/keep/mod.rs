//! Backups: one file that holds the whole desk of one instant, the database and every attached file, each with its
//! digest. Made while the desk runs; read back before it is believed.
//!
//! The file is a gzip-compressed tar: `firstline.db`, `files/..`, and at the end `manifest.json` with the SHA-256 of
//! each; a seal over the whole follows. Files are named by their content and never deleted, so the database is copied
//! first and every file it speaks of is there to be copied after. The search index is not in it: it is built anew.

mod read;
mod seal;
mod write;

use std::collections::BTreeMap;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub(crate) use read::{restore, verify};
pub(crate) use write::backup;

const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "firstline.db";
const FORMAT: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    version: String,
    made_at: String,
    /// SHA-256 in hexadecimal, by name.
    digests: BTreeMap<String, String>,
}

/// What a backup holds.
#[derive(Debug)]
pub(crate) struct Holding {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) made_at: String,
}

fn digest(from: &mut dyn Read) -> io::Result<String> {
    let (mut hash, mut block) = (Sha256::new(), vec![0; 128 * 1024]);
    loop {
        let read = from.read(&mut block)?;
        if read == 0 {
            return Ok(hexadecimal(hash));
        }
        hash.update(&block[..read]);
    }
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize()
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
