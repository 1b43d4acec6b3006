//! The bytes of one connection to a mailbox's server: lines and counted bytes in, each with a
//! bound, commands out, and nothing waits longer than it may or after we were told to stop.

use super::{Account, FetchError, Patience, Tls, tls};
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;

const CHUNK: usize = 16 * 1024;
/// Where somebody else looks at the clock.
const LONG: Duration = Duration::from_secs(24 * 3_600);
/// How long the last words about a kept letter may take after we were told to stop.
const FINISHING: Duration = Duration::from_secs(5);

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Who could read along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// Encrypted, or within this machine.
    Safe,
    InTheClear,
}

pub(crate) struct Wire {
    stream: Option<Box<dyn Stream>>,
    host: String,
    input: Vec<u8>,
    at: usize,
    pub(crate) patience: Patience,
    stop: watch::Receiver<bool>,
    finishing: bool,
    /// Bytes the server may still say in this command.
    allowance: usize,
    pub(crate) protection: Protection,
}

impl Wire {
    /// Connects, with TLS where it comes first.
    pub(crate) async fn connect(account: &Account, stop: watch::Receiver<bool>) -> Result<Wire, FetchError> {
        let mut stopping = stop.clone();
        let connecting = timeout(account.patience.connect, Wire::open(account, stop));
        tokio::select! {
            opened = connecting => opened.unwrap_or_else(|_| Err(line(&account.host, "it does not answer"))),
            () = told(&mut stopping) => Err(FetchError::Stopped),
        }
    }

    async fn open(account: &Account, stop: watch::Receiver<bool>) -> Result<Wire, FetchError> {
        let host = account.host.as_str();
        let addresses = judged(account).await?;
        let stream = TcpStream::connect(addresses.as_slice())
            .await
            .map_err(|error| line(host, &error))?;
        // Commands are small and waited for.
        let _ = stream.set_nodelay(true);
        let local = stream
            .peer_addr()
            .is_ok_and(|peer| peer.ip().to_canonical().is_loopback());
        let mut wire = Wire::over(stream, account, stop);
        if !local {
            wire.protection = Protection::InTheClear;
        }
        if account.tls == Tls::Implicit {
            wire.encrypt(account).await?;
        }
        Ok(wire)
    }

