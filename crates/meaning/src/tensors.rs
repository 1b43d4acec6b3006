//! Tables of numbers in a safetensors file: eight bytes say how long the head is, the head (JSON) says of each table its
//! kind, its shape and where it lies. <https://huggingface.co/docs/safetensors>
//!
//! Each table is read when it is asked for, so that no more than one lies in memory twice.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use ndarray::{Array1, Array2};
use serde::Deserialize;

use crate::folder::{Folder, LARGEST, WEIGHTS};
use crate::{Refusal, Result, Wrong};

/// A head names a few hundred tables.
const LONGEST_HEAD: u64 = 1 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    F32,
    F16,
    Bf16,
}

impl Kind {
    fn bytes(self) -> u64 {
        match self {
            Kind::F32 => 4,
            Kind::F16 | Kind::Bf16 => 2,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
struct Info {
    dtype: String,
    shape: Vec<u64>,
    data_offsets: (u64, u64),
}

#[derive(Debug)]
pub(crate) struct Tensors {
    file: File,
    infos: BTreeMap<String, Info>,
    /// Where the tables begin, and where the file ends.
    begin: u64,
    end: u64,
}

fn refuse(wrong: Wrong, part: impl std::fmt::Display) -> Refusal {
    Refusal::of(Path::new(WEIGHTS), wrong, part)
}

impl Tensors {
    pub(crate) fn open(folder: Folder<'_>) -> Result<Tensors> {
        let (mut file, end) = folder.open(WEIGHTS, LARGEST)?;
        let broken = |_| refuse(Wrong::Broken, "head");
        let mut long = [0; 8];
        file.read_exact(&mut long).map_err(broken)?;
        let long = u64::from_le_bytes(long);
        if long > LONGEST_HEAD || long + 8 > end {
            return Err(refuse(Wrong::Broken, "head"));
        }
        let mut head = Vec::new();
        file.by_ref().take(long).read_to_end(&mut head).map_err(broken)?;
        let head: BTreeMap<String, serde_json::Value> =
            serde_json::from_slice(&head).map_err(|e| refuse(Wrong::Broken, e))?;
        let infos = head
            .into_iter()
            .filter(|(name, _)| name != "__metadata__")
            .map(|(name, info)| match serde_json::from_value(info) {
                Ok(info) => Ok((name, info)),
                Err(_) => Err(refuse(Wrong::Broken, name)),
            });
        Ok(Tensors {
            file,
            infos: infos.collect::<Result<_>>()?,
            begin: 8 + long,
            end,
        })
    }

    /// What stands before the names of the tables: a model saved with its task has a word there.
    pub(crate) fn prefix(&self) -> Result<String> {
        const FIRST: &str = "embeddings.word_embeddings.weight";
        let found = self.infos.keys().find_map(|name| name.strip_suffix(FIRST));
        found.map(str::to_owned).ok_or_else(|| refuse(Wrong::Lacks, FIRST))
    }

    pub(crate) fn vector(&mut self, name: &str, long: usize) -> Result<Array1<f32>> {
        let (kind, bytes) = self.bytes(name, &[long as u64])?;
        Ok(numbers(kind, &bytes).collect())
    }

    pub(crate) fn matrix(&mut self, name: &str, shape: (usize, usize)) -> Result<Array2<f32>> {
        let (kind, bytes) = self.bytes(name, &[shape.0 as u64, shape.1 as u64])?;
        let all = numbers(kind, &bytes).collect();
        Array2::from_shape_vec(shape, all).map_err(|_| refuse(Wrong::Shape, name))
    }

    /// The same as it lies in the file: a vocabulary of many languages is most of a model.
    pub(crate) fn rows(&mut self, name: &str, shape: (usize, usize)) -> Result<Rows> {
        let (kind, bytes) = self.bytes(name, &[shape.0 as u64, shape.1 as u64])?;
        Ok(Rows {
            kind,
            bytes,
            width: shape.1,
        })
    }

    fn bytes(&mut self, name: &str, shape: &[u64]) -> Result<(Kind, Vec<u8>)> {
        let info = self.infos.get(name).ok_or_else(|| refuse(Wrong::Lacks, name))?;
        let kind = match info.dtype.as_str() {
            "F32" => Kind::F32,
            "F16" => Kind::F16,
            "BF16" => Kind::Bf16,
            other => return Err(refuse(Wrong::Unknown, format!("{name}: {other}"))),
        };
        if info.shape != shape {
            return Err(refuse(Wrong::Shape, name));
        }
        let needed = shape.iter().try_fold(kind.bytes(), |all, n| all.checked_mul(*n));
        let (from, to) = info.data_offsets;
        let lies = to.checked_sub(from).filter(|long| Some(*long) == needed);
        let at = self.begin.checked_add(from).filter(|at| {
            lies.and_then(|long| at.checked_add(long))
                .is_some_and(|to| to <= self.end)
        });
        let (Some(at), Some(long)) = (at, lies) else {
            return Err(refuse(Wrong::Shape, name));
        };
        let broken = |_| refuse(Wrong::Broken, name);
        self.file.seek(SeekFrom::Start(at)).map_err(broken)?;
        let mut bytes = Vec::new();
        self.file.by_ref().take(long).read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 != long {
            return Err(refuse(Wrong::Broken, name));
        }
        if numbers(kind, &bytes).any(|n| !n.is_finite()) {
            return Err(refuse(Wrong::NotANumber, name));
        }
        Ok((kind, bytes))
    }
}

/// A large table, each row of which is unpacked when it is asked for.
#[derive(Debug)]
pub(crate) struct Rows {
    kind: Kind,
    bytes: Vec<u8>,
    width: usize,
}

impl Rows {
    pub(crate) fn row(&self, at: usize) -> impl Iterator<Item = f32> + '_ {
        let long = self.width * self.kind.bytes() as usize;
        numbers(self.kind, &self.bytes[at * long..(at + 1) * long])
    }
}

fn numbers(kind: Kind, bytes: &[u8]) -> impl Iterator<Item = f32> + '_ {
    let each = kind.bytes() as usize;
    bytes.chunks_exact(each).map(move |b| match kind {
        Kind::F32 => f32::from_le_bytes([b[0], b[1], b[2], b[3]]),
        Kind::F16 => from_half(u16::from_le_bytes([b[0], b[1]])),
        Kind::Bf16 => f32::from_bits(u32::from(u16::from_le_bytes([b[0], b[1]])) << 16),
    })
}

/// IEEE 754 binary16: one bit of sign, five of exponent, ten of fraction.
fn from_half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(bits >> 10 & 0x1f);
    let fraction = f32::from(bits & 0x3ff);
    sign * match exponent {
        0 => fraction * 2f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1.0 + fraction / 1024.0) * 2f32.powi(exponent - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_numbers_are_unpacked() {
        for (bits, number) in [
            (0x0000, 0.0),
            (0x0001, 2f32.powi(-24)),
            (0x03ff, 1023.0 * 2f32.powi(-24)),
            (0x0400, 2f32.powi(-14)),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
        ] {
            assert_eq!(from_half(bits), number, "{bits:#06x}");
        }
        assert!(from_half(0x7c00).is_infinite() && from_half(0x7e00).is_nan());
    }
}
