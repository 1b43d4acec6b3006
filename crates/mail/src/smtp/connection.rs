//! The bytes of one connection: lines in with a bound, answers out when the client waits, in the
//! clear or within TLS.

use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// Read at once between letters: many clients stand there and say little.
const LINES: usize = 2 * 1024;
/// Read at once within a letter.
const LETTER: usize = 16 * 1024;
/// To say goodbye.
const PARTING: Duration = Duration::from_secs(5);

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(super) struct Connection {
    stream: Box<dyn Stream>,
    input: Vec<u8>,
    at: usize,
    output: Vec<u8>,
    write_time: Duration,
}

pub(super) enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, write_time: Duration) -> Connection {
        // Answers are small and waited for.
        let _ = stream.set_nodelay(true);
        Connection {
            stream: Box::new(stream),
            input: Vec::new(),
            at: 0,
            output: Vec::new(),
            write_time,
        }
    }

    pub(super) fn answer(&mut self, words: &str) {
        self.output.extend_from_slice(words.as_bytes());
        self.output.extend_from_slice(b"\r\n");
    }

    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if self.output.is_empty() {
            return Ok(());
        }
        let writing = self.stream.write_all(&self.output);
        timeout(self.write_time, writing)
            .await
            .map_err(|_| io::ErrorKind::TimedOut)??;
        self.output.clear();
        Ok(())
    }

    /// What was read and not yet taken.
    pub(super) fn waiting(&self) -> &[u8] {
        &self.input[self.at..]
    }

    pub(super) fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.input.len());
    }

    /// Goes on within TLS. Whatever the client had sent in the clear after asking for it is
    /// forgotten: it may be somebody else's words (RFC 3207, section 4.2; CVE-2011-0411).
    pub(super) async fn secure(&mut self, config: Arc<ServerConfig>) -> io::Result<()> {
        self.flush().await?;
        self.input.clear();
        self.at = 0;
        let open = std::mem::replace(&mut self.stream, Box::new(tokio::io::empty()));
        self.stream = Box::new(TlsAcceptor::from(config).accept(open).await?);
        Ok(())
    }

    /// Sends what is owed and ends our side, so that the client hears the last words.
    pub(super) async fn close(&mut self) -> io::Result<()> {
        self.flush().await?;
        timeout(PARTING, self.stream.shutdown())
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    /// Reads more of a letter; false at the end of the stream.
    pub(super) async fn fill(&mut self) -> io::Result<bool> {
        self.read(LETTER).await
    }

    /// Reads after sending what is owed.
    async fn read(&mut self, most: usize) -> io::Result<bool> {
        self.flush().await?;
        if self.at == self.input.len() {
            self.input.clear();
        } else {
            self.input.drain(..self.at);
        }
        self.at = 0;
        self.input.reserve(most);
        let mut limited = (&mut self.stream).take(most as u64);
        Ok(limited.read_buf(&mut self.input).await? > 0)
    }

    /// The next line without its end. A line over the limit is read to its end and dropped.
    pub(super) async fn line(&mut self, limit: usize) -> io::Result<Line> {
        let mut dropped = false;
        loop {
            if let Some(end) = self.waiting().iter().position(|b| *b == b'\n') {
                let line = &self.waiting()[..end];
                let line = line.strip_suffix(b"\r").unwrap_or(line).to_vec();
                self.consume(end + 1);
                return Ok(if dropped || line.len() > limit {
                    Line::TooLong
                } else {
                    Line::Whole(line)
                });
            }
            if self.waiting().len() > limit {
                dropped = true;
                self.consume(self.waiting().len());
            }
            if !self.read(LINES).await? {
                return Ok(Line::End);
            }
        }
    }
}
