//! What a listener offers and what its clients may take.

use super::Network;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::ServerConfig;

/// Whether clients may sign in (RFC 4954), which only ever happens over TLS or on this machine itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Submission {
    #[default]
    Off,
    Offered,
    /// Nobody sends without having signed in.
    Required,
}

/// How a listener meets its clients.
#[derive(Debug, Clone)]
pub struct Door {
    /// With it STARTTLS is offered (RFC 3207).
    pub tls: Option<Arc<ServerConfig>>,
    pub submission: Submission,
    /// Our own servers: no rates, no count of connections for each peer, and room kept for them.
    pub trusted: Vec<Network>,
}

impl Default for Door {
    fn default() -> Door {
        Door {
            tls: None,
            submission: Submission::Off,
            trusted: Network::loopback(),
        }
    }
}

impl Door {
    pub(super) fn trusts(&self, peer: std::net::IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(peer))
    }
}

/// How many letters one peer that is not trusted may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    pub a_minute: u32,
    pub five_minutes: u32,
    pub an_hour: u32,
    /// Refused sign-ins of one peer in five minutes; trusted peers are counted too.
    pub refused_sign_ins: u32,
    /// Peers that are remembered at once; the one unseen for longest is forgotten for a new one.
    pub peers: usize,
}

impl Default for Rates {
    fn default() -> Rates {
        Rates {
            a_minute: 50,
            five_minutes: 120,
            an_hour: 600,
            refused_sign_ins: 10,
            peers: 20_000,
        }
    }
}

/// What clients may take. The defaults suit a public listener.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The name in the greeting.
    pub host_name: String,
    /// Of these an eighth is kept for trusted peers.
    pub connections: usize,
    /// Of one peer that is not trusted, at a time.
    pub connections_per_peer: usize,
    /// Bytes of one command line.
    pub line: usize,
    /// Bytes of one letter.
    pub message: usize,
    /// Bytes of all letters being received at once.
    pub memory: usize,
    pub recipients: usize,
    pub errors: usize,
    /// From one command to the end of the next.
    pub command_time: Duration,
    /// The same while more than half of the connections are taken.
    pub hurried_time: Duration,
    /// Without a byte inside a letter.
    pub idle_time: Duration,
    /// Bytes a second a letter must come at, once it has taken longer than `idle_time`.
    pub slowest: usize,
    /// For one whole letter.
    pub data_time: Duration,
    pub session_time: Duration,
    pub rates: Rates,
    pub door: Door,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            host_name: "localhost".to_owned(),
            connections: 4_000,
            connections_per_peer: 50,
            line: 2 * 1024,
            message: 35 * 1024 * 1024,
            memory: 160 * 1024 * 1024,
            recipients: 100,
            errors: 20,
            command_time: Duration::from_secs(300),
            hurried_time: Duration::from_secs(30),
            idle_time: Duration::from_secs(180),
            slowest: 100,
            data_time: Duration::from_secs(1_200),
            session_time: Duration::from_secs(3_600),
            rates: Rates::default(),
            door: Door::default(),
        }
    }
}
