//! One conversation with a POP3 server: a command, `+OK` or `-ERR`, and sometimes lines up to a
//! lone dot.

use crate::fetch::{FetchError, Wire, one_line};
use std::future::Future;
use std::time::Duration;
use tokio::time::timeout;

/// Bytes of one line that is not a letter's.
const LINE: usize = 8 * 1024;
/// Bytes of one answer that is not a letter: a list of a million.
const TALK: usize = 64 * 1024 * 1024;

/// The server's answer to a command, without its lines.
pub(super) enum Reply {
    Ok(Vec<u8>),
    No(Vec<u8>),
    /// `+`: go on (RFC 5034).
    Go(Vec<u8>),
}

impl Reply {
    pub(super) fn ok(self) -> Result<Vec<u8>, FetchError> {
        match self {
            Reply::Ok(words) => Ok(words),
            Reply::No(words) => Err(FetchError::Refused(one_line(&words))),
            Reply::Go(words) => Err(FetchError::Broken(one_line(&words))),
        }
    }
}

pub(crate) struct Session {
    pub(super) wire: Wire,
    mechanisms: String,
}

impl Session {
    pub(super) async fn greeted(mut wire: Wire) -> Result<Session, FetchError> {
        wire.allow(TALK);
        let mut session = Session {
            wire,
            mechanisms: String::new(),
        };
        match session.reply().await? {
            Reply::Ok(_) => Ok(session),
            Reply::No(words) => Err(FetchError::Line(one_line(&words))),
            Reply::Go(words) => Err(FetchError::Broken(one_line(&words))),
        }
    }

    /// A server without CAPA has none.
    pub(super) async fn capabilities(&mut self) -> Result<(), FetchError> {
        self.mechanisms.clear();
        if let Reply::Ok(_) = self.command("CAPA").await? {
            let mut mechanisms = String::new();
            self.lines(|line| {
                let line = String::from_utf8_lossy(line).to_ascii_uppercase();
                if let Some(names) = line.strip_prefix("SASL ") {
                    mechanisms = format!("{names} ");
                }
                Ok(())
            })
            .await?;
            self.mechanisms = mechanisms;
        }
        Ok(())
    }

    pub(super) fn can_authenticate(&self, mechanism: &str) -> bool {
        self.mechanisms.split_whitespace().any(|name| name == mechanism)
    }

    pub(super) async fn command(&mut self, words: &str) -> Result<Reply, FetchError> {
        self.wire.allow(TALK);
        let most = self.wire.patience.command;
        in_time(most, async {
            self.wire.send(format!("{words}\r\n").as_bytes()).await?;
            self.reply().await
        })
        .await
    }

    pub(super) async fn reply(&mut self) -> Result<Reply, FetchError> {
        let line = self.wire.line(LINE).await?;
        let after = |start: &[u8]| line.strip_prefix(start).map(|words| words.trim_ascii().to_vec());
        if let Some(words) = after(b"+OK") {
            return Ok(Reply::Ok(words));
        }
        if let Some(words) = after(b"-ERR") {
            return Ok(Reply::No(words));
        }
        after(b"+")
            .map(Reply::Go)
            .ok_or_else(|| FetchError::Broken(one_line(&line)))
    }

    /// The lines of an answer, up to the dot.
    pub(super) async fn lines(
        &mut self,
        mut each: impl FnMut(&[u8]) -> Result<(), FetchError>,
    ) -> Result<(), FetchError> {
        let most = self.wire.patience.command;
        in_time(most, async {
            loop {
                let line = self.wire.line(LINE).await?;
                if line == b"." {
                    return Ok(());
                }
                each(&line)?;
            }
        })
        .await
    }

    /// A letter's lines with their dots undone, and its true size. Of one over `most` only the size
    /// is kept, and where it has no end, neither.
    pub(super) async fn letter(&mut self, most: usize) -> Result<(Vec<u8>, usize), FetchError> {
        in_time(self.wire.patience.command, self.letter_lines(most)).await
    }

    async fn letter_lines(&mut self, most: usize) -> Result<(Vec<u8>, usize), FetchError> {
        self.wire.allow(most.saturating_mul(4).saturating_add(TALK));
        let mut raw = Vec::new();
        let mut size = 0_usize;
        loop {
            let line = self.wire.line(most.saturating_add(LINE)).await?;
            if line == b"." {
                return Ok((raw, size));
            }
            let line = line.strip_prefix(b".").unwrap_or(&line);
            size = size.saturating_add(line.len() + 2);
            if size > most {
                raw = Vec::new();
            } else {
                raw.extend_from_slice(line);
                raw.extend_from_slice(b"\r\n");
            }
        }
    }

    /// Deletes what was marked, and leaves.
    pub(super) async fn quit(&mut self) -> Result<(), FetchError> {
        self.wire.finish(true);
        self.command("QUIT").await?.ok().map(|_| ())
    }
}

/// A server that says a little now and then is not waited for any longer than one that is silent.
async fn in_time<T>(most: Duration, work: impl Future<Output = Result<T, FetchError>>) -> Result<T, FetchError> {
    let slow = || Err(FetchError::Line("the server takes too long".to_owned()));
    timeout(most, work).await.unwrap_or_else(|_| slow())
}
