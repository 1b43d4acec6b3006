//! One conversation with an IMAP server: a command at a time, its answers until the tagged one.

use super::Done;
use super::answer::{self, Answer, Items, Said, Status};
use super::folder::quoted_folder;
use crate::fetch::{FetchError, Wire, one_line};
use std::collections::{BTreeSet, HashSet};
use std::time::Duration;
use tokio::time::timeout;

/// Bytes of one line: a SEARCH that found a million letters.
const LINE: usize = 8 * 1024 * 1024;
/// Counted bytes where no letter is expected, and counted pieces in any answer.
const SMALL: usize = 64 * 1024;
const PIECES: usize = 64;
/// Bytes of all answers to one command, besides a letter.
const TALK: usize = 32 * 1024 * 1024;
/// Letters found that one visit looks at.
pub(super) const FOUND: usize = 5_000;

/// What the folder said when it was opened.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Folder {
    pub(super) uidvalidity: u32,
    pub(super) uidnext: Option<u32>,
}

pub(crate) struct Session {
    pub(crate) wire: Wire,
    tags: u32,
    capabilities: HashSet<String>,
    largest: usize,
    pub(super) folder: Folder,
    /// Letters can be had from it, and nothing can be told about them.
    pub(super) read_only: bool,
    pub(super) exists: u32,
    /// It was asked where the folder begins.
    pub(super) asked_first: bool,
    /// A letter came since the last search.
    pub(super) news: bool,
    /// What the command under way gathers.
    found: BTreeSet<u32>,
    pub(super) found_count: usize,
    pub(super) items: Vec<Items>,
}

impl Session {
    pub(super) fn new(wire: Wire, largest: usize) -> Session {
        Session {
            wire,
            tags: 0,
            capabilities: HashSet::new(),
            largest,
            folder: Folder::default(),
            read_only: false,
            exists: 0,
            asked_first: false,
            news: false,
            found: BTreeSet::new(),
            found_count: 0,
            items: Vec::new(),
        }
    }

    pub(crate) fn has_news(&self) -> bool {
        self.news
    }

    pub(super) fn can(&self, capability: &str) -> bool {
        self.capabilities.contains(capability)
    }

    /// True when the server knows us already.
    pub(super) async fn greeted(&mut self) -> Result<bool, FetchError> {
        self.wire.allow(TALK);
        let greeting = self.answer(SMALL).await?;
        match greeting.said() {
            Some(Said::Status(Status::Ok, _)) => Ok(false),
            Some(Said::Status(Status::Preauth, _)) => Ok(true),
            Some(Said::Status(Status::Bye, words)) => Err(FetchError::Line(one_line(words))),
            _ => Err(not_understood(&greeting)),
        }
    }

    pub(super) async fn capabilities(&mut self) -> Result<(), FetchError> {
        self.capabilities.clear();
        self.command(b"CAPABILITY").await?.ok()
    }

    pub(super) async fn select(&mut self, folder: &str) -> Result<(), FetchError> {
        let command = [b"SELECT".as_slice(), b" ", &quoted_folder(folder)].concat();
        let done = self.command(&command).await?;
        self.read_only = done.has_code(b"READ-ONLY");
        done.ok()?;
        if self.folder.uidvalidity == 0 {
            return Err(FetchError::Broken("the folder has no UIDVALIDITY".to_owned()));
        }
        Ok(())
    }

    /// The numbers a search finds, of many the smallest; how many there are is in `found_count`.
    pub(super) async fn search(&mut self, words: &str) -> Result<BTreeSet<u32>, FetchError> {
        self.found.clear();
        self.found_count = 0;
        self.command(words.as_bytes()).await?.ok()?;
        Ok(std::mem::take(&mut self.found))
    }

    /// Says it and reads up to its end.
    pub(super) async fn command(&mut self, words: &[u8]) -> Result<Done, FetchError> {
        let most = self.wire.patience.command;
        let whole = async {
            let tag = self.say(words).await?;
            self.done(&tag, SMALL).await
        };
        timeout(most, whole).await.unwrap_or_else(|_| Err(too_slow()))
    }

    /// The same for the one command whose answer may hold a letter.
    pub(super) async fn command_for_letter(&mut self, words: &[u8]) -> Result<Done, FetchError> {
        let (most, letter) = (self.wire.patience.command, self.largest.saturating_add(1));
        let whole = async {
            let tag = self.say(words).await?;
            self.wire.allow(TALK.saturating_add(letter));
            self.done(&tag, letter).await
        };
        timeout(most, whole).await.unwrap_or_else(|_| Err(too_slow()))
    }

