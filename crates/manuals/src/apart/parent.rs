//! The parent: starts a child for a file, hears what it says, and kills it when its time is over. One child at a time.

use std::fs::File;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::Signal;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{COMMAND, Line, MOST_TIME};
use crate::{Fault, Kind, MOST_PAGES, MOST_TEXT, Manual};

/// All that a child may say: its words written as JSON, at worst twice as long, and a few signs a page.
const MOST_HEARD: u64 = (2 * MOST_TEXT + 64 * MOST_PAGES) as u64;
/// Of what it says when it dies.
const MOST_LAST_WORDS: u64 = 4 << 10;

/// Reads manuals in children of a program. Clones share their one place.
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
    patience: Duration,
    place: Arc<Semaphore>,
}

impl Reader {
    /// The program answers [`COMMAND`] with [`serve`](super::serve): our own, `std::env::current_exe()`.
    pub fn new(program: PathBuf) -> Reader {
        Reader::patient(program, MOST_TIME)
    }

    /// The same with another time on the wall; the child's own limits stay.
    pub fn patient(program: PathBuf, patience: Duration) -> Reader {
        Reader {
            program,
            patience,
            place: Arc::new(Semaphore::new(1)),
        }
    }

    /// Waits for the place, then answers within the time. An error is ours or the machine's, never the file's: try
    /// again later. A caller that goes away takes the child with it.
    pub async fn read(&self, kind: Kind, file: File) -> io::Result<Manual> {
        let _place = self.place.acquire().await.map_err(io::Error::other)?;
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .arg(kind.to_string())
            // Nothing the desk was told, a database's password least of all.
            .env_clear()
            .stdin(Stdio::from(file))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut manual = Manual::default();
        let heard = timeout(self.patience, hear(&mut child, &mut manual)).await;
        let outcome = heard.unwrap_or(Ok(Some(Fault::TooSlow)));
        // Waited for in every case, so none is left behind; one that has ended by itself cannot be killed any more.
        let _ = child.kill().await;
        manual.fault = outcome?;
        Ok(manual)
    }
}

async fn hear(child: &mut Child, manual: &mut Manual) -> io::Result<Option<Fault>> {
    let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::Error::other("a child has the pipes it was given"));
    };
    // Whoever has said the end need not be heard out.
    if let Some(end) = pages(out, manual).await? {
        return Ok(end);
    }
    let last_words = last_words(err).await;
    died(child.wait().await?, &last_words).map(Some)
}

/// The end the child said; `None` if it said none.
async fn pages(out: ChildStdout, manual: &mut Manual) -> io::Result<Option<Option<Fault>>> {
    let mut lines = BufReader::new(out.take(MOST_HEARD));
    let mut line = Vec::new();
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        match serde_json::from_slice(&line) {
            Ok(Line::Page(text)) if manual.pages.len() < MOST_PAGES => manual.pages.push(text.into_owned()),
            Ok(Line::End(fault)) => return Ok(Some(fault)),
            Ok(Line::Page(_)) => return Ok(Some(Some(Fault::TooLarge))),
            // Cut where the pipe was, or where the child died.
            Err(_) if lines.get_ref().limit() == 0 => return Ok(Some(Some(Fault::TooLarge))),
            Err(_) => return Ok(None),
        }
    }
}

async fn last_words(err: ChildStderr) -> String {
    let mut words = Vec::new();
    // Without them we still know by which signal it died.
    let _ = err.take(MOST_LAST_WORDS).read_to_end(&mut words).await;
    String::from_utf8_lossy(&words).into_owned()
}

/// What a child died of. Memory that is not there ends a program of Rust by an abort that says so.
fn died(status: ExitStatus, last_words: &str) -> io::Result<Fault> {
    match status.signal() {
        Some(signal) if signal == Signal::XCPU.as_raw() => Ok(Fault::TooSlow),
        // The system's own keeper of memory.
        Some(signal) if signal == Signal::KILL.as_raw() => Ok(Fault::TooLarge),
        Some(_) if last_words.contains("memory allocation of") => Ok(Fault::TooLarge),
        Some(_) => Ok(Fault::Broken),
        None => {
            let words = last_words.lines().next().unwrap_or_default();
            Err(io::Error::other(format!(
                "the reader of manuals said nothing: {status}: {words}"
            )))
        }
    }
}
