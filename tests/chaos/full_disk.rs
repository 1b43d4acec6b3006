//! The disk fills up under a running desk: writing is refused in words, reading goes on, and once there is space again
//! the desk goes on by itself.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::clients;
use crate::disk::in_namespace;
use crate::http::{Answer, Client};
use crate::journal::{Entry, Journal};
use crate::server::{SUPPORT, Server, furnish, run, tail};
use crate::sink::Sink;
use crate::tools::until;
use crate::{audit, smtp};

const NAME: &str = "full_disk::a_full_disk_refuses_writing_and_nothing_else";
/// The promise: writing again this soon after there is space.
const SOON: Duration = Duration::from_secs(5);

#[test]
fn a_full_disk_refuses_writing_and_nothing_else() {
    in_namespace(NAME, fill_up);
}

/// A disk of 48 MiB, and what takes up its room.
struct Disk {
    at: PathBuf,
    filler: PathBuf,
}

impl Disk {
    fn mount(home: &Path) -> Disk {
        let at = home.join("disk");
        std::fs::create_dir(&at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=48m", "tmpfs"])
            .arg(&at)
            .status();
        assert!(mounted.is_ok_and(|status| status.success()), "a small disk is mounted");
        let filler = at.join("filler");
        Disk { at, filler }
    }

    /// To the last byte.
    fn fill(&self) {
        let mut file = File::options().create(true).append(true).open(&self.filler).unwrap();
        for block in [1 << 20, 4096, 1] {
            let block = vec![b'.'; block];
            while file.write_all(&block).is_ok() {}
        }
    }

    fn free(&self) {
        std::fs::remove_file(&self.filler).unwrap();
    }
}

fn fill_up() {
    let home = tempfile::tempdir().unwrap();
    let disk = Disk::mount(home.path());
    let folder = disk.at.join("desk");
    let tokens = furnish(&folder, 2);
    let (journal, sink) = (Arc::new(Journal::new()), Sink::start());
    let relay = sink.address.to_string();
    let server = Server::start(
        &folder,
        home.path(),
        &["--relay", &relay, "--public-url", "http://127.0.0.1:9"],
    );
    let mut client = Client::connect(server.http, &tokens[0]).unwrap();
    let first = take(&mut client, &journal, 20);
    disk.fill();

    let refused = fill_by_writing(&mut client, &journal, &disk);
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(
        refused.header("retry-after").is_some(),
        "it says when to come back: {}",
        refused.head
    );
    assert!(refused.text().contains("disk"), "it says why: {}", refused.text());
    let mut sender = smtp::Client::connect(server.smtp).expect("SMTP still greets");
    let code = sender.send(
        "sender0@cedar.example",
        SUPPORT,
        smtp::letter("knospacez", "sender0@cedar.example", SUPPORT),
    );
    assert_eq!(code.expect("SMTP still answers"), 452, "no room for a letter");
    for path in [
        format!("/api/firstline/v1/tickets/{first}"),
        "/health".to_string(),
        "/ready".to_string(),
    ] {
        let read = client.get(&path).expect("reading goes on");
        assert_eq!(read.status, 200, "{path}: {}", read.text());
    }

    disk.free();
    let freed = Instant::now();
    let again = until(Duration::from_secs(30), || {
        let key = format!("k9a0n{}z", freed.elapsed().as_micros());
        match clients::open(&mut client, &key) {
            Ok((201, number)) => {
                journal.add(&Entry::Created { key, number });
                true
            }
            _ => false,
        }
    });
    let took = freed.elapsed();
    eprintln!("writing again {took:?} after there was space");
    assert!(
        again && took <= SOON,
        "writing again after {took:?}; {}",
        tail(home.path())
    );
    take(&mut client, &journal, 20);
    let sent = sender.send(
        "sender0@cedar.example",
        SUPPORT,
        smtp::letter("kspacez", "sender0@cedar.example", SUPPORT),
    );
    assert_eq!(sent.expect("SMTP answers"), 250);
    journal.add(&Entry::Letter {
        key: "kspacez".to_string(),
        again: false,
    });
    let faults = audit::faults(&server, &tokens[1], &journal, &sink, 0);
    assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), tail(home.path()));
    server.stop();
    let checked = run(&folder, &["check"]);
    assert!(checked.is_ok(), "everything fits afterwards: {checked:?}");
}

/// Opens this many tickets; the number of the last.
fn take(client: &mut Client, journal: &Journal, count: usize) -> i64 {
    let begun = journal.read().len();
    let mut last = 0;
    for n in begun..begun + count {
        let key = format!("k8a0n{n}z");
        let (status, number) = clients::open(client, &key).unwrap();
        assert_eq!(status, 201);
        journal.add(&Entry::Created { key, number });
        last = number;
    }
    last
}

/// Room already taken from the disk (the log of the database, the index) is used up first; then comes the refusal.
fn fill_by_writing(client: &mut Client, journal: &Journal, disk: &Disk) -> Answer {
    for n in 0..5_000 {
        let key = format!("k7a0n{n}z");
        let answer = client
            .post("/api/firstline/v1/tickets", &key, &clients::ticket(&key))
            .expect("an answer");
        match answer.status {
            201 => {
                let number = answer.json()["number"].as_i64().unwrap();
                journal.add(&Entry::Created { key, number });
                disk.fill();
            }
            // One token may ask only so often: the desk is asked again.
            429 => {}
            _ => return answer,
        }
    }
    panic!("a full disk took 5,000 tickets");
}
