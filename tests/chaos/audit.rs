//! After the last restart: each acknowledged operation is there, once; nothing is there twice; what left, left.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use crate::http::{Answer, Client};
use crate::journal::{Entry, Journal};
use crate::server::Server;
use crate::sink::Sink;
use crate::tools::until;

/// What the desk says it holds.
struct Held {
    /// State by Message-ID, one for each line of the ledger.
    letters: BTreeMap<String, Vec<String>>,
    /// Numbers by subject.
    tickets: BTreeMap<String, Vec<i64>>,
}

/// Every way in which the desk and the journal disagree.
pub(crate) fn faults(server: &Server, token: &str, journal: &Journal, sink: &Sink, kills: usize) -> Vec<String> {
    let mut client = Client::connect(server.http, token).expect("the desk is ready");
    let mut faults = Vec::new();
    let quiet = until(Duration::from_secs(60), || {
        gauge(&mut client, "firstline_letters_unread") == 0 && gauge(&mut client, "firstline_outgoing_waiting") == 0
    });
    if !quiet {
        faults.push("stuck: letters still wait to be read or to leave".to_string());
    }
    let held = Held {
        letters: letters(&mut client),
        tickets: tickets(&mut client),
    };
    let entries = journal.read();
    for entry in &entries {
        match entry {
            Entry::Letter { key, again } => letter(&held, key, *again, &mut faults),
            Entry::Created { key, number } => created(&held, key, *number, &mut faults),
            Entry::Replied { .. } => {}
        }
    }
    for (subject, numbers) in held.tickets.iter().filter(|(_, numbers)| numbers.len() > 1) {
        faults.push(format!("doubled: {subject} is {numbers:?}"));
    }
    replied(&mut client, &entries, &mut faults);
    left(&entries, &sink.letters(), kills, &mut faults);
    faults
}

fn letter(held: &Held, key: &str, again: bool, faults: &mut Vec<String>) {
    let lines = held
        .letters
        .get(&format!("{key}@load.example"))
        .map_or(&[][..], Vec::as_slice);
    let standing = lines.iter().filter(|state| *state != "duplicate").count();
    let tickets = held.tickets.get(&format!("Letter {key}")).map_or(0, Vec::len);
    match (lines.len(), standing) {
        (0, _) => faults.push(format!("lost: letter {key}")),
        (1, 1) => {}
        (_, 1) if again => {}
        _ => faults.push(format!("doubled: letter {key} stands as {lines:?}")),
    }
    if lines.iter().any(|state| state == "filed") && tickets != 1 {
        faults.push(format!("letter {key} is filed, on {tickets} tickets of its own"));
    }
}

fn created(held: &Held, key: &str, number: i64, faults: &mut Vec<String>) {
    match held.tickets.get(&format!("Ticket {key}")).map(Vec::as_slice) {
        None => faults.push(format!("lost: ticket {key}")),
        Some(numbers) if number != 0 && !numbers.contains(&number) => {
            faults.push(format!("lost: ticket {key} was {number} and is {numbers:?}"));
        }
        Some(_) => {}
    }
}

/// Every acknowledged reply stands once on its ticket.
fn replied(client: &mut Client, entries: &[Entry], faults: &mut Vec<String>) {
    let mut by_ticket = BTreeMap::<i64, Vec<&str>>::new();
    for entry in entries {
        if let Entry::Replied { key, number } = entry {
            by_ticket.entry(*number).or_default().push(key);
        }
    }
    for (number, keys) in by_ticket {
        let one = get(client, &format!("/api/firstline/v1/tickets/{number}")).json();
        let said: Vec<&str> = array(&one["messages"])
            .iter()
            .filter_map(|m| m["body"].as_str())
            .collect();
        for key in keys {
            match said.iter().filter(|body| body.contains(key)).count() {
                0 => faults.push(format!("lost: reply {key}")),
                1 => {}
                n => faults.push(format!("doubled: reply {key} stands {n} times")),
            }
        }
    }
}

/// Every reply reached the outside as one letter, and nothing that left did so twice but at most once for each kill.
fn left(entries: &[Entry], taken: &[(String, String)], kills: usize, faults: &mut Vec<String>) {
    let mut copies = BTreeSet::<&str>::new();
    let mut by_word = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (id, text) in taken {
        copies.insert(id);
        for word in own_words(text) {
            by_word.entry(word).or_default().insert(id);
        }
    }
    for entry in entries {
        let Entry::Replied { key, .. } = entry else { continue };
        match by_word.get(key.as_str()) {
            None => faults.push(format!("lost: the letter of reply {key} never left")),
            Some(ids) if ids.len() > 1 => faults.push(format!("doubled: reply {key} left as {ids:?}")),
            Some(_) => {}
        }
    }
    let extra = taken.len() - copies.len();
    eprintln!("{} letters left, {extra} of them a second time", taken.len());
    if extra > kills {
        faults.push(format!("{extra} letters left twice in {kills} kills"));
    }
}

