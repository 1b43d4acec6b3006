//! Somebody who takes letters and remembers them, and accounts at a dovecot of our own.

use mail::fetch::{
    Account, Afterwards, Event, FetchError, Fetched, Keeper, Known, Login, Mark, Patience, Place, Take, Taken, Tls,
    Visited, Way,
};
use mail::smtp::BoxFuture;
use std::sync::Mutex;
use std::time::Duration;
use testmail::Dovecot;
use tokio::sync::{mpsc, watch};

pub(crate) const USER: &str = "desk@here.example";

/// Keeps what it is given, says what it is told to, and passes on what happens.
pub(crate) struct Taker {
    pub(crate) kept: Mutex<Vec<Fetched>>,
    /// What is said to the nth letter, where it is not `Kept`.
    pub(crate) verdict: Box<dyn Fn(usize) -> Taken + Send + Sync>,
    /// Letters it wants no more.
    pub(crate) given_up: Mutex<Vec<Mark>>,
    /// How many letters there were when all were named.
    pub(crate) listed: Mutex<usize>,
    /// Where it was told that the folder begins.
    pub(crate) begins_with: Mutex<Vec<Mark>>,
    account: Mutex<Account>,
    events: mpsc::UnboundedSender<Event>,
}

impl Taker {
    pub(crate) fn new(account: &Account) -> (Taker, mpsc::UnboundedReceiver<Event>) {
        Taker::saying(account, |_| Taken::Kept)
    }

    pub(crate) fn saying(
        account: &Account,
        verdict: impl Fn(usize) -> Taken + Send + Sync + 'static,
    ) -> (Taker, mpsc::UnboundedReceiver<Event>) {
        let (events, happened) = mpsc::unbounded_channel();
        let taker = Taker {
            kept: Mutex::default(),
            verdict: Box::new(verdict),
            given_up: Mutex::default(),
            listed: Mutex::default(),
            begins_with: Mutex::default(),
            account: Mutex::new(account.clone()),
            events,
        };
        (taker, happened)
    }

    pub(crate) fn subjects(&self) -> Vec<String> {
        let kept = self.kept.lock().unwrap();
        kept.iter()
            .map(|letter| mail::parse(&letter.raw).subject.unwrap_or_default())
            .collect()
    }

    pub(crate) fn marks(&self) -> Vec<Mark> {
        self.kept
            .lock()
            .unwrap()
            .iter()
            .map(|letter| letter.mark.clone())
            .collect()
    }
}

impl Take for Taker {
    fn take<'a>(&'a self, letter: Fetched) -> BoxFuture<'a, Taken> {
        Box::pin(async move {
            let mut kept = self.kept.lock().unwrap();
            let taken = (self.verdict)(kept.len());
            if taken == Taken::Kept {
                kept.push(letter);
            }
            taken
        })
    }

    fn known<'a>(&'a self, marks: &'a [Mark]) -> BoxFuture<'a, Vec<Known>> {
        Box::pin(async move {
            let (here, given_up) = (self.marks(), self.given_up.lock().unwrap());
            let of = |mark: &Mark| match () {
                () if here.contains(mark) => Known::Kept,
                () if given_up.contains(mark) => Known::GivenUp,
                () => Known::New,
            };
            marks.iter().map(of).collect()
        })
    }

    fn listed<'a>(&'a self, marks: &'a [Mark]) -> BoxFuture<'a, ()> {
        Box::pin(async move { *self.listed.lock().unwrap() = marks.len() })
    }

    fn begins_with<'a>(&'a self, first: &'a Mark) -> BoxFuture<'a, ()> {
        Box::pin(async move { self.begins_with.lock().unwrap().push(first.clone()) })
    }
}

impl Keeper for Taker {
    fn account<'a>(&'a self) -> BoxFuture<'a, Result<Account, FetchError>> {
        Box::pin(async move { Ok(self.account.lock().unwrap().clone()) })
    }

    fn happened<'a>(&'a self, event: Event) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            // A test that has seen enough listens no more.
            let _ = self.events.send(event);
        })
    }
}

