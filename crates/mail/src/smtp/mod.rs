//! The receiving side of SMTP (RFC 5321) and LMTP (RFC 2033). It answers 250 to a letter only
//! after the receiver said that it is kept, hands over the bytes exactly as they were sent, and
//! bounds what any client can take: connections, lines, recipients, bytes, time and errors.
//! STARTTLS and CHUNKING are not offered.

mod command;
mod connection;
mod data;
mod session;

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
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

/// Who takes the letters.
pub trait Receiver: Send + Sync {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientVerdict>;
    fn deliver<'a>(&'a self, envelope: Envelope, raw: Vec<u8>) -> BoxFuture<'a, Delivery>;
}

/// What clients may take. The defaults suit a public listener.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The name in the greeting.
    pub host_name: String,
    pub connections: usize,
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
    /// Without a byte inside a letter.
    pub idle_time: Duration,
    /// For one whole letter.
    pub data_time: Duration,
    pub session_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            host_name: "localhost".to_owned(),
            connections: 200,
            connections_per_peer: 50,
            line: 2 * 1024,
            message: 35 * 1024 * 1024,
            memory: 160 * 1024 * 1024,
            recipients: 100,
            errors: 20,
            command_time: Duration::from_secs(300),
            idle_time: Duration::from_secs(180),
            data_time: Duration::from_secs(1_200),
            session_time: Duration::from_secs(3_600),
        }
    }
}

/// What all sessions of one listener share.
struct Shared {
    protocol: Protocol,
    limits: Limits,
    receiver: Arc<dyn Receiver>,
    /// Kibibytes of letters that may still be received at once.
    memory: Arc<Semaphore>,
    peers: Mutex<HashMap<IpAddr, usize>>,
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
    let memory = Arc::new(Semaphore::new(limits.memory / 1024));
    let shared = Arc::new(Shared {
        protocol,
        limits,
        receiver,
        memory,
        peers: Mutex::default(),
    });
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
    let seat = (sessions.len() < shared.limits.connections)
        .then(|| Seat::take(shared, peer))
        .flatten();
    let Some(seat) = seat else {
        // The words are a courtesy; a client that does not take them at once goes without.
        let _ = stream.try_write(b"421 4.7.0 Too many connections, try again later\r\n");
        return;
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

/// One connection's place in the count of its peer.
struct Seat {
    shared: Arc<Shared>,
    peer: IpAddr,
}

impl Seat {
    fn take(shared: &Arc<Shared>, peer: IpAddr) -> Option<Seat> {
        let mut peers = shared.peers.lock().unwrap_or_else(PoisonError::into_inner);
        let count = peers.entry(peer).or_default();
        if *count >= shared.limits.connections_per_peer {
            return None;
        }
        *count += 1;
        drop(peers);
        Some(Seat {
            shared: Arc::clone(shared),
            peer,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut peers = self.shared.peers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = peers.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                peers.remove(&self.peer);
            }
        }
    }
}
