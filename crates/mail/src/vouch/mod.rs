//! Whether somebody vouches for the sender of a letter: SPF (RFC 7208), DKIM (RFC 6376), DMARC
//! (RFC 9989) and, for letters that were forwarded, ARC (RFC 8617) by sealers that the caller trusts.
//!
//! Every letter may ask for much: signatures, records, chains. All of it is capped, and a check ends
//! in time. What could not be asked is [`Verdict::TempError`], never a pass and never a failure.

mod covered;
mod sealed;
mod weigh;

use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{AuthenticatedMessage, MessageAuthenticator, SpfOutput};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

/// For one answer of DNS, of which one is asked for twice.
const ANSWER: Duration = Duration::from_secs(2);
/// For one letter.
const LETTER: Duration = Duration::from_secs(10);
/// Letters checked at once, a large one counted once more for each mebibyte; others wait their turn
/// within their time.
const AT_ONCE: usize = 64;
/// Answers kept, and for how long at most.
const KEPT: u64 = 1_024;
const FRESH: Duration = Duration::from_secs(3_600);
const FRESH_NONE: Duration = Duration::from_secs(300);
/// "There is none" is kept at least so long, whatever the zone says.
const AT_LEAST: Duration = Duration::from_secs(60);
/// Bytes of a header and of a letter; more is not checked.
const HEADER: usize = 256 * 1024;
const WHOLE: usize = 64 * 1024 * 1024;
/// Signatures that are looked at (RFC 6376, section 6.1, lets a verifier stop), and seals.
const SIGNATURES: usize = 10;

/// How a letter came, as far as it is known: what was fetched from a mailbox has no peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrival<'a> {
    /// `None`: SPF is not asked, as when one of our own servers handed the letter over.
    pub peer: Option<IpAddr>,
    pub helo: &'a str,
    /// Empty for the null sender.
    pub mail_from: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// This domain, in small letters, says that the letter is its own: it is the one in From.
    Pass {
        domain: String,
    },
    Fail,
    /// The domain says nothing about its letters, or nobody was asked.
    None,
    /// It could not be found out now; it may be later.
    TempError,
}

/// What one way of vouching gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Pass,
    Fail,
    None,
    TempError,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// The one that counts.
    pub dmarc: Verdict,
    pub spf: Proof,
    /// `Pass` when any signature is right, whoever's it is.
    pub dkim: Proof,
    /// `Pass` when the chain is whole, whoever sealed it.
    pub arc: Proof,
    /// Of To, Cc, In-Reply-To and References, in small letters, those that are vouched for with the sender.
    pub covered: Vec<&'static str>,
    /// One line on how it came to be, for a person who looks at the letter.
    pub words: String,
}

impl Vouched {
    fn without(dmarc: Verdict, words: &str) -> Vouched {
        Vouched {
            dmarc,
            spf: Proof::None,
            dkim: Proof::None,
            arc: Proof::None,
            covered: Vec::new(),
            words: words.to_owned(),
        }
    }

    /// Whether this address, as it was read from From, is vouched for.
    pub fn vouches_for(&self, address: &str) -> bool {
        let theirs = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        matches!(&self.dmarc, Verdict::Pass { domain } if !theirs.is_empty() && domain.eq_ignore_ascii_case(theirs))
    }
}

#[derive(Debug, Error)]
#[error("the name servers cannot be used: {0}")]
pub struct NoResolver(String);

/// Asks DNS about senders. Cheap to clone; clones share their answers.
#[derive(Clone)]
pub struct Checker {
    asks: Option<MessageAuthenticator>,
    turns: Arc<Semaphore>,
}

impl Checker {
    /// With the name servers of this machine.
    pub fn system() -> Result<Checker, NoResolver> {
        let (config, _) = read_system_conf().map_err(|e| NoResolver(e.to_string()))?;
        Checker::with(config)
    }

