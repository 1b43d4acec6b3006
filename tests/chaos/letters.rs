//! Every real and broken letter there is to try with, given to the running program over SMTP: each is answered 250, is
//! read without a panic, and lies in the ledger with the bytes that were sent; no letter costs two seconds, nor all of
//! them together 512 MiB.
//!
//! Lone line feeds, lone carriage returns and NULs go over the wire as they are and must come out as they were. Only a
//! letter whose last line is open gets its CR LF there, for the protocol cannot end it otherwise; it is compared with
//! that. How well the letters are understood is printed by `readers_agree` in `crates/mail/tests/it/corpus.rs`.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::server::{SUPPORT, Server, furnish, tail};
use crate::tools::{skip, until};
use crate::{audit, smtp};

const CONNECTIONS: usize = 6;
/// Processor time for one letter, from its first byte until it is read.
const EACH: Duration = Duration::from_secs(2);
const MEMORY: u64 = 512 << 20;
/// How the ledger begins to say that a letter was given up.
const GIVEN_UP: &str = "It could not be read.";
/// For a letter that names nobody who could have sent it.
const NOBODY: &str = "x@y.example";

struct Sample {
    file: String,
    from: String,
    /// As the wire carries it, without the dots of the protocol.
    raw: Vec<u8>,
}

/// A line of the ledger with its letter.
struct Held {
    id: i64,
    state: String,
    reason: String,
    raw: Vec<u8>,
}

fn corpus() -> Option<Vec<Sample>> {
    let Some(folder) = std::env::var_os("FIRSTLINE_TEST_DATA") else {
        skip("FIRSTLINE_TEST_DATA is not set");
        return None;
    };
    let folder = PathBuf::from(folder).join("mail-dev");
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let files = index.lines().skip(1).filter_map(|line| line.split('\t').next());
    let samples: Vec<Sample> = files.map(|file| sample(&folder, file)).collect();
    assert!(samples.len() > 1_000, "the corpus is not whole");
    Some(samples)
}

fn sample(folder: &Path, file: &str) -> Sample {
    let raw = std::fs::read(folder.join(file)).unwrap();
    let read = mail::parse(&raw);
    let named = read.return_path.or(read.from.map(|from| from.address));
    Sample {
        file: file.to_string(),
        from: named
            .filter(|from| sendable(from))
            .unwrap_or_else(|| NOBODY.to_string()),
        raw: smtp::closed(raw),
    }
}

/// What a mail server would put into its MAIL FROM.
fn sendable(address: &str) -> bool {
    let odd = |c: char| c.is_control() || " <>\"\\,;:()[]".contains(c);
    let parts: Vec<&str> = address.split('@').collect();
    address.is_empty() || (parts.len() == 2 && parts.iter().all(|part| !part.is_empty()) && !address.contains(odd))
}

#[test]
fn every_letter_lies_in_the_ledger_as_it_was_sent() {
    let Some(mut samples) = corpus() else { return };
    let home = tempfile::tempdir().unwrap();
    let tokens = furnish(&home.path().join("desk"), CONNECTIONS);
    let server = Server::start(&home.path().join("desk"), home.path(), &[]);
    let begun = Instant::now();
    let refused = deliver(server.smtp, &samples);
    let sent = begun.elapsed();
    // The largest letter has 2 MB, far under what the desk takes: there is no reason to refuse any.
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    let mut client = Client::connect(server.http, "").unwrap();
    let read = until(Duration::from_secs(120), || unread(&mut client) == 0);
    assert!(read, "letters stay unread; {}", tail(home.path()));
    let read = begun.elapsed();
    let held = ledger(server.http, &tokens);
    let memory = memory(&server);
    let nobody = samples.iter().filter(|sample| sample.from == NOBODY).count();
    eprintln!(
        "{} letters, {nobody} of nobody, sent in {sent:?}, read in {read:?}; at most {} MiB; {:?}",
        samples.len(),
        memory >> 20,
        totals(&held)
    );
    let faults = compare(&samples, &held);
    assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), tail(home.path()));
    let log = std::fs::read_to_string(home.path().join("server.log")).unwrap();
    assert!(!log.contains("panicked"), "{log}");
    assert!((8 << 20..=MEMORY).contains(&memory), "{memory} bytes");
    control_one_changed_byte_is_found_out(&mut samples, &held);
    server.stop();
}

/// Here, because it wants the ledger of all of them.
fn control_one_changed_byte_is_found_out(samples: &mut [Sample], held: &[Held]) {
    let changed = &mut samples[held.len() / 2];
    let at = changed.raw.len() / 2;
    changed.raw[at] ^= 1;
    let file = changed.file.clone();
    let faults = compare(samples, held);
    assert!(
        faults.len() == 2 && faults[0] == format!("lost: {file}") && faults[1].starts_with("nobody sent"),
        "one byte of {file} is not what was sent, and: {faults:?}"
    );
}

