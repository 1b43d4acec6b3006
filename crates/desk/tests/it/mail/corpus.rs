//! Every letter of the development corpus: kept to the byte, read without a panic, in the ledger with a reason; nothing
//! automatic because of a machine's, one acknowledgement because of a person's, nothing gained by a forger's.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use db::args;
use desk::TicketNumber;
use desk::access::Role;
use desk::clock::DAY;
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::{LetterState, MailboxFields};

use super::desk::TestDesk;

struct Sample {
    file: String,
    expect: Vec<String>,
    raw: Vec<u8>,
}

fn corpus() -> Option<Vec<Sample>> {
    let Ok(folder) = std::env::var("FIRSTLINE_TEST_DATA") else {
        testpg::skip("FIRSTLINE_TEST_DATA is not set");
        return None;
    };
    let folder = PathBuf::from(folder).join("mail-dev");
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let samples = index.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        Sample {
            file: fields[0].to_string(),
            expect: fields[2].split(',').map(str::to_string).collect(),
            raw: std::fs::read(folder.join(fields[0])).unwrap(),
        }
    });
    Some(samples.collect())
}

/// What the index of the corpus asks of a letter and did not get.
fn faults(sample: &Sample, entry: &Entry, answers: usize, ticket: TicketNumber) -> Vec<&'static str> {
    let expects = |word: &str| sample.expect.iter().any(|e| e == word);
    let without_reason = entry.state == LetterState::Kept || entry.reason.is_empty() || entry.reason.contains("fault");
    [
        (without_reason, "no reason"),
        (expects("no-autoreply") && answers != 0, "answered"),
        (expects("autoreply-once") && answers != 1, "not answered once"),
        (
            (expects("bounce") || expects("feedback-report")) && answers != 0,
            "a report answered",
        ),
        (answers > 1, "answered more than once"),
        (expects("no-access-gained") && entry.ticket == Some(ticket), "joined"),
        (
            expects("own-mail-ignored") && entry.state != LetterState::Automatic,
            "not ignored",
        ),
    ]
    .into_iter()
    .filter(|(wrong, _)| *wrong)
    .map(|(_, what)| what)
    .collect()
}

#[test]
fn every_letter_of_the_corpus_ends_in_the_ledger_with_a_reason() {
    let Some(samples) = corpus() else { return };
    let stand = testpg::sqlite(db::SqliteOptions::default());
    let d = TestDesk::on(stand.db.clone(), stand.engine, "support@firstline.example");
    d.mailbox(&MailboxFields::new("help@other.example"));
    d.person("agent@firstline.example", Role::Technician);
    let victim = d.person("owner@requester.example", Role::Requester);
    let ticket = (0..42).map(|_| d.ticket_by_phone(victim, None)).last().unwrap();
    assert_eq!(ticket, TicketNumber(1042));
    let before = d.ticket(ticket);
    let (mut slowest, mut wrong) = (Duration::ZERO, Vec::new());
    for sample in &samples {
        // A day apart, so that no brake can be what keeps the desk silent.
        d.advance(DAY);
        let read = mail::parse(&sample.raw);
        let from = read
            .return_path
            .clone()
            .or(read.from.map(|a| a.address))
            .unwrap_or_else(|| "x@y.example".into());
        let begun = Instant::now();
        let entry = d.receive(&from, &["support@firstline.example"], &sample.raw);
        slowest = slowest.max(begun.elapsed());
        let answers = d.sends().len();
        for what in faults(sample, &entry, answers, ticket) {
            wrong.push(format!("{}: {what}: {answers} answers, {}", sample.file, entry.reason));
        }
        let (cx, id) = (d.cx(), entry.id);
        if d.read(move |r| ledger::raw(r, &cx, id)) != sample.raw {
            wrong.push(format!("{}: other bytes", sample.file));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        samples.len(),
        wrong.join("\n")
    );
    assert_eq!(d.ticket(ticket), before);
    assert_eq!(
        d.read(move |r| Ok(r.one::<i64>("SELECT count(*) FROM message WHERE ticket = $1", &args![ticket])?)),
        1
    );
    eprintln!("{} letters, the slowest took {slowest:?}", samples.len());
    let states: Vec<(LetterState, i64)> = {
        let cx = d.cx();
        d.read(move |r| ledger::totals(r, &cx, None))
    };
    eprintln!("{states:?}");
    // The budget of two seconds is measured on a quiet machine; here a letter that never ends is what must show.
    assert!(slowest < Duration::from_secs(30), "{slowest:?}");
}
