//! What a letter costs the processor, and a heap of letters that waits when the desk starts: how soon it is read, how
//! the inbox page answers meanwhile, and what the program grows by.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use desk::mailboxes::{Way, boxes, intake};

use crate::fill::{self, Filled};
use crate::http::Client;
use crate::measure::{Times, memory_mib, processor_of};
use crate::outside::{send, unread};
use crate::report::{Figure, Figures, Mode};
use crate::server::{SUPPORT, Server};
use crate::tools::until;

/// The median of the letters in `mail-dev`, for runs without it.
const USUAL: usize = 1_608;
/// Letters of one transaction.
const TOGETHER: usize = 1_000;
const LOOK: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(1_800);

pub(crate) fn measure(filled: &Filled, mode: Mode, figures: &mut Figures) {
    let (size, heap) = (median(), if mode == Mode::Full { 50_000 } else { 2_000 });
    wait_unread(filled, heap, size);
    let logs = filled.folder.parent().expect("a folder in a folder");
    let server = Server::start(&filled.folder, logs, &[]);
    drain(&server, filled, heap, figures);
    cost(&server, mode, size, figures);
    server.stop();
    assert_eq!(filed(filled), heap, "each letter of the heap opened its ticket");
}

/// Letters of this run's heap that are on a ticket: one that was held or a duplicate would be cheaper than it should.
fn filed(filled: &Filled) -> usize {
    let db = rusqlite::Connection::open(filled.folder.join("firstline.db")).expect("SQLite opens its file");
    let sql = "SELECT count(*) FROM letter WHERE state = 'filed' AND message_id LIKE ?1";
    let ours = format!("heap{}n%", std::process::id());
    let filed: i64 = db.query_row(sql, [ours], |row| row.get(0)).expect("a count");
    usize::try_from(filed).expect("a count")
}

/// Median size of the real letters.
fn median() -> usize {
    let folder = std::env::var_os("FIRSTLINE_TEST_DATA").map(PathBuf::from);
    let index = folder.and_then(|folder| std::fs::read_to_string(folder.join("mail-dev/index.tsv")).ok());
    let index = index.unwrap_or_default();
    let bytes = |line: &str| line.split('\t').nth(7)?.parse().ok();
    let mut all: Vec<usize> = index.lines().skip(1).filter_map(bytes).collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or(USUAL)
}

/// A letter of that many bytes. No sender writes more than ten: many of one are a flood, and held.
fn letter(kind: &str, n: usize, size: usize) -> (String, Vec<u8>) {
    const LINE: &str = "The scanner of the counter stops in the middle of a page and blinks twice.\r\n";
    let who = format!("{kind}{}@larch{}.example", n % 5_000, n % 200);
    let mut raw = format!(
        "From: Counter <{who}>\r\nTo: {SUPPORT}\r\nMessage-ID: <{kind}{}n{n}@bench.example>\r\n\
         Date: Mon, 16 Nov 2026 10:00:00 -0500\r\nSubject: Scanner {n} stops\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n",
        std::process::id()
    );
    while raw.len() + LINE.len() <= size {
        raw.push_str(LINE);
    }
    (who, raw.into_bytes())
}

/// As if the desk had been stopped when they had come.
fn wait_unread(filled: &Filled, heap: usize, size: usize) {
    let desk = fill::open(&filled.folder);
    let now = desk.now();
    for first in (0..heap).step_by(TOGETHER) {
        let kept = desk.write_now(move |tx| {
            let mailbox = boxes::find_by_recipient(tx, SUPPORT)?.map(|mailbox| mailbox.id);
            for n in first..(first + TOGETHER).min(heap) {
                let (who, raw) = letter("heap", n, size);
                intake::keep(tx, now, Way::Smtp, mailbox, &who, &[SUPPORT.to_string()], &raw)?;
            }
            Ok(())
        });
        kept.expect("letters are kept");
    }
}

/// One person looks at the inbox without pause while the heap is read.
fn drain(server: &Server, filled: &Filled, heap: usize, figures: &mut Figures) {
    let mut client = Client::connect(server.http, "").expect("the desk answers");
    let cookie = format!("Cookie: __Host-firstline={}\r\n", filled.session);
    let (begun, at_first) = (Instant::now(), unread(server));
    assert!(at_first > 0, "control: nothing waits, so nothing can be measured");
    let (mut pages, mut early, mut most) = (Vec::new(), None, 0.0_f64);
    let read = until(LONGEST, || {
        until(LOOK, || {
            let page = Instant::now();
            let answer = client.ask("GET", "/inbox/everyone", &cookie, b"").expect("a page");
            assert_eq!(answer.status, 200);
            pages.push(page.elapsed());
            false
        });
        let weight = memory_mib(server.pid(), "VmRSS");
        let left = unread(server);
        // Its caches are filled once a tenth is read: from there on it must not grow.
        if early.is_none() && left * 10 <= at_first * 9 {
            early = Some(weight);
        }
        most = most.max(weight);
        left == 0
    });
    assert!(read, "the heap is read");
    #[expect(clippy::cast_precision_loss)]
    let rate = heap as f64 / begun.elapsed().as_secs_f64();
    figures.add(Figure::new("a heap of letters read", "/s", rate).large());
    figures.add(Figure::new("inbox while it is read, p95", "ms", Times::of(pages).quantile(0.95)).budget(100.0));
    figures.add(Figure::new("memory while it is read, the most", "MiB", most).budget(400.0));
    let grown = (most - early.unwrap_or(most)).max(0.0);
    figures.add(Figure::new("memory grown after a tenth", "MiB", grown).budget(100.0));
}

/// Kept, read and filed, with everything that follows from it: all threads of the program, over the letters sent.
fn cost(server: &Server, mode: Mode, size: usize, figures: &mut Figures) {
    let each = if mode == Mode::Smoke { 30 } else { 250 };
    let before = processor_of(server.pid());
    let many = send(server, each, &|n| letter("cost", n, size));
    until(LONGEST, || {
        // Asking costs the program too: seldom.
        until(4 * LOOK, || false);
        unread(server) == 0
    });
    #[expect(clippy::cast_precision_loss)]
    let spent = (processor_of(server.pid()) - before) / many as f64;
    assert!(spent > 0.0, "control: the meter of the processor stands still");
    figures.add(Figure::new("a letter kept and filed, processor", "ms", spent).budget(2.0));
}