/// What a letter says itself: a reply quotes the one before it.
fn own_words(text: &str) -> impl Iterator<Item = &str> {
    let own = text.lines().filter(|line| !line.starts_with('>'));
    own.flat_map(str::split_whitespace)
        .map(|word| word.trim_end_matches('.'))
}

/// The states of every letter in the ledger, by Message-ID.
pub(crate) fn letters(client: &mut Client) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::<String, Vec<String>>::new();
    each(client, "/api/firstline/v1/letters?limit=200", |item| {
        let id = item["message_id"]
            .as_str()
            .unwrap_or_default()
            .trim_matches(['<', '>'])
            .to_string();
        all.entry(id)
            .or_default()
            .push(item["state"].as_str().unwrap_or_default().to_string());
    });
    all
}

fn tickets(client: &mut Client) -> BTreeMap<String, Vec<i64>> {
    let mut all = BTreeMap::<String, Vec<i64>>::new();
    each(client, "/api/firstline/v1/tickets?limit=200", |item| {
        let subject = item["subject"].as_str().unwrap_or_default().to_string();
        all.entry(subject)
            .or_default()
            .push(item["number"].as_i64().unwrap_or(0));
    });
    all
}

pub(crate) fn each(client: &mut Client, path: &str, mut take: impl FnMut(&Value)) {
    let mut cursor = String::new();
    loop {
        let page = get(client, &format!("{path}{cursor}")).json();
        array(&page["items"]).iter().for_each(&mut take);
        let Some(next) = page["next"].as_str() else { return };
        cursor = format!("&cursor={next}");
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Patient where one token asks too often.
pub(crate) fn get(client: &mut Client, path: &str) -> Answer {
    let mut answer = None;
    until(Duration::from_secs(30), || {
        let got = client.get(path).expect("the desk answers");
        let settled = got.status != 429;
        answer = Some(got);
        settled
    });
    let answer = answer.expect("asked at least once");
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

pub(crate) fn gauge(client: &mut Client, name: &str) -> i64 {
    let text = get(client, "/metrics").text();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.trim().parse::<f64>().ok());
    #[expect(clippy::cast_possible_truncation, reason = "a count of rows")]
    line.map_or(-1, |number| number as i64)
}

#[test]
fn control_letters_lost_or_doubled_on_the_way_out_are_found_out() {
    let entries: Vec<Entry> = ["k0a1t0r0z", "k0a1t0r1z"]
        .into_iter()
        .map(|key| Entry::Replied {
            key: key.to_string(),
            number: 1_001,
        })
        .collect();
    let letter = |id: &str, key: &str| (id.to_string(), format!("Please switch it off and on again: {key}."));
    let (one, mut two) = (letter("a@desk", "k0a1t0r0z"), letter("b@desk", "k0a1t0r1z"));
    two.1.push_str("\n\n> Please switch it off and on again: k0a1t0r0z.");
    let told = |taken: &[(String, String)], kills| {
        let mut faults = Vec::new();
        left(&entries, taken, kills, &mut faults);
        faults
    };
    let twice = [one.clone(), two.clone(), one.clone()];
    assert!(told(&twice, 1).is_empty(), "one kill may cost one copy");
    assert_eq!(told(&twice, 0), ["1 letters left twice in 0 kills"]);
    assert_eq!(
        told(std::slice::from_ref(&one), 1),
        ["lost: the letter of reply k0a1t0r1z never left"]
    );
    let other = letter("c@desk", "k0a1t0r0z");
    let faults = told(&[one, two, other], 9);
    assert!(
        faults.len() == 1 && faults[0].starts_with("doubled: reply k0a1t0r0z left as"),
        "{faults:?}"
    );
    let notice = letter("n@desk", "welcome");
    let faults = told(
        &[
            letter("a@desk", "k0a1t0r0z"),
            letter("b@desk", "k0a1t0r1z"),
            notice.clone(),
            notice,
        ],
        0,
    );
    assert_eq!(
        faults,
        ["1 letters left twice in 0 kills"],
        "what the desk writes by itself counts as well"
    );
}
