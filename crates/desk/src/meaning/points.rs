//! The file of points: lines one after the other, each with a sum of itself. What was written last of a text holds. It is
//! derived, so it is never waited for: a line that a crash has cut is left out, and its text is reckoned again.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use ::meaning::Packed;

use super::room::{About, Spaces, kind_at, kind_of};
use crate::events::Cursor;
use crate::suggestions::TargetKind;
use crate::words::Lang;

/// Lines that say nothing any more are let be up to so many, and as many as there are points.
const SPARE: usize = 1000;
/// A cursor is short.
const LONGEST_CURSOR: usize = 200;

const PUT: u8 = 1;
const GONE: u8 = 2;
const AS_FAR_AS: u8 = 3;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    Put(TargetKind, i64, Packed, About),
    Gone(TargetKind, i64),
    /// The log was followed to here.
    AsFarAs(String),
}

#[derive(Debug)]
pub(super) struct Points {
    file: BufWriter<File>,
}

impl Points {
    /// Opens the file and fills the spaces from it; with where the log was followed to, if it was followed to its end.
    pub(super) fn open(path: &Path, spaces: &mut Spaces) -> io::Result<(Points, Option<Cursor>)> {
        let (cursor, lines, long) = read(path, spaces)?;
        if lines > 2 * spaces.len() + SPARE {
            rewrite(path, spaces, cursor.as_deref())?;
        } else if path.exists() {
            // A line that was cut is followed by none.
            File::options().write(true).open(path)?.set_len(long)?;
        }
        let file = File::options().create(true).append(true).open(path)?;
        let points = Points {
            file: BufWriter::new(file),
        };
        Ok((points, cursor.and_then(|text| Cursor::parse(&text))))
    }

