//! Killed at a random instant, again and again: nothing acknowledged is lost, nothing is done twice.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use crate::clients::{self, Belief, Doubt};
use crate::journal::{Entry, Journal};
use crate::server::{Server, furnish, run, tail};
use crate::sink::Sink;
use crate::tools::{Chance, asked};
use crate::{audit, http};

/// How soon the desk must answer again: 2 s are promised, and a loaded machine is given more.
const SOON: Duration = Duration::from_secs(10);

struct Story {
    home: tempfile::TempDir,
    tokens: Vec<String>,
    journal: Arc<Journal>,
    sink: Sink,
    chance: Chance,
    doubts: Vec<Doubt>,
    slowest: Duration,
    /// Lives in which letters left before the kill.
    sending: usize,
}

impl Story {
    fn new(name: &str) -> Story {
        let home = tempfile::tempdir().unwrap();
        let tokens = furnish(&home.path().join("desk"), 6);
        send_at_once(&home.path().join("desk"));
        Story {
            home,
            tokens,
            journal: Arc::new(Journal::new()),
            sink: Sink::start(),
            chance: Chance::new(name),
            doubts: Vec::new(),
            slowest: Duration::ZERO,
            sending: 0,
        }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("desk")
    }

    fn start(&mut self) -> Server {
        let relay = self.sink.address.to_string();
        let more = ["--relay", &relay, "--public-url", "http://127.0.0.1:9"];
        let server = Server::start(&self.folder(), self.home.path(), &more);
        self.slowest = self.slowest.max(server.ready_in);
        server
    }

    /// One life of the server: everything in doubt is asked again, everybody works, and it is killed.
    fn live(&mut self, cycle: usize, belief: Belief) {
        let server = self.start();
        self.settle(&server);
        self.repeat(&server);
        let left = self.sink.count();
        let crew = clients::start(&server, &self.tokens, &self.journal, &format!("k{cycle}"), belief);
        let (_alive, never) = mpsc::channel::<()>();
        let instant = Duration::from_micros(self.chance.between(30_000, 900_000));
        // Nobody tells: this is the wait for the seeded instant.
        let _ = never.recv_timeout(instant);
        server.kill();
        self.sending += usize::from(self.sink.count() > left);
        self.doubts = crew.join();
    }

    fn settle(&mut self, server: &Server) {
        clients::settle(server, &self.tokens, &self.journal, std::mem::take(&mut self.doubts));
    }

    /// The same key sent once more gives the same ticket.
    fn repeat(&self, server: &Server) {
        let created = |entry| match entry {
            Entry::Created { key, number } => Some((key, number)),
            _ => None,
        };
        let last = self
            .journal
            .read()
            .into_iter()
            .rev()
            .filter_map(created)
            .find(|(_, number)| *number != 0);
        let Some((key, number)) = last else { return };
        let token = clients::token_of(&key, &self.tokens);
        let mut client = http::Client::connect(server.http, token).unwrap();
        assert_eq!(
            clients::open(&mut client, &key).unwrap(),
            (201, number),
            "{key} repeated"
        );
    }
}

/// Without the five seconds in which a reply can be undone: every life sends, and every kill may catch a letter on its
/// way.
pub(crate) fn send_at_once(folder: &Path) {
    let db = rusqlite::Connection::open(folder.join("firstline.db")).unwrap();
    let sql = "INSERT INTO setting (name, value) VALUES ('undo-seconds', '0')
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    assert_eq!(db.execute(sql, []).unwrap(), 1);
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_doubled_by_kills() {
    let kills = asked("FIRSTLINE_KILLS", 5);
    let mut story = Story::new("kills");
    for cycle in 0..kills {
        story.live(cycle, Belief::Answer);
    }
    let server = story.start();
    story.settle(&server);
    let faults = audit::faults(&server, &story.tokens[0], &story.journal, &story.sink, kills);
    let entries = story.journal.read();
    eprintln!(
        "{kills} kills, {} of them while letters left: {} acknowledged operations, {} faults; slowest to be ready {:?}",
        story.sending,
        entries.len(),
        faults.len(),
        story.slowest
    );
    assert!(
        entries.len() > kills * 20,
        "there was load: {} operations",
        entries.len()
    );
    assert!(
        story.sending * 2 > kills,
        "letters left in {} of {kills} lives",
        story.sending
    );
    assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), tail(story.home.path()));
    server.stop();
    let checked = run(&story.folder(), &["check"]);
    assert!(checked.is_ok(), "everything fits afterwards: {checked:?}");
    assert!(story.slowest < SOON, "ready again after {:?}", story.slowest);
}

/// Clients that take an operation for done before the desk has said so are what a desk would be that answers before it
/// commits. The same audit must find what they lost, or it proves nothing.
#[test]
fn control_an_answer_before_the_commit_is_found_out() {
    let mut story = Story::new("control");
    let mut faults = Vec::new();
    for cycle in 0..8 {
        story.live(cycle, Belief::Sending);
        story.doubts.clear();
        let server = story.start();
        faults = audit::faults(&server, &story.tokens[0], &story.journal, &story.sink, cycle + 1);
        server.stop();
        if faults.iter().any(|fault| fault.starts_with("lost: ")) {
            eprintln!("found out after {} kills: {}", cycle + 1, faults[0]);
            return;
        }
    }
    panic!("eight kills, and nothing was missed: the audit sees nothing. {faults:?}");
}
