//! An IMAP server of one folder that refuses, breaks off and renumbers as a test tells it to, and remembers what it was
//! asked. It understands only the commands of our own client.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

/// A letter in its folder.
#[derive(Clone, Debug)]
pub struct Held {
    pub uid: u32,
    pub raw: Vec<u8>,
    pub seen: bool,
    pub deleted: bool,
}

/// What a test sets and reads.
#[derive(Debug, Default)]
pub struct Whims {
    pub validity: u32,
    pub letters: Vec<Held>,
    /// Commands answered with NO, such as `STORE` or `MOVE`.
    pub refused: HashSet<&'static str>,
    /// Letters over whose bytes it hangs up.
    pub poison: HashSet<u32>,
    /// The folder is opened for reading only.
    pub read_only: bool,
    /// Every command, without its tag.
    pub asked: Vec<String>,
}

impl Whims {
    pub fn put(&mut self, raw: &[u8]) -> u32 {
        let uid = self.next();
        let raw = raw.to_vec();
        let (seen, deleted) = (false, false);
        self.letters.push(Held {
            uid,
            raw,
            seen,
            deleted,
        });
        uid
    }

    /// All letters get new numbers, as after the server's index was lost.
    pub fn renumber(&mut self) {
        self.validity += 1;
        for (uid, letter) in (1..).zip(&mut self.letters) {
            letter.uid = uid;
        }
    }

    /// How often it was asked for something that contains these words.
    pub fn times(&self, words: &str) -> usize {
        self.asked.iter().filter(|line| line.contains(words)).count()
    }

    fn next(&self) -> u32 {
        self.letters.iter().map(|letter| letter.uid).max().unwrap_or(0) + 1
    }
}

pub struct Stubborn {
    pub port: u16,
    whims: Arc<Mutex<Whims>>,
}

impl Stubborn {
    pub fn start() -> Stubborn {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let whims = Arc::new(Mutex::new(Whims {
            validity: 7,
            ..Whims::default()
        }));
        let shared = Arc::clone(&whims);
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || converse(stream, &shared));
            }
        });
        Stubborn { port, whims }
    }

    pub fn whims(&self) -> MutexGuard<'_, Whims> {
        self.whims.lock().expect("no conversation panics")
    }
}

fn converse(mut stream: TcpStream, whims: &Mutex<Whims>) -> Result<()> {
    stream.write_all(b"* OK here\r\n")?;
    let mut lines = BufReader::new(stream.try_clone()?);
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let (tag, words) = line.trim_end().split_once(' ').unwrap_or_default();
        let answer = answer(&mut whims.lock().expect("no conversation panics"), tag, words);
        let Some(answer) = answer else { return Ok(()) };
        stream.write_all(&answer)?;
    }
}

/// None: it hangs up.
fn answer(whims: &mut Whims, tag: &str, words: &str) -> Option<Vec<u8>> {
    whims.asked.push(words.to_owned());
    let words = words.strip_prefix("UID ").unwrap_or(words);
    let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
    if whims.refused.contains(verb) {
        return Some(format!("{tag} NO not here\r\n").into_bytes());
    }
    let said = match verb {
        "CAPABILITY" => b"* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\n".to_vec(),
        "SELECT" => return Some(selected(whims, tag)),
        "SEARCH" => searched(whims, rest),
        "FETCH" => fetched(whims, rest)?,
        "STORE" | "MOVE" | "EXPUNGE" => {
            settled(whims, verb, rest);
            Vec::new()
        }
        _ => Vec::new(),
    };
    Some([said, format!("{tag} OK\r\n").into_bytes()].concat())
}

fn selected(whims: &Whims, tag: &str) -> Vec<u8> {
    let may = if whims.read_only { "READ-ONLY" } else { "READ-WRITE" };
    let (there, validity, next) = (whims.letters.len(), whims.validity, whims.next());
    format!("* {there} EXISTS\r\n* OK [UIDVALIDITY {validity}]\r\n* OK [UIDNEXT {next}]\r\n{tag} OK [{may}]\r\n")
        .into_bytes()
}

fn searched(whims: &Whims, words: &str) -> Vec<u8> {
    let from = words
        .split_once("UID ")
        .and_then(|(_, range)| range.split(':').next()?.parse().ok());
    let fits = |letter: &&Held| {
        letter.uid >= from.unwrap_or(1)
            && !(letter.seen && words.contains("UNSEEN"))
            && letter.deleted != words.contains("UNDELETED")
    };
    let found = whims
        .letters
        .iter()
        .filter(fits)
        .map(|letter| format!(" {}", letter.uid));
    format!("* SEARCH{}\r\n", found.collect::<String>()).into_bytes()
}

fn fetched(whims: &Whims, words: &str) -> Option<Vec<u8>> {
    let (names, items) = words.split_once(' ').unwrap_or_default();
    let mut said = Vec::new();
    for (at, letter) in (1..).zip(&whims.letters) {
        if !names.split(',').any(|name| name == letter.uid.to_string()) {
            continue;
        }
        let (uid, bytes) = (letter.uid, letter.raw.len());
        if !items.contains("BODY") {
            said.extend(format!("* {at} FETCH (UID {uid} RFC822.SIZE {bytes})\r\n").into_bytes());
            continue;
        }
        if whims.poison.contains(&uid) {
            return None;
        }
        said.extend(format!("* {at} FETCH (UID {uid} BODY[]<0> {{{bytes}}}\r\n").into_bytes());
        said.extend([letter.raw.as_slice(), b")\r\n"].concat());
    }
    Some(said)
}

fn settled(whims: &mut Whims, verb: &str, words: &str) {
    let uid = words.split(' ').next().and_then(|name| name.parse().ok()).unwrap_or(0);
    match verb {
        "STORE" => whims
            .letters
            .iter_mut()
            .filter(|one| one.uid == uid)
            .for_each(|one| (one.seen, one.deleted) = (true, one.deleted || words.contains("Deleted"))),
        _ => whims.letters.retain(|one| one.uid != uid),
    }
}
