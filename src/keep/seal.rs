//! The seal of a backup: the SHA-256 of everything before it, in an empty gzip member at the end of the file, where
//! `gzip` and `tar` read over it. No bit of a sealed file can change unseen, not even one that no checksum of gzip
//! covers.

use std::io::{self, Read, Write};

use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use super::hexadecimal;

/// The bytes of the seal over what hashed to this.
pub(super) fn seal(hash: Sha256) -> io::Result<Vec<u8>> {
    let comment = format!("firstline sha256 {}", hexadecimal(hash));
    GzBuilder::new()
        .comment(comment)
        .write(Vec::new(), Compression::none())
        .finish()
}

/// Every seal is as long as this one.
pub(super) fn length() -> io::Result<u64> {
    Ok(seal(Sha256::new())?.len() as u64)
}

/// Hashes what passes through, in either direction.
pub(super) struct Hashing<T> {
    pub(crate) inner: T,
    pub(crate) hash: Sha256,
}

impl<T> Hashing<T> {
    pub(super) fn new(inner: T) -> Hashing<T> {
        Hashing {
            inner,
            hash: Sha256::new(),
        }
    }
}

impl<T: Write> Write for Hashing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(&into[..read]);
        Ok(read)
    }
}
