//! Handing a letter to the server that carries our mail. Every failure is told apart: one that
//! may pass (`Retry`) and one that will not (`GiveUp`). Doubt means retry, never loss.

mod conversation;

use crate::compose::is_sendable;
use conversation::Fault;
use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::time::Duration;
use thiserror::Error;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tls {
    /// Not at all: for a server on this machine.
    #[default]
    None,
    /// Begun in the clear and then required (port 587).
    StartTls,
    /// From the first byte (port 465).
    Implicit,
}

/// The server that carries our mail.
#[derive(Clone)]
pub struct Relay {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: Option<String>,
    pub password: Option<String>,
    /// The name we greet with.
    pub hello_name: String,
    /// For each step until the server waits for the letter.
    pub timeout: Duration,
    /// For the answer to the letter itself; RFC 5321, section 4.5.3.2.6, asks for ten minutes.
    pub patience: Duration,
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let password = self.password.as_ref().map(|_| "***");
        f.debug_struct("Relay")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("user", &self.user)
            .field("password", &password)
            .finish_non_exhaustive()
    }
}

/// The server took the letter; its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted(pub String);

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SendError {
    /// It may work later; the server's words or ours.
    #[error("not sent yet: {0}")]
    Retry(String),
    /// It will not work.
    #[error("not sent: {0}")]
    GiveUp(String),
}

/// A letter that a server waits for. Dropping it takes it back.
pub struct Offered {
    relay: Relay,
    connection: AsyncSmtpConnection,
    raw: Vec<u8>,
}

impl Offered {
    /// The letter itself, to the final dot: the server's 250 makes it the server's.
    pub async fn hand_over(&mut self) -> Result<Accepted, SendError> {
        let response = self
            .relay
            .in_time(self.relay.patience, async {
                Ok(self.connection.message(&self.raw).await?)
            })
            .await?;
        Ok(Accepted(format!(
            "{} {}",
            response.code(),
            response.message().collect::<Vec<_>>().join(" ")
        )))
    }

    /// Says goodbye. What the server answers no longer matters.
    pub async fn leave(mut self) {
        let _ = tokio::time::timeout(self.relay.timeout, self.connection.quit()).await;
    }
}

impl Relay {
    /// Sends the bytes as they are, save that lone line feeds become CR LF. An empty `from` is the
    /// null sender. When the server refuses one of several recipients, the whole letter is refused;
    /// so give each recipient a letter of its own where that matters.
    pub async fn send(&self, from: &str, to: &[String], raw: &[u8]) -> Result<Accepted, SendError> {
        let mut offered = self.offer(from, to, raw).await?;
        let accepted = offered.hand_over().await?;
        offered.leave().await;
        Ok(accepted)
    }

    /// As far as the server's "go on" (354). Until it is handed over, nothing has happened.
    pub async fn offer(&self, from: &str, to: &[String], raw: &[u8]) -> Result<Offered, SendError> {
        let envelope = envelope(from, to)?;
        let raw = with_network_lines(raw);
        // The final dot brings its own line end.
        let raw = raw.strip_suffix(b"\r\n").unwrap_or(&raw).to_vec();
        let offering = conversation::offer(self, &envelope, &raw);
        let connection = self.in_time(self.timeout.saturating_mul(5), offering).await?;
        Ok(Offered {
            relay: self.clone(),
            connection,
            raw,
        })
    }

    async fn in_time<T>(&self, most: Duration, step: impl Future<Output = Result<T, Fault>>) -> Result<T, SendError> {
        match tokio::time::timeout(most, step).await {
            Err(_) => Err(SendError::Retry(format!("{} took too long to answer", self.host))),
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Fault::Server(error))) => Err(self.explain(&error)),
            Ok(Err(Fault::Line(error))) => Err(SendError::Retry(format!("{}: {error}", self.host))),
            Ok(Err(Fault::Cannot(words))) => Err(SendError::GiveUp(format!("{}: {words}", self.host))),
        }
    }

    fn explain(&self, error: &lettre::transport::smtp::Error) -> SendError {
        let mut words = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            let inner_words = inner.to_string();
            if !words.contains(&inner_words) {
                words = format!("{words}: {inner_words}");
            }
            cause = inner.source();
        }
        let words: String = format!("{}: {words}", self.host)
            .chars()
            .filter(|c| !c.is_control())
            .take(1_000)
            .collect();
        // A refused sign-in is a setting to mend, not a fault of the letter.
        let sign_in = error
            .status()
            .is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538));
        if error.is_permanent() && !sign_in {
            SendError::GiveUp(words)
        } else {
            SendError::Retry(words)
        }
    }
}

fn envelope(from: &str, to: &[String]) -> Result<Envelope, SendError> {
    let parse = |address: &str| {
        let refused = || SendError::GiveUp(format!("\"{}\" is not a mail address", address.escape_debug()));
        if !is_sendable(address) {
            return Err(refused());
        }
        address.parse::<lettre::Address>().map_err(|_| refused())
    };
    let sender = if from.is_empty() { None } else { Some(parse(from)?) };
    let recipients: Result<Vec<_>, _> = to.iter().map(|a| parse(a)).collect();
    Envelope::new(sender, recipients?).map_err(|_| SendError::GiveUp("the letter has nobody to go to".to_owned()))
}

/// Lone line feeds and carriage returns become CR LF, so that no server sees an end of the letter
/// where another does not.
fn with_network_lines(raw: &[u8]) -> Cow<'_, [u8]> {
    let lone = |i: usize| match raw[i] {
        b'\n' => i == 0 || raw[i - 1] != b'\r',
        b'\r' => raw.get(i + 1) != Some(&b'\n'),
        _ => false,
    };
    if !(0..raw.len()).any(lone) {
        return Cow::Borrowed(raw);
    }
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 32);
    for (i, byte) in raw.iter().enumerate() {
        if lone(i) {
            out.extend_from_slice(b"\r\n");
        } else {
            out.push(*byte);
        }
    }
    Cow::Owned(out)
}
