//! The receiving side of SMTP (RFC 5321) and LMTP (RFC 2033). It answers 250 to a letter only
//! after the receiver said that it is kept, hands over the bytes exactly as they were sent, and
//! bounds what any client can take: connections, lines, recipients, bytes, time, letters and errors.
//! STARTTLS and signing in are offered where the [`Door`] says so. CHUNKING is not, nor is anything
//! by which a client could name another address than its own (XCLIENT, the PROXY protocol).

mod command;
mod connection;
mod crowd;
mod data;
mod limits;
mod network;
mod rates;
mod receiving;
mod refusal;
mod securing;
mod session;
mod sign_in;
mod tls;

pub use limits::{Door, Limits, Rates, Submission};
pub use network::{BadNetwork, Network, line_of};
pub use refusal::Refusal;
pub use tls::{TlsError, tls};

use crowd::{Seat, Shared};
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    Smtp,
    Lmtp,
}

/// Who sends to whom, as said in the conversation and not in the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// `None` is the null sender, `<>`.
    pub from: Option<String>,
    pub to: Vec<String>,
    pub peer: IpAddr,
    pub helo: String,
    pub protocol: Protocol,
    /// Whether it came within TLS.
    pub tls: bool,
    /// Who the receiver said it is that signed in.
    pub authenticated: Option<String>,
}

impl Envelope {
    /// The sender's address, empty for the null sender: what `mail::nature` asks for.
    pub fn sender(&self) -> &str {
        self.from.as_deref().unwrap_or_default()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipientVerdict {
    Accept,
    /// 550 with these words.
    Refuse(String),
    /// 451 with these words.
    Later(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Durably stored: only now the client hears 250.
    Kept,
    /// 554 with these words.
    Refused(String),
    /// 452: no room.
    Full,
    /// 451: not now.
    Busy,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// It is this person, as `Envelope::authenticated` will say.
    Accepted(String),
    /// 535: nobody is called so, or the password is another.
    Refused,
    /// 454: not now.
    Later,
}

/// Who takes the letters.
pub trait Receiver: Send + Sync {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientVerdict>;
    fn deliver<'a>(&'a self, envelope: Envelope, raw: Vec<u8>) -> BoxFuture<'a, Delivery>;

    /// Asked only where the [`Door`] offers it.
    fn sign_in<'a>(&'a self, _peer: IpAddr, _user: &'a str, _password: &'a str) -> BoxFuture<'a, SignIn> {
        Box::pin(async { SignIn::Refused })
    }

    /// Told of everything that was turned away. It must return at once.
    fn turned_away(&self, _refusal: Refusal, _peer: IpAddr) {}
}

/// Receives letters until `shutdown` is done, then lets the sessions finish: those between two
/// letters are told 421, those inside one may end it.
pub async fn serve(
    listener: TcpListener,
    protocol: Protocol,
    limits: Limits,
    receiver: Arc<dyn Receiver>,
    shutdown: impl Future,
) -> io::Result<()> {
    let shared = Arc::new(Shared::new(protocol, limits, receiver));
    let (stop, stopped) = watch::channel(false);
    let mut sessions = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        tokio::select! {
            _ = &mut shutdown => break,
            Some(_) = sessions.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => admit(&mut sessions, &shared, stream, address.ip().to_canonical(), &stopped),
                // Out of files or the like: wait a moment instead of spinning.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
    drop(listener);
    stop.send_replace(true);
    while sessions.join_next().await.is_some() {}
    Ok(())
}

fn admit(
    sessions: &mut JoinSet<()>,
    shared: &Arc<Shared>,
    stream: TcpStream,
    peer: IpAddr,
    stopped: &watch::Receiver<bool>,
) {
    let refuse = |refusal, words: &[u8]| {
        // The words are a courtesy; a client that does not take them at once goes without.
        let _ = stream.try_write(words);
        shared.receiver.turned_away(refusal, peer);
    };
    // Who brings letters by LMTP is believed, so nobody else may. For a while, not for good: its letters wait where they
    // are until somebody has set it right, and none is lost.
    if shared.protocol == Protocol::Lmtp && !shared.limits.door.trusts(peer) {
        return refuse(
            Refusal::Stranger,
            b"421 4.7.1 LMTP is for our own mail servers; yours is not one of them\r\n",
        );
    }
    let Some(seat) = Seat::take(shared, peer) else {
        return refuse(
            Refusal::Connections,
            b"421 4.7.0 Too many connections, try again later\r\n",
        );
    };
    let stopped = stopped.clone();
    let shared = Arc::clone(shared);
    sessions.spawn(async move {
        let _seat = seat;
        let time = shared.limits.session_time;
        // A failed or overlong session ends with its connection; what was answered stands.
        let _ = tokio::time::timeout(time, session::run(stream, peer, &shared, stopped)).await;
    });
}
