//! The header of any letter of ours, as three readers have it that share no code: the plainest
//! rules, the parser our own reading stands on, and Python's. All must see exactly the fields that
//! belong there; and all must notice one that does not (S5).

use crate::composing::{FIELDS, NASTY, field_names, letter, visible};
use mail::compose;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

const PYTHON: &str = r#"
import sys, email, email.policy, json
out = []
for chunk in sys.stdin.buffer.read().split(b"\x00\x00NEXT\x00\x00"):
    m = email.message_from_bytes(chunk, policy=email.policy.default)
    files = [p.get_filename() for p in m.walk() if p.get_content_disposition() == "attachment"]
    out.append([[k.lower() for k in m.keys()], str(m["subject"]), [a.addr_spec for a in m["to"].addresses], files, len(m.defects)])
print(json.dumps(out))
"#;

/// One process for all letters; nothing where there is no Python.
fn python(letters: &[Vec<u8>]) -> Option<Vec<Value>> {
    let Ok(mut child) = Command::new("python3")
        .args(["-c", PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        eprintln!("SKIPPED: there is no python3");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&letters.join(&b"\0\0NEXT\0\0"[..])).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn parser(raw: &[u8]) -> Vec<String> {
    let read = mail_parser::MessageParser::default().parse(raw).unwrap();
    let names = read.root_part().headers.iter().map(|h| h.name.as_str().to_lowercase());
    names.collect()
}

/// Words of any kind, and often those that would end a field or begin another.
fn odd() -> impl Strategy<Value = String> {
    let breaks = prop::sample::select(vec![
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\u{85}",
        "\u{2028}",
        "\u{b}",
        ": ",
        "Bcc: e@x.example",
    ]);
    let nasty = prop::sample::select(NASTY.to_vec());
    let piece = prop_oneof![
        2 => breaks.prop_map(str::to_owned),
        2 => nasty.prop_map(str::to_owned),
        2 => any::<String>(),
        1 => "[ -~]{0,100}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

#[test]
fn three_readers_see_the_same_header() {
    let mut runner = TestRunner::deterministic();
    let mut words: Vec<[String; 3]> = NASTY
        .iter()
        .map(|odd| [odd, odd, odd].map(|o| (*o).to_owned()))
        .collect();
    for _ in 0..600 {
        let any = [odd(), odd(), odd()].map(|s| s.new_tree(&mut runner).unwrap().current());
        words.push(any);
    }
    let composed = words
        .iter()
        .map(|[name, subject, file]| compose(&letter(name, subject, file)).unwrap());
    let letters: Vec<Vec<u8>> = composed.collect();
    for (raw, words) in letters.iter().zip(&words) {
        assert_eq!(field_names(raw), FIELDS, "{words:?}");
        assert_eq!(parser(raw), FIELDS, "{words:?}");
    }
    let Some(read) = python(&letters) else { return };
    assert_eq!(read.len(), letters.len());
    for (read, [name, subject, file]) in read.iter().zip(&words) {
        assert_eq!(read[0], json!(FIELDS), "{name:?} {subject:?}");
        assert_eq!(visible(read[1].as_str().unwrap()), visible(subject), "{subject:?}");
        assert_eq!(read[2], json!(["cedar@there.example"]), "{name:?}");
        assert_eq!(
            visible(read[3][0].as_str().unwrap()),
            visible(&mail::safe_name(file)),
            "{file:?}"
        );
        assert_eq!(read[4], 0, "{name:?} {subject:?} {file:?}");
    }
}

/// The control: each of the three sees a field that slipped in.
#[test]
fn a_field_that_slipped_in_is_seen_by_all() {
    let raw = String::from_utf8(compose(&letter("Cedar", "Printer", "a.txt")).unwrap()).unwrap();
    let slipped = raw
        .replacen("Subject: Printer", "Subject: Printer\r\nBcc: evil@x.example", 1)
        .into_bytes();
    let seen = |names: &[String]| names.iter().any(|name| name == "bcc");
    assert!(seen(&field_names(&slipped)) && seen(&parser(&slipped)));
    if let Some(read) = python(&[slipped]) {
        assert!(read[0][0].as_array().unwrap().contains(&json!("bcc")));
    }
}
