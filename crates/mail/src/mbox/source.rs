//! The lines of a file, some of which may be put back; a very long one comes in pieces.

use std::io::{BufRead, Read};

/// Bytes of a line that are looked at in one piece.
const PIECE: usize = 64 * 1024;

/// A line, or a part of a very long one.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    pub(super) at: u64,
    pub(super) begins: bool,
}

pub(super) struct Source<R> {
    reader: R,
    /// Read before, and to be read again.
    back: Vec<u8>,
    back_at: usize,
    pub(super) at: u64,
    in_line: bool,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(reader: R) -> Source<R> {
        Source {
            reader,
            back: Vec::new(),
            back_at: 0,
            at: 0,
            in_line: false,
        }
    }

    pub(super) fn piece(&mut self) -> std::io::Result<Option<Piece>> {
        let mut bytes = Vec::new();
        if self.back_at < self.back.len() {
            let rest = &self.back[self.back_at..];
            let end = rest
                .iter()
                .take(PIECE)
                .position(|b| *b == b'\n')
                .map_or(rest.len().min(PIECE), |end| end + 1);
            bytes.extend_from_slice(&rest[..end]);
            self.back_at += end;
        } else {
            (&mut self.reader).take(PIECE as u64).read_until(b'\n', &mut bytes)?;
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let piece = Piece {
            at: self.at,
            begins: !self.in_line,
            bytes,
        };
        self.at += piece.bytes.len() as u64;
        self.in_line = piece.bytes.last() != Some(&b'\n');
        Ok(Some(piece))
    }

    /// These pieces come again; they are the last ones that came.
    pub(super) fn put_back(&mut self, bytes: Vec<u8>) {
        self.at -= bytes.len() as u64;
        self.in_line = false;
        let rest = self.back.split_off(self.back_at);
        self.back = [bytes, rest].concat();
        self.back_at = 0;
    }
}