    pub(super) fn write(&mut self, line: &Line) -> io::Result<()> {
        self.file.write_all(&bytes(line))
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The cursor, how many lines there are, and how many bytes of the file are whole lines.
fn read(path: &Path, spaces: &mut Spaces) -> io::Result<(Option<String>, usize, u64)> {
    let file = match File::open(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((None, 0, 0)),
        other => other?,
    };
    let mut file = BufReader::new(file);
    let (mut cursor, mut lines, mut long) = (None, 0, 0);
    while let Some((line, bytes)) = next(&mut file, spaces.dimension()) {
        lines += 1;
        long += bytes as u64;
        match line {
            Line::Put(kind, id, point, about) => spaces.put(kind, id, &point, about),
            Line::Gone(kind, id) => spaces.remove(kind, id),
            Line::AsFarAs(text) => cursor = Some(text),
        }
    }
    Ok((cursor, lines, long))
}

fn rewrite(path: &Path, spaces: &Spaces, cursor: Option<&str>) -> io::Result<()> {
    let new: PathBuf = path.with_extension("new");
    let mut file = BufWriter::new(File::create(&new)?);
    for (kind, id, point, about) in spaces.all() {
        file.write_all(&bytes(&Line::Put(kind, id, point, about)))?;
    }
    if let Some(cursor) = cursor {
        file.write_all(&bytes(&Line::AsFarAs(cursor.to_owned())))?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    fs::rename(new, path)
}

/// How long it is, what it is, its sum.
fn bytes(line: &Line) -> Vec<u8> {
    let mut body = Vec::new();
    match line {
        Line::Put(kind, id, point, about) => {
            body.extend([PUT, kind_at(*kind) as u8, u8::from(about.lang == Lang::Fr)]);
            body.extend([*id, about.gate, about.at].iter().flat_map(|n| n.to_le_bytes()));
            body.extend(about.hash.to_le_bytes());
            body.extend(point.scale.to_le_bytes());
            body.extend(point.numbers.iter().map(|n| n.to_le_bytes()[0]));
        }
        Line::Gone(kind, id) => {
            body.extend([GONE, kind_at(*kind) as u8, 0]);
            body.extend(id.to_le_bytes());
        }
        Line::AsFarAs(text) => {
            body.extend([AS_FAR_AS, 0, 0]);
            body.extend(text.as_bytes());
        }
    }
    let mut line = u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    line.extend(sum(&body).to_le_bytes());
    line.extend(body);
    line
}

/// The next whole line, and how long it is.
fn next(file: &mut impl io::Read, dimension: usize) -> Option<(Line, usize)> {
    let mut head = [0; 8];
    file.read_exact(&mut head).ok()?;
    let (long, said) = head.split_at(4);
    let long = u32::from_le_bytes(long.try_into().ok()?) as usize;
    if long > 64 + dimension.max(LONGEST_CURSOR) {
        return None;
    }
    let mut body = vec![0; long];
    file.read_exact(&mut body).ok()?;
    if sum(&body).to_le_bytes() != said {
        return None;
    }
    Some((line(&body)?, 8 + long))
}

fn line(body: &[u8]) -> Option<Line> {
    let ([what, kind, lang], rest) = body.split_first_chunk::<3>()?;
    if *what == AS_FAR_AS {
        return Some(Line::AsFarAs(String::from_utf8(rest.to_vec()).ok()?));
    }
    let kind = kind_of(*kind as usize)?;
    let (id, rest) = number(rest)?;
    if *what == GONE {
        return Some(Line::Gone(kind, id));
    }
    let (gate, rest) = number(rest)?;
    let (at, rest) = number(rest)?;
    let (hash, rest) = number(rest)?;
    let (scale, numbers) = rest.split_first_chunk::<4>()?;
    let point = Packed {
        scale: f32::from_le_bytes(*scale),
        numbers: numbers.iter().map(|b| i8::from_le_bytes([*b])).collect(),
    };
    let about = About {
        lang: if *lang == 1 { Lang::Fr } else { Lang::En },
        gate,
        at,
        hash: hash.cast_unsigned(),
    };
    Some(Line::Put(kind, id, point, about))
}

fn number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    Some((i64::from_le_bytes(*number), rest))
}

/// FNV-1a (Fowler, Noll and Vo): what a crash has cut is told from what is whole.
fn sum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    bytes.iter().fold(0x811c_9dc5, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(hash: u64) -> About {
        About {
            lang: Lang::Fr,
            gate: -1,
            at: 7,
            hash,
        }
    }

    fn written(path: &Path) {
        let mut spaces = Spaces::new(2);
        let (mut points, none) = Points::open(path, &mut spaces).unwrap();
        assert!(none.is_none());
        let point = Packed::new(&[0.6, 0.8]);
        for line in [
            Line::Put(TargetKind::Ticket, 1, point.clone(), about(1)),
            Line::Put(TargetKind::Article, 1, point.clone(), about(2)),
            Line::Put(TargetKind::Ticket, 2, point.clone(), about(3)),
            Line::Gone(TargetKind::Ticket, 2),
            Line::Put(TargetKind::Ticket, 1, point, about(4)),
            Line::AsFarAs(Cursor::default().as_text()),
        ] {
            points.write(&line).unwrap();
        }
        points.flush().unwrap();
    }

    #[test]
    fn what_was_written_last_of_a_text_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.points");
        written(&path);
        let mut spaces = Spaces::new(2);
        let (_, cursor) = Points::open(&path, &mut spaces).unwrap();
        assert_eq!(cursor, Some(Cursor::default()));
        assert_eq!(spaces.len(), 2);
        assert_eq!(spaces.about(TargetKind::Ticket, 1), Some(about(4)));
        assert_eq!(spaces.about(TargetKind::Article, 1), Some(about(2)));
    }

    #[test]
    fn a_line_that_was_cut_is_left_out_and_the_next_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.points");
        written(&path);
        let whole = fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let mut spaces = Spaces::new(2);
            let (mut points, cursor) = Points::open(&path, &mut spaces).unwrap();
            assert!(cursor.is_none(), "{cut}");
            points
                .write(&Line::Put(TargetKind::Solution, 9, Packed::new(&[1.0, 0.0]), about(5)))
                .unwrap();
            points.flush().unwrap();
            let mut again = Spaces::new(2);
            Points::open(&path, &mut again).unwrap();
            assert_eq!(again.len(), spaces.len() + 1, "{cut}");
        }
    }

    #[test]
    fn a_file_of_old_lines_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.points");
        let mut spaces = Spaces::new(2);
        let (mut points, _) = Points::open(&path, &mut spaces).unwrap();
        for hash in 0..2000 {
            let line = Line::Put(TargetKind::Ticket, 1, Packed::new(&[0.6, 0.8]), about(hash));
            points.write(&line).unwrap();
        }
        drop(points);
        let before = fs::metadata(&path).unwrap().len();
        Points::open(&path, &mut spaces).unwrap();
        assert!(fs::metadata(&path).unwrap().len() * 1000 < before);
        assert_eq!(spaces.about(TargetKind::Ticket, 1), Some(about(1999)));
    }
}
