//! Handing a letter to the server that carries our mail. Every failure is told apart: one that
//! may pass (`Retry`) and one that will not (`GiveUp`). Doubt means retry, never loss.

mod conversation;
mod destinations;
mod refusal;

pub use destinations::{Destinations, Ended, May};
pub use refusal::{Refusal, SendError};

use crate::compose::is_sendable;
use conversation::Fault;
use lettre::address::Envelope;
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate};
use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::net::IpAddr;
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

/// How we sign in.
#[derive(Clone)]
pub enum Login {
    Password {
        user: String,
        password: String,
    },
    /// An OAuth2 access token that is valid now (XOAUTH2, as Microsoft 365 and Google want it).
    Token {
        user: String,
        token: String,
    },
}

impl Login {
    pub fn user(&self) -> &str {
        match self {
            Login::Password { user, .. } | Login::Token { user, .. } => user,
        }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Login::Password { .. } => "password",
            Login::Token { .. } => "token",
        };
        write!(f, "{:?} with a {kind}", self.user())
    }
}

/// Certificates of authorities that are trusted besides the usual ones, such as a company's own.
#[derive(Clone, Debug, Default)]
pub struct Roots(Vec<Certificate>);

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no certificate in PEM here")]
pub struct NoCertificate;

impl Roots {
    /// All certificates of a PEM file.
    pub fn from_pem(pem: &[u8]) -> Result<Roots, NoCertificate> {
        let begins = pem.windows(27).any(|w| w == b"-----BEGIN CERTIFICATE-----");
        let certificate = Certificate::from_pem(pem).map_err(|_| NoCertificate)?;
        begins.then(|| Roots(vec![certificate])).ok_or(NoCertificate)
    }
}

/// The server that carries our mail.
#[derive(Clone)]
pub struct Relay {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub login: Option<Login>,
    pub roots: Roots,
    /// The name we greet with.
    pub hello_name: String,
    /// For each step until the server waits for the letter.
    pub timeout: Duration,
    /// For the answer to the letter itself; RFC 5321, section 4.5.3.2.6, asks for ten minutes.
    pub patience: Duration,
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// The server took the letter; its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted(pub String);

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

    /// On this very machine nobody listens in.
    fn is_here(&self) -> bool {
        let loopback = |ip: IpAddr| ip.is_loopback();
        self.host == "localhost" || self.host.parse().is_ok_and(loopback)
    }

    async fn in_time<T>(&self, most: Duration, step: impl Future<Output = Result<T, Fault>>) -> Result<T, SendError> {
        let host = &self.host;
        match tokio::time::timeout(most, step).await {
            Err(_) => Err(SendError::Retry(format!("{host} took too long to answer").into())),
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Fault::Server(error))) => Err(SendError::of(host, &error, false)),
            Ok(Err(Fault::SignIn(error))) => Err(SendError::of(host, &error, true)),
            Ok(Err(Fault::Line(error))) => Err(SendError::Retry(format!("{host}: {error}").into())),
            Ok(Err(Fault::Clear)) => Err(SendError::Retry(Refusal {
                sign_in: true,
                ..Refusal::from(format!(
                    "{host}: we do not sign in over a connection that is not protected"
                ))
            })),
            Ok(Err(Fault::Cannot(words))) => Err(SendError::GiveUp(format!("{host}: {words}").into())),
        }
    }
}

fn envelope(from: &str, to: &[String]) -> Result<Envelope, SendError> {
    let parse = |address: &str| {
        let refused = || SendError::GiveUp(format!("\"{}\" is not a mail address", address.escape_debug()).into());
        if !is_sendable(address) {
            return Err(refused());
        }
        address.parse::<lettre::Address>().map_err(|_| refused())
    };
    let sender = if from.is_empty() { None } else { Some(parse(from)?) };
    let recipients: Result<Vec<_>, _> = to.iter().map(|a| parse(a)).collect();
    Envelope::new(sender, recipients?)
        .map_err(|_| SendError::GiveUp("the letter has nobody to go to".to_owned().into()))
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
