//! The servers do what tests rely on: a letter goes swaks, postfix, dovecot; they end with the test; two stand side by
//! side.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::process::Command;
use std::time::{Duration, Instant};
use testmail::{Dovecot, Next, Postfix};

fn swaks(port: u16, to: &str) -> bool {
    let mut swaks = Command::new("swaks");
    let server = format!("127.0.0.1:{port}");
    swaks.args([
        "--server",
        &server,
        "--to",
        to,
        "--from",
        "ana@client.example",
        "--body",
        "by hand",
    ]);
    swaks.output().unwrap().status.success()
}

/// Reads until it is there; the log is written as it happens.
fn seen(mut what: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if what() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

#[test]
fn a_letter_goes_through_postfix_into_dovecot() {
    let Some(dovecot) = Dovecot::start() else { return };
    let Some(postfix) = Postfix::start(&[("desk.example", Next::Lmtp(dovecot.lmtp_port))]) else {
        return;
    };
    assert!(swaks(postfix.smtp_port, "support@desk.example"));
    let new = dovecot.maildir("support@desk.example").join("new");
    assert!(
        seen(|| std::fs::read_dir(&new).is_ok_and(|mut entries| entries.next().is_some())),
        "{}\n{}",
        postfix.log(),
        dovecot.log()
    );
    let letter = std::fs::read_dir(&new).unwrap().next().unwrap().unwrap().path();
    assert!(std::fs::read_to_string(letter).unwrap().contains("by hand"));
    assert!(!swaks(postfix.smtp_port, "somebody@elsewhere.example"));
    assert!(
        seen(|| postfix.log().contains("no such destination in this test")),
        "{}",
        postfix.log()
    );
}

#[test]
fn a_server_ends_with_its_value() {
    let (Some(one), Some(other)) = (Dovecot::start(), Dovecot::start()) else {
        return;
    };
    let answers = |port| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
    let port = one.imap_port;
    assert!(answers(port) && answers(other.imap_port));
    drop(one);
    assert!(!answers(port) && answers(other.imap_port));
}
