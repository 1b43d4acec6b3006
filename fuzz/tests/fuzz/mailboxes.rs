//! Whatever a mailbox's server says, over IMAP and POP3, a visit ends in words, marks nothing that was not kept, and
//! takes no more than a letter.

use std::sync::Mutex;
use std::time::Duration;

use mail::fetch::{Account, Afterwards, Fetched, Known, Login, Mark, Patience, Place, Take, Taken, Tls, Visited, Way};
use mail::smtp::BoxFuture;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{LONGEST, bytes, run};

const LARGEST: usize = 2_000;

const IMAP: &[&str] = &[
    "* OK hello\r\n* CAPABILITY IMAP4rev1 UIDPLUS MOVE\r\nf1 OK x\r\nf2 OK in\r\n* CAPABILITY IMAP4rev1 UIDPLUS\r\nf3 OK x\r\n\
     * 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 9] x\r\nf4 OK [READ-WRITE] x\r\n* SEARCH 3 5\r\nf5 OK x\r\n\
     * SEARCH\r\nf6 OK x\r\n* 1 FETCH (UID 3 RFC822.SIZE 9 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\n\
     * 2 FETCH (UID 5 RFC822.SIZE 9)\r\nf7 OK x\r\n* 1 FETCH (UID 3 BODY[]<0> {9}\r\nA: b\r\n\r\nc)\r\nf8 OK x\r\nf9 OK x\r\n\
     f10 OK x\r\n* 2 FETCH (UID 5 BODY[]<0> {4}\r\nA: b)\r\nf11 OK x\r\nf12 OK x\r\nf13 OK x\r\nf14 OK x\r\n",
    "* PREAUTH known\r\n* CAPABILITY IMAP4rev1\r\nf1 OK x\r\n* OK [UIDVALIDITY 7] x\r\nf2 OK x\r\n* SEARCH 1\r\nf3 OK x\r\n",
    "* BYE full\r\n",
];

const IMAP_WORDS: &[&str] = &[
    "* ",
    "f1 ",
    "f2 ",
    "f8 OK x\r\n",
    "OK",
    "NO [TRYCREATE] ",
    "BAD",
    "* BYE x\r\n",
    "+ go\r\n",
    "\r\n",
    "{4294967295}\r\n",
    "{2001}\r\n",
    "{-1}\r\n",
    "{0}\r\n",
    "{99999999999999999999}\r\n",
    "(",
    ")",
    "((((",
    "\"",
    "\\",
    "* -1 EXISTS\r\n",
    "UID 0 ",
    "* SEARCH 0\r\n",
    "* SEARCH -5 4294967296\r\n",
    "BODY[]<0> ",
    "BODY[",
    "]",
    "[UIDVALIDITY 0]",
    "[UIDNEXT 4294967295]",
    "* 4294967295 EXISTS\r\n",
    "\u{e9}",
    "\0",
    "NIL",
    "* 1 FETCH ",
    "* 0 FETCH (UID 3)\r\n",
    "RFC822.SIZE ",
    " ",
];

const POP3: &[&str] = &[
    "+OK hello\r\n+OK\r\nSASL PLAIN XOAUTH2\r\nUIDL\r\n.\r\n+ \r\n+OK in\r\n+OK\r\n1 abc\r\n2 def\r\n.\r\n+OK\r\n1 9\r\n2 9\r\n.\r\n\
     +OK\r\nA: b\r\n\r\n..c\r\n.\r\n+OK gone\r\n+OK\r\nA: b\r\n.\r\n+OK gone\r\n+OK bye\r\n",
    "+OK hello\r\n-ERR what\r\n+OK\r\n-ERR [AUTH] no\r\n+OK\r\n",
];

const POP3_WORDS: &[&str] = &[
    "+OK\r\n",
    "-ERR ",
    "+ \r\n",
    ".\r\n",
    "..",
    ".",
    "\r\n",
    "1 ",
    "0 x\r\n",
    "-1 x\r\n",
    "4294967296 x\r\n",
    "1 99999999999999999999\r\n",
    "SASL ",
    "[IN-USE]",
    "[SYS/TEMP]",
    "x",
    "\0",
    "\u{e9}",
    "\r",
    "\n",
    " ",
    "UIDL\r\n",
];

