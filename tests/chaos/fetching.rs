//! Letters fetched from a real dovecot in every way there is, while the program is killed at random instants: each lies in
//! the ledger once and on one ticket, and at no instant was dovecot told of a letter that the ledger does not hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use db::{Db, SqliteOptions};
use desk::access::Viewer;
use desk::clock::Clock;
use desk::mailboxes::sources::{self, Afterwards, Protection, Protocol, SourceFields};
use desk::vault::Vault;
use desk::{Desk, MailboxId, Parts, PersonId, Trust, files};
use search::Index;
use testmail::Dovecot;

use crate::server::{SUPPORT, Server, furnish, run, tail};
use crate::smtp;
use crate::tools::{Chance, asked, until};

/// One mailbox for each way.
const WAYS: [(&str, Protocol, Afterwards); 4] = [
    (SUPPORT, Protocol::Imap, Afterwards::Seen),
    ("moved@desk.example", Protocol::Imap, Afterwards::Move),
    ("gone@desk.example", Protocol::Imap, Afterwards::Delete),
    ("old@desk.example", Protocol::Pop3, Afterwards::Delete),
];
const DONE: &str = "Done";
/// Letters in each mailbox that wait when a life begins; POP3 looks only then.
const WAITING: usize = 4;

struct Story {
    home: tempfile::TempDir,
    dovecot: Dovecot,
    chance: Chance,
    /// The keys of all letters each mailbox ever got.
    sent: [BTreeSet<String>; 4],
}

impl Story {
    fn new(dovecot: Dovecot) -> Story {
        let home = tempfile::tempdir().unwrap();
        let story = Story {
            home,
            dovecot,
            chance: Chance::new("fetching"),
            sent: Default::default(),
        };
        furnish(&story.folder(), 1);
        for (address, ..) in &WAYS[1..] {
            run(&story.folder(), &["mailbox", "add", "--address", address]).unwrap();
        }
        story.set_sources();
        story
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("desk")
    }

    /// As an administrator does on the page of each mailbox.
    fn set_sources(&self) {
        let desk = open(&self.folder());
        let cx = desk.context(Viewer::desk(PersonId(0)), None);
        for (id, (address, protocol, afterwards)) in (1..).zip(WAYS) {
            let port = match protocol {
                Protocol::Imap => self.dovecot.imap_port,
                Protocol::Pop3 => self.dovecot.pop3_port,
            };
            let fields = SourceFields {
                protocol,
                afterwards,
                port: Some(i64::from(port)),
                protection: Protection::None,
                move_to: DONE.to_string(),
                ..SourceFields::new("127.0.0.1", address, testmail::dovecot::PASSWORD)
            };
            let (cx, vault) = (cx.clone(), desk.vault().clone());
            desk.write_now(move |tx| sources::set(tx, &cx, &vault, MailboxId(id), &fields))
                .unwrap();
        }
    }

    fn start(&self) -> Server {
        Server::start(&self.folder(), self.home.path(), &[])
    }

    fn put(&mut self, way: usize, key: &str) {
        put(&self.dovecot, way, key);
        self.sent[way].insert(key.to_string());
    }

    /// One life: some letters wait, others come, and the program is killed. Every way in which dovecot was told too much.
    fn live(&mut self, cycle: usize) -> Vec<String> {
        for n in 0..WAITING {
            (0..WAYS.len()).for_each(|way| self.put(way, &format!("f{cycle}w{way}n{n}z")));
        }
        let server = self.start();
        let instant = Duration::from_micros(self.chance.between(1_000, 600_000));
        let (dovecot, over) = (&self.dovecot, AtomicBool::new(false));
        let sent = std::thread::scope(|scope| {
            let postman = scope.spawn(|| post_until(dovecot, cycle, &over));
            let (_alive, never) = mpsc::channel::<()>();
            // Nobody tells: this is the wait for the seeded instant.
            let _ = never.recv_timeout(instant);
            server.kill();
            over.store(true, Ordering::Relaxed);
            postman.join().expect("the postman does not panic")
        });
        for (way, key) in sent {
            self.sent[way].insert(key);
        }
        self.told_too_early()
    }

    /// The program is dead, so the ledger stands still; dovecot may still be busy with what it heard last.
    fn told_too_early(&self) -> Vec<String> {
        let held = held(&self.folder());
        let mut faults = Vec::new();
        until(Duration::from_secs(5), || {
            let told = |way| self.told(way).into_iter().filter(|key| !held.contains_key(key));
            faults = (0..WAYS.len())
                .flat_map(|way| told(way).map(move |key| format!("told of {key} by way {way}, which is not kept")))
                .collect();
            faults.is_empty()
        });
        faults
    }

    /// The letters dovecot was told of: marked, moved or gone.
    fn told(&self, way: usize) -> BTreeSet<String> {
        let (user, _, afterwards) = WAYS[way];
        let home = self.dovecot.maildir(user);
        match afterwards {
            Afterwards::Seen => lying(&home)
                .into_iter()
                .filter(|(_, seen)| *seen)
                .map(|(key, _)| key)
                .collect(),
            Afterwards::Move => lying(&home.join(format!(".{DONE}"))).into_keys().collect(),
            Afterwards::Delete => {
                let there = lying(&home);
                let gone = self.sent[way].iter().filter(|key| !there.contains_key(*key));
                gone.cloned().collect()
            }
        }
    }

    /// The letters dovecot has not been told of.
    fn untold(&self) -> Vec<String> {
        let of = |way: usize| -> Vec<String> { self.sent[way].difference(&self.told(way)).cloned().collect() };
        (0..WAYS.len()).flat_map(of).collect()
    }

