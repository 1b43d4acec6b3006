//! A desk with years of work in it: real support tickets where they are at hand, words by rule where not. Everything
//! goes through the door that `import tickets` uses, many tickets in one transaction.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use db::{Db, SqliteOptions};
use desk::access::{Role, Scopes, Viewer};
use desk::clock::{DAY, MINUTE};
use desk::people::{self, NewPerson};
use desk::reports;
use desk::suggestions::{self, How, Lesson, Target};
use desk::tickets::{self, Imported, ImportedMessage, MessageKind, Solution};
use desk::{Clock, Context, Desk, Parts, PersonId, TicketNumber, Write, files, finding, sign_in};

use crate::measure::bytes_of;
use crate::report::{Figure, Figures};
use crate::server::SUPPORT;
use crate::tools::Chance;

const TECHNICIANS: usize = 64;
/// Tickets of one transaction.
const TOGETHER: usize = 1_000;
/// Of a hundred tickets so many are still open.
const OPEN: usize = 8;

pub(crate) struct Filled {
    pub(crate) folder: PathBuf,
    pub(crate) tickets: usize,
    pub(crate) texts: Vec<Text>,
    /// A technician's session, for pages.
    pub(crate) session: String,
    /// A token for each technician: one may ask only so often.
    pub(crate) tokens: Vec<String>,
    text_bytes: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) answer: String,
}