/// Keeps every second letter's word, and each one's size.
#[derive(Default)]
struct Taker(Mutex<Vec<usize>>);

impl Take for Taker {
    fn take<'a>(&'a self, letter: Fetched) -> BoxFuture<'a, Taken> {
        self.0.lock().unwrap().push(letter.raw.len());
        Box::pin(async { Taken::Kept })
    }

    fn known<'a>(&'a self, _marks: &'a [Mark]) -> BoxFuture<'a, Vec<Known>> {
        Box::pin(async { Vec::new() })
    }

    fn listed<'a>(&'a self, _marks: &'a [Mark]) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }

    fn begins_with<'a>(&'a self, _first: &'a Mark) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}

fn account(way: Way, afterwards: Afterwards) -> Account {
    let login = Login::Password {
        user: "u".to_owned(),
        password: "p".to_owned(),
    };
    let soon = Duration::from_millis(400);
    Account {
        tls: Tls::None,
        afterwards,
        largest: LARGEST,
        patience: Patience {
            connect: soon,
            answer: soon,
            command: soon,
            ..Patience::default()
        },
        ..Account::new(way, "mail.example", login)
    }
}

/// A visit to a server that says this whatever it hears; and what it heard.
async fn visited(account: &Account, said: Vec<u8>, taker: &Taker) -> Option<(Visited, String)> {
    let (ours, theirs) = tokio::io::duplex(64 * 1024);
    let (mut hears, mut says) = tokio::io::split(theirs);
    let server = tokio::spawn(async move {
        let speaking = async {
            // Who has left hears nothing more.
            let _ = says.write_all(&said).await;
            let _ = says.shutdown().await;
        };
        let mut heard = Vec::new();
        let _ = tokio::join!(speaking, hears.read_to_end(&mut heard));
        String::from_utf8_lossy(&heard).into_owned()
    });
    let visiting = mail::fetch::visit_stream(ours, account, Place::default(), taker);
    let visited = tokio::time::timeout(LONGEST, visiting).await.ok()?;
    Some((visited, server.await.unwrap()))
}

fn checked(way: Way, afterwards: Afterwards, said: Vec<u8>) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let taker = Taker::default();
    let Some((visited, heard)) = runtime.block_on(visited(&account(way, afterwards), said, &taker)) else {
        return Err(TestCaseError::fail("it does not end"));
    };
    let sizes = taker.0.lock().unwrap();
    prop_assert!(sizes.iter().all(|size| *size <= LARGEST), "{:?}", sizes);
    prop_assert_eq!(sizes.len(), visited.handed);
    prop_assert!(visited.kept <= visited.handed);
    let marked = heard.matches("STORE").count().max(heard.matches("DELE ").count());
    prop_assert!(marked <= visited.kept, "{} kept, and it heard {}", visited.kept, heard);
    if let Some(error) = visited.failed {
        let words = error.to_string();
        prop_assert!(
            words.chars().count() < 400 && !words.contains(['\r', '\n', '\0']),
            "{words:?}"
        );
    }
    Ok(())
}

#[test]
fn whatever_an_imap_server_says() {
    let both = (bytes(IMAP, IMAP_WORDS), any::<bool>());
    run("imap answers", &both, |(said, delete)| {
        let afterwards = if delete {
            Afterwards::Delete
        } else {
            Afterwards::MarkSeen
        };
        checked(Way::Imap, afterwards, said)
    });
}

#[test]
fn whatever_a_pop3_server_says() {
    run("pop3 answers", &bytes(POP3, POP3_WORDS), |said| {
        checked(Way::Pop3, Afterwards::Delete, said)
    });
}

/// The samples are visits that go well: a client that gives up at once would prove nothing.
#[test]
fn control_the_samples_are_understood() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for (way, sample) in [(Way::Imap, IMAP[0]), (Way::Pop3, POP3[0])] {
        let taker = Taker::default();
        let account = account(way, Afterwards::Delete);
        let (visited, heard) = runtime
            .block_on(visited(&account, sample.as_bytes().to_vec(), &taker))
            .unwrap();
        assert_eq!(
            (visited.handed, visited.kept > 0),
            (taker.0.lock().unwrap().len(), true),
            "{visited:?} {heard}"
        );
    }
}