#[test]
fn no_letter_costs_two_seconds() {
    let Some(samples) = corpus() else { return };
    let home = tempfile::tempdir().unwrap();
    furnish(&home.path().join("desk"), 1);
    let server = Server::start(&home.path().join("desk"), home.path(), &[]);
    let mut client = Client::connect(server.http, "").unwrap();
    let mut sender = smtp::Client::connect(server.smtp).unwrap();
    let (begun, first) = (Instant::now(), processor(&server));
    let mut spent = Vec::new();
    let mut before = first;
    for sample in &samples {
        assert_eq!(
            sender.send(&sample.from, SUPPORT, &sample.raw).unwrap(),
            250,
            "{}",
            sample.file
        );
        let read = until(Duration::from_secs(60), || unread(&mut client) == 0);
        assert!(read, "{} stays unread; {}", sample.file, tail(home.path()));
        let after = processor(&server);
        spent.push((after - before, sample.file.as_str()));
        before = after;
    }
    spent.sort();
    let (all, took) = (before - first, begun.elapsed());
    eprintln!(
        "one by one in {took:?}, {all:?} of the processor; the dearest: {:?}",
        &spent[spent.len() - 3..]
    );
    let over = |budget| spent.iter().filter(|(cost, _)| *cost > budget).collect::<Vec<_>>();
    assert!(over(EACH).is_empty(), "{:?}", over(EACH));
    assert!(
        !over(Duration::ZERO).is_empty(),
        "control: the meter of the processor stands still"
    );
    server.stop();
}

/// Over several connections, as a relay would; every letter that did not hear 250.
fn deliver(smtp: SocketAddr, samples: &[Sample]) -> Vec<String> {
    thread::scope(|scope| {
        let senders: Vec<_> = samples
            .chunks(samples.len().div_ceil(CONNECTIONS))
            .map(|share| scope.spawn(move || send_all(smtp, share)))
            .collect();
        senders
            .into_iter()
            .flat_map(|sender| sender.join().expect("no sender panics"))
            .collect()
    })
}

fn send_all(smtp: SocketAddr, samples: &[Sample]) -> Vec<String> {
    let mut client = smtp::Client::connect(smtp).unwrap();
    let mut refused = Vec::new();
    for sample in samples {
        let mut answer = Ok(0);
        // Whoever is asked to come back later does.
        until(Duration::from_secs(60), || {
            answer = client.send(&sample.from, SUPPORT, &sample.raw);
            !answer.as_ref().is_ok_and(|code| (400..500).contains(code))
        });
        if !answer.as_ref().is_ok_and(|code| *code == 250) {
            refused.push(format!("{} from <{}>: {answer:?}", sample.file, sample.from));
            client = smtp::Client::connect(smtp).unwrap();
        }
    }
    refused
}

fn unread(client: &mut Client) -> i64 {
    audit::gauge(client, "firstline_letters_unread")
}

/// All of it over the API. The tokens take turns, for one person may ask only so often.
fn ledger(http: SocketAddr, tokens: &[String]) -> Vec<Held> {
    let mut clients: Vec<Client> = tokens
        .iter()
        .map(|token| Client::connect(http, token).unwrap())
        .collect();
    let mut held = Vec::new();
    audit::each(&mut clients[0], "/api/firstline/v1/letters?limit=200", |item| {
        held.push(Held {
            id: item["id"].as_i64().unwrap(),
            state: item["state"].as_str().unwrap().to_string(),
            reason: item["reason"].as_str().unwrap().to_string(),
            raw: Vec::new(),
        });
    });
    for (n, one) in held.iter_mut().enumerate() {
        let path = format!("/api/firstline/v1/letters/{}/raw", one.id);
        one.raw = audit::get(&mut clients[n % tokens.len()], &path).body;
    }
    held
}

/// Every way in which what was sent and what is held disagree.
fn compare(samples: &[Sample], held: &[Held]) -> Vec<String> {
    let mut there = BTreeMap::<&[u8], Vec<&Held>>::new();
    for one in held {
        there.entry(&one.raw).or_default().push(one);
    }
    let mut faults = Vec::new();
    for sample in samples {
        match there.get_mut(&sample.raw[..]).and_then(Vec::pop) {
            None => faults.push(format!("lost: {}", sample.file)),
            Some(one) if one.state == "kept" => faults.push(format!("unread: {}", sample.file)),
            Some(one) if one.reason.is_empty() || one.reason.starts_with(GIVEN_UP) => {
                faults.push(format!("{}, \"{}\": {}", one.state, one.reason, sample.file));
            }
            Some(_) => {}
        }
    }
    let rest = there.values().flatten();
    faults.extend(rest.map(|one| format!("nobody sent letter {}: {}", one.id, one.reason)));
    faults
}

fn totals(held: &[Held]) -> BTreeMap<&str, usize> {
    let mut totals = BTreeMap::new();
    for one in held {
        *totals.entry(one.state.as_str()).or_default() += 1;
    }
    totals
}

/// The most memory the server ever had resident.
fn memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.expect("the kernel says VmHWM") * 1024
}

/// What all threads of the server took of the processor so far. Not the clock on the wall: a busy machine is no fault of
/// a letter's.
fn processor(server: &Server) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.pid())).unwrap();
    let (_, after_name) = stat.rsplit_once(')').expect("the name stands in brackets");
    let mut fields = after_name.split_whitespace().skip(11);
    let mut ticks = || {
        fields
            .next()
            .and_then(|text| text.parse::<u64>().ok())
            .expect("utime and stime")
    };
    // A tick is a hundredth of a second for every program on Linux.
    Duration::from_millis((ticks() + ticks()) * 10)
}
