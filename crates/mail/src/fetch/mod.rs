//! Fetching letters from mailboxes that live elsewhere, over IMAP (RFC 3501) or POP3 (RFC 1939).
//!
//! A letter is handed to whoever takes it, and only when he says that it is kept is it marked,
//! moved or deleted on the server: what breaks in between brings the letter twice, never not at
//! all. The server is a stranger: its answers are bounded in memory and time, and what it says
//! wrongly ends in words.

mod account;
mod keep;
mod tls;
mod wire;
mod words;

pub use crate::outbound::Tls;
pub use account::{Account, Afterwards, Login, Patience, Way};
pub use keep::{Event, Keeper, keep_watching, next_try};
pub(crate) use wire::{Protection, Wire};
pub(crate) use words::one_line;

use crate::smtp::BoxFuture;
use crate::{imap, pop3};
use std::fmt;
use thiserror::Error;
use tokio::sync::watch;

/// Which letter it is, for as long as it lies in that folder. Its text is a key to remember it by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    Imap { uidvalidity: u32, uid: u32 },
    Pop3 { uidl: String },
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::Imap { uidvalidity, uid } => write!(f, "{uidvalidity}.{uid}"),
            Mark::Pop3 { uidl } => f.write_str(uidl),
        }
    }
}

/// How far an IMAP folder was read: whoever takes the letters keeps it, best in the transaction
/// that keeps the letter. The default is a folder never visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Numbers of another validity are other letters' numbers.
    pub uidvalidity: u32,
    /// All letters up to here were handed over, or were there and read before the first visit.
    pub last: u32,
}

/// A letter as it lies on the server.
#[derive(Debug)]
pub struct Fetched {
    pub mark: Mark,
    pub raw: Vec<u8>,
    /// When that server received it, in seconds since 1970, where it says so.
    pub received: Option<i64>,
    /// What to remember once this letter is kept.
    pub place: Place,
}

/// What became of a letter that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Durably stored, now or before: only now the server may mark, move or delete it.
    Kept,
    /// Not now. It stays as it is, and the visit ends.
    Later,
    /// No room. The same.
    Full,
}

/// What whoever takes the letters knows of one before it is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    New,
    /// It is kept: the server is only told so once more. A POP3 server that deletes is not believed
    /// to use a name once, so there it is handed over again.
    Kept,
    /// It is kept, and the server breaks off when it is told so.
    LeftAlone,
    /// It could not be had so often that the others go before it.
    GivenUp,
}

/// Who takes the letters.
pub trait Take: Send + Sync {
    fn take<'a>(&'a self, letter: Fetched) -> BoxFuture<'a, Taken>;
    /// What is known of these: one answer for each; what has none is fetched.
    fn known<'a>(&'a self, marks: &'a [Mark]) -> BoxFuture<'a, Vec<Known>>;
    /// There are no letters but these: what is remembered of any other is of no more use.
    fn listed<'a>(&'a self, marks: &'a [Mark]) -> BoxFuture<'a, ()>;
    /// A folder where letters stay begins with this one: what is remembered of any below is of no more use. Told once a
    /// connection.
    fn begins_with<'a>(&'a self, first: &'a Mark) -> BoxFuture<'a, ()>;
}

/// A letter that was not handed over and stays where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub mark: Mark,
    pub why: LeftBecause,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftBecause {
    /// Bytes, as the server counts them.
    TooLarge(u64),
    /// It went between two commands.
    Gone,
    /// The server does not give it; its words.
    Withheld(String),
    /// As whoever takes the letters said: `Known::GivenUp`.
    GivenUp,
}

/// One look into the mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Visited {
    pub place: Place,
    /// Letters in the folder.
    pub there: u64,
    /// Letters among them that were to be fetched.
    pub found: usize,
    pub handed: usize,
    pub kept: usize,
    /// At most a thousand are named.
    pub left: Vec<Left>,
    /// Letters that could not be had this time, or could not be told of, and why: whoever takes the
    /// letters counts, and says when it is enough. As many are named.
    pub missed: Vec<(Mark, String)>,
    /// Letters that are kept, while the server refuses to mark, move or delete them.
    pub unsettled: usize,
    /// Its words to the first of these.
    pub refusal: Option<String>,
    /// The server gave all letters new numbers; what is unread or may be new comes again.
    pub renumbered: bool,
    /// There are more than one visit fetches.
    pub more: bool,
    /// The taker's word that ended the visit.
    pub stopped: Option<Taken>,
    /// What ended the visit too early. The counts stand.
    pub failed: Option<FetchError>,
}

/// Letters named in `Visited::left` and in `Visited::missed`.
const NAMED: usize = 1_000;

impl Visited {
    pub(crate) fn failing(place: Place, error: FetchError) -> Visited {
        Visited {
            place,
            failed: Some(error),
            ..Visited::default()
        }
    }

    pub(crate) fn leave(&mut self, mark: Mark, why: LeftBecause) {
        if self.left.len() < NAMED {
            self.left.push(Left { mark, why });
        }
    }

    pub(crate) fn miss(&mut self, mark: Mark, why: impl fmt::Display) {
        if self.missed.len() < NAMED {
            self.missed.push((mark, why.to_string()));
        }
    }

    pub(crate) fn refuse(&mut self, words: String) {
        self.unsettled += 1;
        self.refusal.get_or_insert(words);
    }
}

/// Why letters could not be fetched; the server's words where it said some, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// Trying again soon helps nobody and may lock the mailbox.
    #[error("sign-in refused: {0}")]
    SignIn(String),
    /// It cannot work as it is set up; nothing was sent that should not be.
    #[error("it cannot work like this: {0}")]
    Setting(String),
    #[error("refused: {0}")]
    Refused(String),
    /// The connection, or the silence on it.
    #[error("no connection: {0}")]
    Line(String),
    /// What the server says is no answer.
    #[error("not understood: {0}")]
    Broken(String),
    /// We were told to stop.
    #[error("stopped")]
    Stopped,
}

/// One look: sign in, hand over what is new, leave.
pub async fn visit(account: &Account, place: Place, take: &dyn Take) -> Visited {
    let (_stop, never) = watch::channel(false);
    let wire = match Wire::connect(account, never).await {
        Ok(wire) => wire,
        Err(error) => return Visited::failing(place, error),
    };
    visit_over(wire, account, place, take).await
}

/// The same over any stream, which is trusted as it is: for tests and for lines made elsewhere.
pub async fn visit_stream<S>(stream: S, account: &Account, place: Place, take: &dyn Take) -> Visited
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin + 'static,
{
    let (_stop, never) = watch::channel(false);
    visit_over(Wire::over(stream, account, never), account, place, take).await
}

async fn visit_over(wire: Wire, account: &Account, place: Place, take: &dyn Take) -> Visited {
    match account.way {
        Way::Imap => imap::visit(wire, account, place, take).await,
        Way::Pop3 => pop3::visit(wire, account, place, take).await,
    }
}

/// Looks, then waits for the server to call (or looks again now and then), until `stop` says true
/// (`Ok`) or the line breaks. `keep_watching` is the same with patience.
pub async fn watch(
    account: &Account,
    place: Place,
    keeper: &dyn Keeper,
    stop: watch::Receiver<bool>,
) -> Result<(), FetchError> {
    let mut stay = keep::Stay::at(place);
    match keep::watch(account, &mut stay, keeper, stop).await {
        Err(FetchError::Stopped) => Ok(()),
        done => done,
    }
}