    pub(super) async fn say(&mut self, words: &[u8]) -> Result<Vec<u8>, FetchError> {
        self.tags = self.tags.wrapping_add(1);
        let tag = format!("f{}", self.tags).into_bytes();
        self.wire.allow(TALK);
        self.wire
            .send(&[&tag, b" ".as_slice(), words, b"\r\n"].concat())
            .await?;
        Ok(tag)
    }

    /// Reads up to the end of the command with this tag.
    pub(super) async fn done(&mut self, tag: &[u8], letter: usize) -> Result<Done, FetchError> {
        loop {
            // One letter in memory at a time.
            let most = if self.holds_letter() { SMALL } else { letter };
            if let Heard::Done(done) = self.hear(tag, most).await? {
                return Ok(done);
            }
        }
    }

    /// One answer, and what follows from it for us.
    pub(super) async fn hear(&mut self, tag: &[u8], letter: usize) -> Result<Heard, FetchError> {
        let answer = self.answer(letter).await?;
        let Some(said) = answer.said() else {
            return Err(not_understood(&answer));
        };
        match said {
            Said::Done {
                tag: theirs,
                status,
                words,
            } if theirs == tag => {
                let words = words.to_vec();
                self.note_code(&words);
                return Ok(Heard::Done(Done { status, words }));
            }
            Said::Done { .. } => return Err(not_understood(&answer)),
            Said::Go(words) => return Ok(Heard::Go(words.to_vec())),
            Said::Status(Status::Bye, words) => return Err(FetchError::Line(one_line(words))),
            Said::Status(_, words) => self.note_code(words),
            Said::Capability(words) => {
                let names = String::from_utf8_lossy(&words[..words.len().min(SMALL)]).to_ascii_uppercase();
                self.capabilities.extend(names.split_whitespace().map(str::to_owned));
            }
            Said::Search(words) => match answer::found(words, FOUND, &mut self.found) {
                Some(count) => self.found_count = self.found_count.saturating_add(count),
                None => return Err(not_understood(&answer)),
            },
            Said::Exists(count) => {
                self.news |= count > self.exists;
                self.exists = count;
            }
            Said::Expunge => self.exists = self.exists.saturating_sub(1),
            Said::Fetch(from) => self.note_items(answer, from),
            Said::Other => {}
        }
        Ok(Heard::More)
    }

    fn note_code(&mut self, words: &[u8]) {
        let Some((code, value)) = answer::code(words) else {
            return;
        };
        match code.as_slice() {
            b"UIDVALIDITY" => self.folder.uidvalidity = answer::name_of_letter(value).unwrap_or(0),
            b"UIDNEXT" => self.folder.uidnext = answer::name_of_letter(value),
            _ => {}
        }
    }

    fn note_items(&mut self, answer: Answer, from: usize) {
        let items = answer.items(from);
        // Flags that others changed are no concern of ours, however many.
        if self.items.len() < FOUND && !(items.body.is_some() && self.holds_letter()) {
            self.items.push(items);
        }
    }

    fn holds_letter(&self) -> bool {
        self.items.iter().any(|items| items.body.is_some())
    }

    async fn answer(&mut self, letter: usize) -> Result<Answer, FetchError> {
        let mut answer = Answer::default();
        let mut counted = 0_usize;
        loop {
            let line = self.wire.line(LINE - answer.line.len()).await?;
            let Some((open, count)) = answer::announced(&line) else {
                answer.line.extend(line);
                return Ok(answer);
            };
            let most = letter - counted;
            let count = count.filter(|count| *count <= most).ok_or_else(|| {
                FetchError::Broken(format!("it announces more than the {most} bytes that were asked for"))
            })?;
            if answer.counted.len() >= PIECES {
                return Err(FetchError::Broken("an answer in too many pieces".to_owned()));
            }
            answer.line.extend_from_slice(&line[..open]);
            let bytes = self.wire.counted(count).await?;
            counted += count;
            answer.counted.push((answer.line.len(), bytes));
        }
    }

    /// Says goodbye. What the server answers no longer matters.
    pub(crate) async fn leave(mut self) {
        let _ = timeout(Duration::from_secs(2), self.command(b"LOGOUT")).await;
    }
}

/// What one answer was to the command under way.
pub(super) enum Heard {
    Done(Done),
    Go(Vec<u8>),
    More,
}

fn not_understood(answer: &Answer) -> FetchError {
    FetchError::Broken(one_line(&answer.line))
}

fn too_slow() -> FetchError {
    FetchError::Line("the server takes too long".to_owned())
}
