//! Tickets from JSON lines, one a line (see the manual for the fields; unknown ones are ignored). A line that cannot
//! be read goes to the rejects file with its reason; the rest goes in.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use desk::access::Viewer;
use desk::{Context, Desk, PersonId};
use flate2::read::MultiGzDecoder;

mod keep;
mod line;

pub use line::{Line, Said, Writer};

/// Lines of one transaction: few enough that a stop loses little, many enough that the disk is not asked too often.
const TOGETHER: usize = 200;
/// A line longer than this is no ticket.
const LONGEST: u64 = 32 * 1024 * 1024;

/// The system of tickets whose file does not say.
pub const UNNAMED: &str = "jsonl";

#[derive(Clone, Debug)]
pub struct Options {
    pub dry_run: bool,
    pub rejects: Option<PathBuf>,
    /// Where they come from. Ids are remembered under this name.
    pub system: String,
    /// What its numbers look like in subjects, such as `[Ticket#{number}]`.
    pub forms: Vec<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            dry_run: false,
            rejects: None,
            system: UNNAMED.to_string(),
            forms: Vec::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub imported: u64,
    pub known: u64,
    pub rejected: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    #[error("the desk refused: {0}")]
    Desk(#[from] desk::Error),
}

/// Reads the file to its end. `progress` hears how many lines are done.
pub fn run(desk: &Desk, path: &Path, options: &Options, progress: impl Fn(u64)) -> Result<Done, ImportError> {
    let at = |e| ImportError::File(path.to_path_buf(), e);
    let mut reader = open(path).map_err(at)?;
    let mut rejects = Rejects::open(options.rejects.as_deref())?;
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    if !options.dry_run {
        let (system, forms) = (options.system.clone(), options.forms.clone());
        desk.write_now(move |tx| desk::tickets::know_system(tx, &system, &forms))?;
    }
    let (mut done, mut waiting, mut lines) = (Done::default(), Vec::new(), 0);
    loop {
        let mut text = Vec::new();
        let read = reader.by_ref().take(LONGEST).read_until(b'\n', &mut text).map_err(at)?;
        if read > 0 {
            lines += 1;
            match Line::read(&text) {
                Ok(Some(line)) => waiting.push(line),
                Ok(None) => {}
                Err(why) => {
                    done.rejected += 1;
                    rejects.add(lines, &why, &text)?;
                }
            }
        }
        if waiting.len() >= TOGETHER || (read == 0 && !waiting.is_empty()) {
            count(&mut done, keep_all(desk, &cx, std::mem::take(&mut waiting), options)?);
        }
        progress(lines);
        if read == 0 {
            return Ok(done);
        }
    }
}

fn count(done: &mut Done, kept: Vec<bool>) {
    for new in kept {
        if new {
            done.imported += 1;
        } else {
            done.known += 1;
        }
    }
}

fn keep_all(desk: &Desk, cx: &Context, lines: Vec<Line>, options: &Options) -> Result<Vec<bool>, ImportError> {
    let (cx, system) = (cx.clone(), options.system.clone());
    if options.dry_run {
        let new = move |r: &mut desk::Read| {
            let known = lines.iter().map(|l| Ok(keep::known(r, &system, l)?.is_none()));
            known.collect()
        };
        return Ok(desk.read_now(new)?);
    }
    Ok(desk.write_now(move |tx| lines.iter().map(|l| keep::one(tx, &cx, &system, l)).collect())?)
}

fn open(path: &Path) -> std::io::Result<Box<dyn BufRead>> {
    let file = BufReader::new(File::open(path)?);
    let packed = path.extension().is_some_and(|e| e == "gz");
    Ok(if packed {
        Box::new(BufReader::new(MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    })
}

/// Where lines go that cannot be read: the number, the reason, and the line itself.
struct Rejects(Option<(PathBuf, File)>);

impl Rejects {
    fn open(path: Option<&Path>) -> Result<Rejects, ImportError> {
        let Some(path) = path else { return Ok(Rejects(None)) };
        let file = File::create(path).map_err(|e| ImportError::File(path.to_path_buf(), e))?;
        Ok(Rejects(Some((path.to_path_buf(), file))))
    }

    fn add(&mut self, number: u64, why: &str, text: &[u8]) -> Result<(), ImportError> {
        let Some((path, file)) = &mut self.0 else { return Ok(()) };
        let line = format!("{number}\t{why}\t{}\n", String::from_utf8_lossy(text).trim_end());
        file.write_all(line.as_bytes())
            .map_err(|e| ImportError::File(path.clone(), e))
    }
}