/// Builds it, or takes what an earlier run left there; closed when this returns.
pub(crate) fn build(home: &Path, tickets: usize) -> Filled {
    let (folder, marker, texts) = (home.join("data"), home.join("built"), texts());
    let known = std::fs::read_to_string(&marker)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let desk = open(&folder);
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let text_bytes = known.unwrap_or_else(|| {
        let begun = Instant::now();
        let bytes = fill(&desk, &cx, tickets, &texts);
        println!("  filled in {:.1} s", begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime
            .block_on(finding::rebuild(&desk, |_| {}))
            .expect("the index is built");
        println!("  indexed in {:.1} s", begun.elapsed().as_secs_f64());
        let (begun, house) = (Instant::now(), desk.house());
        desk.write_now(move |tx| reports::rebuild(tx, &house))
            .expect("the figures are counted");
        println!("  counted in {:.1} s", begun.elapsed().as_secs_f64());
        bytes
    });
    let (session, tokens) = desk.write_now(move |tx| doors(tx, &cx)).expect("sessions and tokens");
    drop(desk);
    std::fs::write(marker, text_bytes.to_string()).expect("a marker");
    Filled {
        folder,
        tickets,
        texts,
        session,
        tokens,
        text_bytes,
    }
}

pub(crate) fn open(folder: &Path) -> Desk {
    std::fs::create_dir_all(folder).expect("a folder");
    let parts = Parts {
        db: Db::sqlite(&folder.join("firstline.db"), SqliteOptions::default()).expect("a database"),
        files: files::Store::open(&folder.join("files")).expect("a store"),
        index: search::Index::open(&folder.join("index")).expect("an index"),
        clock: Clock::Machine,
    };
    Desk::open(parts).expect("a desk")
}

/// Each fifth ticket was helped by an earlier one, as technicians link them.
pub(crate) fn teach(desk: &Desk, filled: &Filled, first: u64) {
    let (tickets, texts) = (filled.tickets as u64, filled.texts.len() as u64);
    let desk_itself = desk.context(Viewer::desk(PersonId(0)), None);
    let taught: Vec<u64> = (0..tickets).step_by(5).collect();
    for some in taught.chunks(TOGETHER) {
        let (some, mut cx) = (some.to_vec(), desk_itself.clone());
        let done = desk.write_now(move |tx| {
            cx.viewer.person = technician(tx, &cx, 0)?;
            for n in some {
                let lesson = Lesson {
                    ticket: TicketNumber((first + n).cast_signed()),
                    target: Target::ticket(TicketNumber((first + (n * 7 + 3) % texts.min(tickets)).cast_signed())),
                    how: How::Linked,
                };
                suggestions::teach(tx, &cx, lesson)?;
            }
            Ok(())
        });
        done.expect("what was learnt is kept");
    }
}

/// The weight of what lies on the disk beside the weight of what was said.
pub(crate) fn sizes(filled: &Filled, figures: &mut Figures) {
    let (database, index) = (
        bytes_of(&filled.folder.join("firstline.db")),
        bytes_of(&filled.folder.join("index")),
    );
    #[expect(clippy::cast_precision_loss)]
    let mib = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    let text = mib(filled.text_bytes);
    figures.add(Figure::new("text of subjects and bodies", "MiB", text));
    figures.add(Figure::new("database", "MiB", mib(database)));
    figures.add(Figure::new("index", "MiB", mib(index)));
    let both = Figure::new("database and index, times the text", "×", mib(database + index) / text);
    figures.add(both.budget(2.0).floor(1.0, 6.0));
}

fn doors(tx: &mut Write, cx: &Context) -> desk::Result<(String, Vec<String>)> {
    let mut tokens = Vec::new();
    let mut session = String::new();
    for n in 0..TECHNICIANS {
        let id = technician(tx, cx, n)?;
        let scopes = Scopes {
            read: true,
            write: true,
            admin: false,
        };
        tokens.push(sign_in::add_token(tx, cx, id, "bench", scopes)?.as_str().to_string());
        if n == 0 {
            session = sign_in::start(tx, id, cx.now, "127.0.0.1", "bench")?
                .as_str()
                .to_string();
        }
    }
    Ok((session, tokens))
}

fn technician(tx: &mut Write, cx: &Context, n: usize) -> desk::Result<PersonId> {
    people::add_or_promote(
        tx,
        cx,
        &NewPerson::new(
            &format!("Bench {n}"),
            &format!("bench{n}@desk.example"),
            // The first is who asks for pages, the team board among them.
            if n == 0 { Role::Supervisor } else { Role::Technician },
        ),
    )
}

/// How many bytes of text went in.
fn fill(desk: &Desk, cx: &Context, tickets: usize, texts: &[Text]) -> u64 {
    let cx_of = cx.clone();
    let technicians = desk.write_now(move |tx| {
        desk::mailboxes::boxes::add(tx, &cx_of, &desk::mailboxes::MailboxFields::new(SUPPORT))?;
        (0..TECHNICIANS)
            .map(|n| technician(tx, &cx_of, n))
            .collect::<desk::Result<Vec<_>>>()
    });
    let technicians = technicians.expect("technicians");
    let mut all = 0;
    for begin in (0..tickets).step_by(TOGETHER) {
        let (cx, technicians, texts) = (cx.clone(), technicians.clone(), texts.to_vec());
        let kept = desk.write_now(move |tx| {
            let mut bytes = 0;
            for n in begin..(begin + TOGETHER).min(tickets) {
                bytes += one(tx, &cx, n, tickets, &technicians, &texts)?;
            }
            Ok(bytes)
        });
        all += kept.expect("a thousand tickets");
    }
    all
}

fn one(tx: &mut Write, cx: &Context, n: usize, of: usize, staff: &[PersonId], texts: &[Text]) -> desk::Result<u64> {
    let (text, other) = (&texts[n % texts.len()], &texts[(n * 7 + 3) % texts.len()]);
    let who = n * 31 % (of / 20).max(1);
    let requester = people::recognise(
        tx,
        cx,
        &format!("counter{who}@branch{}.example", who % 200),
        Some(&format!("Counter {who} of branch {}", who % 200)),
    )?;
    let technician = staff[n % 12];
    let open = n * 100 / of >= 100 - OPEN;
    let age = i64::try_from(of - n).unwrap_or(0);
    let created_at = if open {
        cx.now.plus(-age * 3 * MINUTE)
    } else {
        cx.now.plus(-20 * DAY - age * 10 * MINUTE)
    };
    let machine = machine_of(n);
    let subject: String = text.title.chars().take(250).collect();
    let follow_up: String = other.body.chars().take(300).collect();
    let said = [
        (technician, MessageKind::Reply, text.answer.clone()),
        (requester, MessageKind::Request, follow_up),
    ];
    let messages = said.into_iter().zip(1..).map(|((author, kind, body), hours)| {
        let kind = if open && n.is_multiple_of(2) && kind == MessageKind::Reply {
            MessageKind::Note
        } else {
            kind
        };
        ImportedMessage {
            author,
            kind,
            body,
            at: created_at.plus(hours * 60 * MINUTE),
        }
    });
    let old = Imported {
        source: "bench".to_string(),
        id: n.to_string(),
        number: None,
        message_ids: Vec::new(),
        subject,
        body: format!("{}{machine}", text.body),
        requester,
        created_at,
        tag: Some(["mail", "printer", "network", "sign-in", "update"][n % 5].to_string()),
        messages: messages.collect(),
        solved: !open,
        solution: (!open && n.is_multiple_of(3)).then(|| Solution {
            steps: text.answer.chars().take(200).collect(),
            ..Solution::default()
        }),
    };
    let bytes = text_of(&old);
    let number = tickets::import(tx, cx, &old)?;
    if open && n.is_multiple_of(2) {
        tickets::assign(tx, cx, number, technician)?;
    }
    Ok(bytes as u64)
}

/// Some machine is named in one ticket of ten, as people do.
fn machine_of(n: usize) -> String {
    if n.is_multiple_of(10) {
        format!("\nSerial number 5CD{n:07X}, 0x8007{:04X}", n % 65_536)
    } else {
        String::new()
    }
}

fn text_of(old: &Imported) -> usize {
    let steps = old.solution.as_ref().map_or(0, |solution| solution.steps.len());
    old.subject.len() + old.body.len() + old.messages.iter().map(|m| m.body.len()).sum::<usize>() + steps
}

/// Real tickets through `FIRSTLINE_TEST_DATA`, else sentences by rule with the spread of real words.
fn texts() -> Vec<Text> {
    let folder = std::env::var_os("FIRSTLINE_TEST_DATA").map(PathBuf::from);
    let file = folder.map(|folder| folder.join("retrieval-dev/thunderbird/tickets.jsonl.gz"));
    let Some(file) = file.and_then(|path| std::fs::File::open(path).ok()) else {
        println!("\nFIRSTLINE_TEST_DATA is not set: the texts are made by rule, not real ones\n");
        return by_rule();
    };
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines();
    let text = |line: String| {
        let line: serde_json::Value = serde_json::from_str(&line).ok()?;
        let part = |name: &str| line[name].as_str().unwrap_or_default().to_string();
        let text = Text {
            title: part("title"),
            body: part("body"),
            answer: part("resolution"),
        };
        (!text.title.trim().is_empty() && !text.answer.trim().is_empty()).then_some(text)
    };
    lines.map_while(Result::ok).filter_map(text).collect()
}

fn by_rule() -> Vec<Text> {
    const ENDS: [&str; 12] = [
        "er", "ing", "ment", "tion", "al", "ous", "ed", "s", "ity", "or", "ic", "age",
    ];
    const STEMS: [&str; 16] = [
        "print", "mail", "scan", "sync", "rout", "form", "serv", "disk", "port", "lock", "driv", "log", "net", "pix",
        "back", "tok",
    ];
    let mut chance = Chance::new("texts");
    let mut words = |least: u64, most: u64| {
        let count = chance.between(least, most);
        let word = |_| {
            // Squared, so that few words are frequent and many are rare.
            let place = (chance.between(0, 4_000) * chance.between(0, 4_000)) / 4_000;
            let (stem, end) = (STEMS[place as usize % 16], ENDS[place as usize / 16 % 12]);
            if place < 192 {
                format!("{stem}{end}")
            } else {
                format!("{stem}{}{end}", place / 192)
            }
        };
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    };
    (0..4_000)
        .map(|_| Text {
            title: words(3, 12),
            body: words(30, 200),
            answer: words(20, 150),
        })
        .collect()
}