    /// In the end each letter is there once.
    fn faults(&self) -> Vec<String> {
        let (held, tickets) = (held(&self.folder()), tickets(&self.folder()));
        let mut faults = Vec::new();
        for key in self.sent.iter().flatten() {
            match (
                held.get(key).copied().unwrap_or(0),
                tickets.get(key).copied().unwrap_or(0),
            ) {
                (1, 1) => {}
                (0, _) => faults.push(format!("lost: {key}")),
                (lines, tickets) => faults.push(format!("{key} stands {lines} times, on {tickets} tickets")),
            }
        }
        faults
    }
}

fn put(dovecot: &Dovecot, way: usize, key: &str) {
    // Each of somebody else: many of one person are a flood, and held.
    let raw = smtp::letter(key, &format!("{key}@cedar.example"), WAYS[way].0);
    dovecot.deliver(WAYS[way].0, &[raw.as_bytes()]);
}

/// Letters that come while the program runs.
fn post_until(dovecot: &Dovecot, cycle: usize, over: &AtomicBool) -> Vec<(usize, String)> {
    let mut sent = Vec::new();
    for n in WAITING.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let way = n % WAYS.len();
        let key = format!("f{cycle}w{way}n{n}z");
        put(dovecot, way, &key);
        sent.push((way, key));
    }
    sent
}

fn open(folder: &Path) -> Desk {
    let options = SqliteOptions {
        alone: false,
        ..SqliteOptions::default()
    };
    let parts = Parts {
        db: Db::sqlite(&folder.join("firstline.db"), options).unwrap(),
        files: files::Store::open(&folder.join("files")).unwrap(),
        index: Index::in_memory().unwrap(),
        clock: Clock::Machine,
    };
    let trust = Trust {
        vault: Vault::open(&folder.join("firstline.key")).unwrap(),
        ..Trust::default()
    };
    Desk::open_with(parts, trust).unwrap()
}

/// How often each key lies in the ledger.
fn held(folder: &Path) -> BTreeMap<String, usize> {
    counted(folder, "SELECT CAST(raw AS TEXT) FROM letter_raw")
}

fn tickets(folder: &Path) -> BTreeMap<String, usize> {
    counted(folder, "SELECT 'Subject: ' || subject FROM ticket")
}

fn counted(folder: &Path, sql: &str) -> BTreeMap<String, usize> {
    let db = rusqlite::Connection::open(folder.join("firstline.db")).unwrap();
    let mut asked = db.prepare(sql).unwrap();
    let rows = asked.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(key_in(&row.unwrap()).unwrap()).or_default() += 1;
    }
    counts
}

/// The letters of a Maildir folder, and whether each is marked as read. Dovecot moves from `new` to `cur`, never back.
fn lying(folder: &Path) -> BTreeMap<String, bool> {
    let mut there = BTreeMap::new();
    for part in ["new", "cur"] {
        let Ok(files) = std::fs::read_dir(folder.join(part)) else {
            continue;
        };
        for file in files {
            let path = file.unwrap().path();
            let flags = path
                .to_string_lossy()
                .rsplit_once(":2,")
                .map(|(_, flags)| flags.contains('S'));
            // One that moves meanwhile is found where it goes.
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            there.insert(key_in(&text).unwrap(), flags.unwrap_or(false));
        }
    }
    there
}

fn key_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("Subject: Letter ")?;
    rest.lines().next().map(str::to_string)
}

#[test]
fn fetched_letters_are_there_once_and_marked_only_after_they_are_kept() {
    let Some(dovecot) = Dovecot::start() else { return };
    let lives = asked("FIRSTLINE_KILLS", 6).div_ceil(2);
    let mut story = Story::new(dovecot);
    let (mut faults, mut between) = (Vec::new(), 0);
    for cycle in 0..lives {
        faults.extend(story.live(cycle));
        let held = held(&story.folder());
        let told: BTreeSet<String> = (0..WAYS.len()).flat_map(|way| story.told(way)).collect();
        between += usize::from(held.keys().any(|key| !told.contains(key)));
    }
    let server = story.start();
    let sent: usize = story.sent.iter().map(BTreeSet::len).sum();
    let whole = until(Duration::from_secs(90), || {
        story.untold().is_empty() && tickets(&story.folder()).len() >= sent
    });
    server.stop();
    faults.extend(story.faults());
    eprintln!(
        "{lives} kills, {between} of them between keeping and marking: {sent} letters, {} faults",
        faults.len()
    );
    assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), tail(story.home.path()));
    let untold = story.untold();
    assert!(
        whole,
        "dovecot was never told of {untold:?}; {}",
        tail(story.home.path())
    );
    assert!(between > 0, "no kill fell where it matters");
    control_a_mark_before_the_commit_is_found_out(&mut story);
}

/// What a program would leave that marks, moves or deletes first and is killed before it has kept.
fn control_a_mark_before_the_commit_is_found_out(story: &mut Story) {
    for way in 0..WAYS.len() {
        story.put(way, &format!("early{way}z"));
    }
    assert!(story.told_too_early().is_empty(), "they only lie there");
    let all = ["mailbox", "INBOX", "header", "Subject", "early"];
    for (user, _, afterwards) in WAYS {
        let told: &[&str] = match afterwards {
            Afterwards::Seen => &["flags", "add", "-u", user, "\\Seen"],
            Afterwards::Move => &["move", "-u", user, DONE],
            Afterwards::Delete => &["expunge", "-u", user],
        };
        story.dovecot.admin(&[told, &all].concat());
    }
    let early = story.told_too_early();
    assert_eq!(early.len(), WAYS.len(), "{early:?}");
    assert_eq!(story.faults().len(), WAYS.len(), "and they are lost");
}
