//! Every letter of the development corpus is read; what three other readers agree on is compared.

use crate::data;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

#[test]
fn every_letter_is_read_in_time() {
    let Some(letters) = data::letters() else { return };
    let mut times: Vec<(Duration, &str)> = Vec::new();
    for entry in &letters {
        let start = Instant::now();
        let letter = mail::parse(&entry.raw);
        times.push((start.elapsed(), &entry.file));
        assert!(
            !letter.defects.contains(&mail::Defect::ReaderFailed),
            "{} could not be read",
            entry.file
        );
        for defect in &letter.defects {
            assert!(defect.to_string().ends_with('.'), "{defect} is no sentence");
        }
    }
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    let worst = times[times.len() - 1];
    println!(
        "{} letters, p99 {:?}, worst {:?} ({})",
        times.len(),
        p99.0,
        worst.0,
        worst.1
    );
    assert!(letters.len() > 1_000, "the corpus is not whole");
    assert!(p99.0 < Duration::from_millis(50), "p99 is {:?}", p99.0);
    assert!(worst.0 < Duration::from_secs(2), "{} took {:?}", worst.1, worst.0);
}

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: Vec<String>,
}

#[test]
fn readers_agree() {
    let Some(root) = data::folder("mail-dev") else { return };
    let consensus = std::fs::read_to_string(root.join("consensus.jsonl")).unwrap();
    let mut table: BTreeMap<&str, Tally> = BTreeMap::new();
    for line in consensus.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let file = expected["file"].as_str().unwrap();
        let letter = mail::parse(&std::fs::read(root.join(file)).unwrap());
        let mut hashes: Vec<String> = letter.attachments.iter().map(|a| short_hash(&a.bytes)).collect();
        hashes.sort();
        let found = [
            ("subject", Value::from(letter.subject.as_deref().map(squeeze))),
            (
                "from",
                Value::from(letter.from.as_ref().map(|a| a.address.to_lowercase())),
            ),
            ("message_id", Value::from(letter.message_id.clone())),
            ("attachments_sha256_16", Value::from(hashes)),
        ];
        for (field, found) in found {
            let Some(wanted) = expected.get(field) else { continue };
            let wanted = normal(field, wanted);
            let tally = table.entry(field).or_default();
            if found == wanted {
                tally.right += 1;
            } else {
                tally.wrong.push(format!("{file}: {field} {found} instead of {wanted}"));
            }
        }
    }
    for (field, tally) in &table {
        let all = tally.right + tally.wrong.len();
        println!(
            "{field:24} {:5} of {all:5}  {:.2} %",
            tally.right,
            100.0 * tally.right as f64 / all as f64
        );
        tally.wrong.iter().for_each(|w| println!("    {w}"));
    }
    for (field, floor) in [
        ("subject", 0.99),
        ("from", 0.995),
        ("message_id", 0.995),
        ("attachments_sha256_16", 0.97),
    ] {
        let tally = &table[field];
        let share = tally.right as f64 / (tally.right + tally.wrong.len()) as f64;
        assert!(share >= floor, "{field}: {share:.4} is under {floor}");
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn normal(field: &str, value: &Value) -> Value {
    match (field, value.as_str()) {
        ("subject", Some(text)) => Value::from(squeeze(text)),
        ("from", Some(text)) => Value::from(text.to_lowercase()),
        ("message_id", Some(text)) => Value::from(text.trim().trim_start_matches('<').trim_end_matches('>')),
        _ => value.clone(),
    }
}

fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|b| format!("{b:02x}"))
        .collect()
}