    pub(crate) fn over<S>(stream: S, account: &Account, stop: watch::Receiver<bool>) -> Wire
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        Wire {
            stream: Some(Box::new(stream)),
            host: account.host.clone(),
            input: Vec::new(),
            at: 0,
            patience: account.patience,
            stop,
            finishing: false,
            allowance: CHUNK,
            protection: Protection::Safe,
        }
    }

    /// From here on in TLS. Whatever was said before is forgotten, and must not be there: somebody
    /// on the way could have put it in (CVE-2011-0411 and its relatives).
    pub(crate) async fn encrypt(&mut self, account: &Account) -> Result<(), FetchError> {
        if self.at < self.input.len() {
            return Err(FetchError::Broken("words before the encryption begins".to_owned()));
        }
        let name = tls::server_name(&account.host)?;
        let connector = tls::connector(&account.roots)?;
        let Some(plain) = self.stream.take() else {
            return Err(self.closed());
        };
        let shaking = timeout(self.patience.connect, connector.connect(name, plain));
        let shaken = tokio::select! {
            shaken = shaking => shaken,
            () = told(&mut self.stop) => return Err(FetchError::Stopped),
        };
        let secret = shaken
            .map_err(|_| line(&self.host, "TLS takes too long"))?
            .map_err(|error| line(&self.host, &error))?;
        self.stream = Some(Box::new(secret));
        self.protection = Protection::Safe;
        Ok(())
    }

    /// How much the server may say until this is called again.
    pub(crate) fn allow(&mut self, bytes: usize) {
        self.allowance = bytes;
    }

    /// The words about a letter that is kept are said to the end, stop or no stop.
    pub(crate) fn finish(&mut self, finishing: bool) {
        self.finishing = finishing;
    }

    pub(crate) fn told_to_stop(&self) -> bool {
        *self.stop.borrow()
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) -> Result<(), FetchError> {
        let limits = self.limits(self.patience.answer);
        let Some(stream) = &mut self.stream else {
            return Err(self.closed());
        };
        limits
            .within(async {
                stream.write_all(bytes).await?;
                stream.flush().await
            })
            .await
    }

    /// The next line without its end.
    pub(crate) async fn line(&mut self, most: usize) -> Result<Vec<u8>, FetchError> {
        let mut looked = 0;
        loop {
            let waiting = &self.input[self.at..];
            if let Some(end) = waiting[looked..].iter().position(|b| *b == b'\n') {
                let whole = &waiting[..looked + end];
                if whole.len() > most {
                    break;
                }
                let words = whole.strip_suffix(b"\r").unwrap_or(whole).to_vec();
                self.at += whole.len() + 1;
                return Ok(words);
            }
            looked = waiting.len();
            if looked > most {
                break;
            }
            self.fill(self.patience.answer).await?;
        }
        Err(FetchError::Broken(format!("a line of more than {most} bytes")))
    }

    /// As many bytes as the server announced; the caller has bounded them.
    pub(crate) async fn counted(&mut self, count: usize) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        bytes.reserve_exact(count);
        loop {
            let waiting = &self.input[self.at..];
            let part = waiting.len().min(count - bytes.len());
            bytes.extend_from_slice(&waiting[..part]);
            self.at += part;
            if bytes.len() == count {
                return Ok(bytes);
            }
            self.fill(self.patience.answer).await?;
        }
    }

    /// Until the server says something. May be broken off.
    pub(crate) async fn heard(&mut self) -> Result<(), FetchError> {
        if self.input[self.at..].contains(&b'\n') {
            return Ok(());
        }
        self.fill(LONG).await
    }

    /// May be broken off at any moment: what was read by then is in `input`.
    async fn fill(&mut self, most: Duration) -> Result<(), FetchError> {
        if self.allowance == 0 {
            return Err(FetchError::Broken("an answer without end".to_owned()));
        }
        self.input.drain(..self.at);
        self.at = 0;
        self.input.reserve(CHUNK);
        let limits = self.limits(most);
        let Some(stream) = &mut self.stream else {
            return Err(self.closed());
        };
        let mut limited = stream.take(CHUNK as u64);
        match limits.within(limited.read_buf(&mut self.input)).await? {
            0 => Err(self.closed()),
            count => {
                self.allowance = self.allowance.saturating_sub(count);
                Ok(())
            }
        }
    }

    fn limits(&self, most: Duration) -> Limits {
        Limits {
            host: self.host.clone(),
            most: if self.finishing { most.min(FINISHING) } else { most },
            stop: (!self.finishing).then(|| self.stop.clone()),
        }
    }

    fn closed(&self) -> FetchError {
        line(&self.host, "the server hung up")
    }
}

/// What one step of the connection may take.
struct Limits {
    host: String,
    most: Duration,
    stop: Option<watch::Receiver<bool>>,
}

impl Limits {
    async fn within<T>(self, step: impl Future<Output = std::io::Result<T>>) -> Result<T, FetchError> {
        let stopping = async {
            match self.stop {
                Some(mut stop) => told(&mut stop).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            done = timeout(self.most, step) => match done {
                Ok(done) => done.map_err(|error| line(&self.host, &error)),
                Err(_) => Err(line(&self.host, "it does not answer")),
            },
            () = stopping => Err(FetchError::Stopped),
        }
    }
}

/// Where the host is; a single address that is none for a mailbox refuses them all.
async fn judged(account: &Account) -> Result<Vec<SocketAddr>, FetchError> {
    let host = account.host.as_str();
    let found = tokio::net::lookup_host((host, account.port)).await;
    let found: Vec<SocketAddr> = found.map_err(|error| line(host, &error))?.collect();
    match found.iter().find(|one| !(account.may_connect)(one.ip())) {
        None => Ok(found),
        Some(one) => Err(FetchError::Setting(super::one_line(
            format!("{host} is at {}, where no mailbox can be", one.ip()).as_bytes(),
        ))),
    }
}

/// Waits until we are told to stop; for ever where nobody can tell any more.
pub(super) async fn told(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stopped| *stopped).await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn line(host: &str, why: impl std::fmt::Display) -> FetchError {
    FetchError::Line(super::one_line(format!("{host}: {why}").as_bytes()))
}
