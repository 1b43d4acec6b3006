//! A mailbox elsewhere: where it is, how one signs in, what becomes of its letters. No secret shows
//! in what is printed.

use super::Tls;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// The language the mailbox's server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Imap,
    Pop3,
}

/// A mailbox elsewhere, and how to treat it.
#[derive(Clone)]
pub struct Account {
    pub way: Way,
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub login: Login,
    /// IMAP only; POP3 knows one folder.
    pub folder: String,
    pub afterwards: Afterwards,
    /// Bytes of the largest letter that is fetched. A larger one is named and left.
    pub largest: usize,
    pub patience: Patience,
    /// When the folder was last read to its end, in seconds since 1970. After the server gave all
    /// letters new numbers, what came later is fetched even if somebody has read it.
    pub last_well: Option<i64>,
    /// Whether a mailbox may be there. The name is resolved once, and only an address that was
    /// judged is connected to.
    pub may_connect: fn(IpAddr) -> bool,
    /// Certificates (PEM or DER) trusted besides the public authorities.
    pub roots: Vec<Vec<u8>>,
}

/// How one signs in.
#[derive(Clone)]
pub enum Login {
    Password {
        user: String,
        password: String,
    },
    /// OAuth 2.0, over XOAUTH2 or OAUTHBEARER (RFC 7628).
    Token {
        user: String,
        access_token: String,
    },
}

/// What becomes of a letter on the server once it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Afterwards {
    /// It stays. IMAP marks it as read; with POP3 the taker knows which he has.
    MarkSeen,
    /// IMAP only. The folder is made where it does not exist.
    MoveTo(String),
    Delete,
}

/// How long the server may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// To connect, TLS included.
    pub connect: Duration,
    /// Without a byte where one is due.
    pub answer: Duration,
    /// For one whole command, the longest letter included.
    pub command: Duration,
    /// Until a quiet line is tried (RFC 2177 asks for less than 29 minutes; routers forget sooner).
    pub idle: Duration,
    /// Between two visits where the server cannot call.
    pub poll: Duration,
    /// Until a taker who said `Later` or `Full` is asked again.
    pub again: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            connect: Duration::from_secs(30),
            answer: Duration::from_secs(60),
            command: Duration::from_secs(1_200),
            idle: Duration::from_secs(9 * 60),
            poll: Duration::from_secs(60),
            again: Duration::from_secs(30),
        }
    }
}

impl Account {
    /// As most servers want it: TLS from the first byte, the inbox, letters up to 35 MiB.
    pub fn new(way: Way, host: &str, login: Login) -> Account {
        Account {
            way,
            host: host.to_owned(),
            port: if way == Way::Imap { 993 } else { 995 },
            tls: Tls::Implicit,
            login,
            folder: "INBOX".to_owned(),
            afterwards: Afterwards::MarkSeen,
            largest: 35 * 1024 * 1024,
            patience: Patience::default(),
            last_well: None,
            may_connect: |_| true,
            roots: Vec::new(),
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("way", &self.way)
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("login", &self.login)
            .field("folder", &self.folder)
            .field("afterwards", &self.afterwards)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Login::Password { user, .. } => write!(f, "Password {{ user: {user:?}, password: *** }}"),
            Login::Token { user, .. } => write!(f, "Token {{ user: {user:?}, access_token: *** }}"),
        }
    }
}