/// An account at this server, in the clear, with little patience.
pub(crate) fn account(dovecot: &Dovecot, way: Way, afterwards: Afterwards) -> Account {
    let port = if way == Way::Imap {
        dovecot.imap_port
    } else {
        dovecot.pop3_port
    };
    account_at(port, way, afterwards)
}

fn account_at(port: u16, way: Way, afterwards: Afterwards) -> Account {
    let login = Login::Password {
        user: USER.to_owned(),
        password: testmail::dovecot::PASSWORD.to_owned(),
    };
    Account {
        port,
        tls: Tls::None,
        afterwards,
        patience: Patience {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(20),
            again: Duration::from_millis(200),
            poll: Duration::from_millis(300),
            ..Patience::default()
        },
        ..Account::new(way, "127.0.0.1", login)
    }
}

pub(crate) fn imap_at(port: u16, afterwards: Afterwards) -> Account {
    account_at(port, Way::Imap, afterwards)
}

pub(crate) fn imap(dovecot: &Dovecot, afterwards: Afterwards) -> Account {
    account(dovecot, Way::Imap, afterwards)
}

/// Found, handed over, kept, in a visit that went well.
pub(crate) fn counts(visited: &Visited) -> (usize, usize, usize) {
    assert_eq!(visited.failed, None);
    (visited.found, visited.handed, visited.kept)
}

pub(crate) fn letter(subject: &str) -> Vec<u8> {
    format!("From: Ana <ana@client.example>\r\nTo: {USER}\r\nSubject: {subject}\r\n\r\n.dots\r\n..\r\nwords\r\n")
        .into_bytes()
}

/// Fills the mailbox with letters of these subjects.
pub(crate) fn fill(dovecot: &Dovecot, subjects: impl IntoIterator<Item = String>) {
    let letters: Vec<_> = subjects.into_iter().map(|subject| letter(&subject)).collect();
    let letters: Vec<_> = letters.iter().map(Vec::as_slice).collect();
    dovecot.deliver(USER, &letters);
}

pub(crate) fn empty(dovecot: &Dovecot) {
    dovecot.admin(&["expunge", "-u", USER, "mailbox", "INBOX", "all"]);
}

/// The flags of each letter in a folder, as Maildir writes them (`S` is read), sorted.
pub(crate) fn flags(dovecot: &Dovecot, folder: &str) -> Vec<String> {
    let home = dovecot.maildir(USER).join(folder);
    let names = ["cur", "new"]
        .iter()
        .flat_map(|part| std::fs::read_dir(home.join(part)).into_iter().flatten());
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut flags: Vec<_> = names
        .map(|name| name.split(":2,").nth(1).unwrap_or_default().to_owned())
        .collect();
    flags.sort();
    flags
}

pub(crate) async fn visit(account: &Account, place: Place, taker: &Taker) -> mail::fetch::Visited {
    let visiting = mail::fetch::visit(account, place, taker);
    tokio::time::timeout(Duration::from_secs(60), visiting)
        .await
        .expect("a visit ends")
}

/// The next event that this accepts.
pub(crate) async fn until(
    events: &mut mpsc::UnboundedReceiver<Event>,
    mut wanted: impl FnMut(&Event) -> bool,
) -> Event {
    let waiting = async {
        loop {
            let event = events.recv().await.expect("the watch goes on");
            if wanted(&event) {
                return event;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting)
        .await
        .expect("it happens in time")
}

/// A watch in the background, ended with `stop`.
pub(crate) struct Watching {
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) task: tokio::task::JoinHandle<()>,
}

impl Watching {
    pub(crate) fn begin(taker: &std::sync::Arc<Taker>) -> Watching {
        let (stop, stopped) = watch::channel(false);
        let taker = taker.clone();
        let task = tokio::spawn(async move {
            mail::fetch::keep_watching(Place::default(), &*taker, stopped).await;
        });
        Watching { stop, task }
    }

    /// Promptly: within a second.
    pub(crate) async fn end(self) {
        self.stop.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(1), self.task)
            .await
            .expect("it stops at once")
            .unwrap();
    }
}
