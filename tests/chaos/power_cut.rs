//! The power goes while letters come in and leave: whatever was acknowledged is there afterwards, and at most one letter
//! leaves a second time for each cut, under the same Message-ID.
//!
//! The program is frozen, the disk shut down without a flush, and only then the program killed: like a machine without
//! power it tells nobody anything after the cut. (An fsync that runs while xfs shuts down may return success with nothing
//! written; a program that went on would acknowledge it.)

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use crate::audit;
use crate::clients::{self, Belief, Doubt};
use crate::disk::{Disk, in_namespace, missing};
use crate::journal::Journal;
use crate::kills::send_at_once;
use crate::server::{Server, furnish, run, tail};
use crate::sink::Sink;
use crate::tools::{Chance, asked, skip};

/// Written before the cut and never flushed: after a real one it has no words in it.
const CANARY: &str = "the power was on";

struct Story {
    disk: Disk,
    tokens: Vec<String>,
    journal: Arc<Journal>,
    sink: Sink,
    chance: Chance,
    doubts: Vec<Doubt>,
    slowest: Duration,
    /// Lives in which letters left before the cut.
    sending: usize,
    // Last, for the disk stands in it.
    home: tempfile::TempDir,
}

impl Story {
    fn new(name: &str) -> Story {
        let home = tempfile::tempdir().unwrap();
        let disk = Disk::xfs(home.path());
        let folder = disk.at.join("desk");
        let tokens = furnish(&folder, 6);
        send_at_once(&folder);
        Story {
            disk,
            tokens,
            journal: Arc::new(Journal::new()),
            sink: Sink::start(),
            chance: Chance::new(name),
            doubts: Vec::new(),
            slowest: Duration::ZERO,
            sending: 0,
            home,
        }
    }

    fn folder(&self) -> PathBuf {
        self.disk.at.join("desk")
    }

    fn start(&mut self) -> Server {
        let relay = self.sink.address.to_string();
        let more = ["--relay", &relay, "--public-url", "http://127.0.0.1:9"];
        let server = Server::start(&self.folder(), self.home.path(), &more);
        self.slowest = self.slowest.max(server.ready_in);
        clients::settle(&server, &self.tokens, &self.journal, std::mem::take(&mut self.doubts));
        server
    }

    /// One life: everybody works, and the power goes.
    fn live(&mut self, cycle: usize, belief: Belief) {
        let server = self.start();
        let left = self.sink.count();
        let crew = clients::start(&server, &self.tokens, &self.journal, &format!("p{cycle}"), belief);
        let switch = self.disk.switch();
        let (_alive, never) = mpsc::channel::<()>();
        // Nobody tells: this is the wait for the seeded instant.
        let _ = never.recv_timeout(Duration::from_micros(self.chance.between(30_000, 900_000)));
        std::fs::write(self.canary(cycle), CANARY).unwrap();
        server.freeze();
        switch.cut();
        server.kill();
        self.sending += usize::from(self.sink.count() > left);
        self.doubts = crew.join();
        self.disk.unmount();
        self.disk.mount();
        assert!(
            was_cut(&self.canary(cycle)),
            "control: the cut took nothing, so it was none"
        );
    }

    fn canary(&self, cycle: usize) -> PathBuf {
        self.disk.at.join(format!("canary{cycle}"))
    }
}

fn was_cut(canary: &Path) -> bool {
    std::fs::read_to_string(canary).map_or(true, |words| words != CANARY)
}

#[test]
fn nothing_acknowledged_is_lost_in_power_cuts() {
    if let Some(why) = missing() {
        return skip(why);
    }
    in_namespace("power_cut::nothing_acknowledged_is_lost_in_power_cuts", || {
        let cuts = asked("FIRSTLINE_POWER_CUTS", 3);
        let mut story = Story::new("power cuts");
        for cycle in 0..cuts {
            story.live(cycle, Belief::Answer);
        }
        let server = story.start();
        let faults = audit::faults(&server, &story.tokens[0], &story.journal, &story.sink, cuts);
        let entries = story.journal.read();
        eprintln!(
            "{cuts} power cuts, {} of them while letters left: {} acknowledged operations, {} faults; slowest to be \
             ready {:?}",
            story.sending,
            entries.len(),
            faults.len(),
            story.slowest
        );
        assert!(
            entries.len() > cuts * 20,
            "there was load: {} operations",
            entries.len()
        );
        assert!(
            story.sending * 2 > cuts,
            "letters left in {} of {cuts} lives",
            story.sending
        );
        assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), tail(story.home.path()));
        server.stop();
        let checked = run(&story.folder(), &["check"]);
        assert!(checked.is_ok(), "everything fits afterwards: {checked:?}");
    });
}

/// Clients that take an operation for done before the desk has said so are what a desk would be that answers before it
/// commits. The same audit must find what they lost, or it proves nothing.
#[test]
fn control_an_answer_before_the_commit_is_found_out_by_a_power_cut() {
    if let Some(why) = missing() {
        return skip(why);
    }
    in_namespace(
        "power_cut::control_an_answer_before_the_commit_is_found_out_by_a_power_cut",
        || {
            let mut story = Story::new("power control");
            for cycle in 0..8 {
                story.live(cycle, Belief::Sending);
                story.doubts.clear();
                let server = story.start();
                let faults = audit::faults(&server, &story.tokens[0], &story.journal, &story.sink, cycle + 1);
                server.stop();
                if faults.iter().any(|fault| fault.starts_with("lost: ")) {
                    eprintln!("found out after {} cuts: {}", cycle + 1, faults[0]);
                    return;
                }
            }
            panic!("eight cuts, and nothing was missed: the audit sees nothing");
        },
    );
}