    pub fn with_nameserver(address: SocketAddr) -> Result<Checker, NoResolver> {
        let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
            connection.port = address.port();
            connection
        });
        let server = NameServerConfig::new(address.ip(), true, connections.to_vec());
        Checker::with(ResolverConfig::from_parts(None, Vec::new(), vec![server]))
    }

    /// Asks nobody: every verdict is `None`.
    pub fn off() -> Checker {
        Checker {
            asks: None,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    fn with(config: ResolverConfig) -> Result<Checker, NoResolver> {
        let mut options = ResolverOpts::default();
        options.timeout = ANSWER;
        options.attempts = 2;
        options.cache_size = KEPT;
        options.positive_max_ttl = Some(FRESH);
        options.negative_max_ttl = Some(FRESH_NONE);
        options.negative_min_ttl = Some(AT_LEAST);
        let asks = MessageAuthenticator::new(config, options).map_err(|e| NoResolver(e.to_string()))?;
        Ok(Checker {
            asks: Some(asks),
            ..Checker::off()
        })
    }

    /// Takes at most [`LETTER`]. `sealers` are the domains whose word on what a letter was before they
    /// forwarded it is believed. The computing is done beside, so that nobody waits for it.
    pub async fn check(&self, arrival: Arrival<'_>, raw: &[u8], sealers: &[String]) -> Vouched {
        let Some(asks) = self.asks.clone() else {
            return Vouched::without(Verdict::None, "Nobody was asked about the sender.");
        };
        let late = || Vouched::without(Verdict::TempError, "The name servers did not answer in time.");
        if raw.len() > WHOLE || head(raw).is_none() {
            return Vouched::without(Verdict::Fail, "The letter is too large to be checked.");
        }
        let (helo, from) = (arrival.helo.to_owned(), arrival.mail_from.to_owned());
        let (peer, sealers) = (arrival.peer, sealers.to_vec());
        let turns = Arc::clone(&self.turns);
        let work = async {
            let share = (raw.len() >> 20).min(AT_ONCE - 1) + 1;
            // The semaphore is never closed; the letter is copied only when it is its turn.
            let turn = turns.acquire_many_owned(share as u32).await;
            let (runtime, raw) = (Handle::current(), raw.to_vec());
            let beside = tokio::task::spawn_blocking(move || {
                let _turn = turn;
                let arrival = Arrival {
                    peer,
                    helo: &helo,
                    mail_from: &from,
                };
                let asking = tokio::time::timeout(LETTER, ask(&asks, arrival, &raw, &sealers));
                runtime.block_on(asking).ok()
            });
            beside.await.ok().flatten()
        };
        let answer = tokio::time::timeout(LETTER + ANSWER, work).await;
        answer.ok().flatten().unwrap_or_else(late)
    }
}

/// The header with its empty line, unless it goes on for too long.
fn head(raw: &[u8]) -> Option<&[u8]> {
    let window = &raw[..raw.len().min(HEADER)];
    let ends = |at: &usize| window[*at..].starts_with(b"\n\n") || window[*at..].starts_with(b"\n\r\n");
    match (0..window.len()).find(ends) {
        Some(end) => Some(&raw[..end]),
        None => (raw.len() <= HEADER).then_some(raw),
    }
}

async fn ask(asks: &MessageAuthenticator, arrival: Arrival<'_>, raw: &[u8], sealers: &[String]) -> Vouched {
    let Some(mut message) = AuthenticatedMessage::parse(raw) else {
        return Vouched::without(Verdict::Fail, "The letter has no header.");
    };
    if !has_one_author(&message) {
        return Vouched::without(Verdict::Fail, "The letter does not name exactly one sender.");
    }
    bound(&mut message);
    let domain = message
        .from()
        .rsplit_once('@')
        .map_or("", |(_, domain)| domain)
        .to_owned();
    let spf = spf(asks, arrival).await;
    let dkim = asks.verify_dkim(&message).await;
    let arc = asks.verify_arc(&message).await;
    let envelope_domain = match arrival.mail_from.rsplit_once('@') {
        Some((_, domain)) => domain,
        None => arrival.helo,
    };
    let dmarc = asks
        .verify_dmarc(DmarcParameters::new(&message, &dkim, envelope_domain, &spf))
        .await;
    let covered = covered::covered(&message, &domain, &dmarc, &dkim, &arc);
    Vouched {
        covered,
        ..weigh::weigh(&domain, &dmarc, &spf, &dkim, &arc, sealers)
    }
}

/// Where somebody else found the sender vouched for and did not say how: of To, Cc, In-Reply-To and References those that no
/// signature of the sender's domain leaves open to whoever had the letter in hand. Nobody is asked.
pub fn left_alone(raw: &[u8], domain: &str) -> Vec<&'static str> {
    AuthenticatedMessage::parse(raw).map_or_else(Vec::new, |message| covered::left_alone(&message, domain))
}

/// Several senders are a way to be vouched for by one and shown as another.
fn has_one_author(message: &AuthenticatedMessage<'_>) -> bool {
    let fields = message
        .headers
        .iter()
        .filter(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(b"from"));
    fields.count() == 1 && message.from.len() == 1 && message.from().matches('@').count() == 1
}

/// What does not count or would be too much work is not looked at.
fn bound(message: &mut AuthenticatedMessage<'_>) {
    // RFC 6376, section 6.1.1: a signature that leaves out From is none.
    message
        .dkim_headers
        .retain(|h| h.header.h.iter().any(|name| name.eq_ignore_ascii_case("from")));
    message.dkim_headers.truncate(SIGNATURES);
    for signature in &mut message.dkim_headers {
        // Reports are nobody's business here, and cost questions.
        signature.header.r = false;
        signature.header.atps = None;
    }
    message.errors.truncate(SIGNATURES);
    if message.ams_headers.len() > SIGNATURES || message.as_headers.len() > SIGNATURES {
        message.ams_headers.clear();
        message.as_headers.clear();
        message.aar_headers.clear();
    }
}

async fn spf(asks: &MessageAuthenticator, arrival: Arrival<'_>) -> SpfOutput {
    let Some(peer) = arrival.peer else {
        return SpfOutput::default();
    };
    let (peer, helo) = (peer.to_canonical(), arrival.helo);
    let question = if arrival.mail_from.is_empty() {
        SpfParameters::verify_ehlo(peer, helo, helo)
    } else {
        SpfParameters::verify_mail_from(peer, helo, helo, arrival.mail_from)
    };
    asks.verify_spf(question).await
}
