//! Handing a letter to the server that carries our mail. Every failure is told apart: one that
//! may pass (`Retry`) and one that will not (`GiveUp`). Doubt means retry, never loss.

use crate::compose::is_sendable;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as LettreTls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::borrow::Cow;
use std::fmt;
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
    /// For each step; the whole conversation may take ten times as long.
    pub timeout: Duration,
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

impl Relay {
    /// Sends the bytes as they are, save that lone line feeds become CR LF. An empty `from` is the
    /// null sender. When the server refuses one of several recipients, the whole letter is refused;
    /// so give each recipient a letter of its own where that matters.
    pub async fn send(&self, from: &str, to: &[String], raw: &[u8]) -> Result<Accepted, SendError> {
        let envelope = envelope(from, to)?;
        let transport = self.transport()?;
        let raw = with_network_lines(raw);
        // The transport ends the last line itself.
        let raw = raw.strip_suffix(b"\r\n").unwrap_or(&raw);
        let sending = transport.send_raw(&envelope, raw);
        match tokio::time::timeout(self.timeout.saturating_mul(10), sending).await {
            Err(_) => Err(SendError::Retry(format!("{} took too long to answer", self.host))),
            Ok(Ok(response)) => Ok(Accepted(format!(
                "{} {}",
                response.code(),
                response.message().collect::<Vec<_>>().join(" ")
            ))),
            Ok(Err(error)) => Err(self.explain(&error)),
        }
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, SendError> {
        let parameters = || {
            TlsParameters::new(self.host.clone())
                .map_err(|e| SendError::Retry(format!("TLS with {} cannot be set up: {e}", self.host)))
        };
        let tls = match self.tls {
            Tls::None => LettreTls::None,
            Tls::StartTls => LettreTls::Required(parameters()?),
            Tls::Implicit => LettreTls::Wrapper(parameters()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .tls(tls)
            .hello_name(ClientId::Domain(self.hello_name.clone()))
            .timeout(Some(self.timeout));
        if let (Some(user), Some(password)) = (&self.user, &self.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(builder.build())
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
