//! What a letter costs the processor, and a heap of letters that waits when the desk starts: how soon it is read, how
//! the inbox page answers meanwhile, and what the program grows by.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use desk::mailboxes::{Way, boxes, intake};

use crate::fill::{self, Filled};
use crate::floor::Floor;
use crate::http::Client;
use crate::measure::{Times, memory_mib, processor_ms, processor_of};
use crate::outside::{send, unread};
use crate::report::{Figure, Figures, Held, Mode};
use crate::server::{SUPPORT, Server};
use crate::tools::until;

/// The median of the letters in `mail-dev`, for runs without it.
const USUAL: usize = 1_608;
/// Letters of one transaction.
const TOGETHER: usize = 1_000;
const LOOK: Duration = Duration::from_millis(50);
/// How long the inbox is looked at with nothing to read: against that it is held.
const QUIET: Duration = Duration::from_secs(2);
/// Letters of one transaction of the bare engine, as many as the program is sent at once; and how many of those.
const GROUP: usize = 16;
const BARE_GROUPS: usize = 100;
const LONGEST: Duration = Duration::from_secs(1_800);

pub(crate) fn measure(filled: &Filled, floor: &Floor, mode: Mode, figures: &mut Figures) {
    let (size, heap) = (median(), if mode == Mode::Full { 50_000 } else { 2_000 });
    wait_unread(filled, heap, size);
    let logs = filled.folder.parent().expect("a folder in a folder");
    let server = Server::start(&filled.folder, logs, &[]);
    drain(&server, filled, heap, figures);
    cost(&server, floor, mode, size, figures);
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

/// The inbox page of one who looks at it without pause.
struct Looking {
    client: Client,
    cookie: String,
}

impl Looking {
    fn at(server: &Server, filled: &Filled) -> Looking {
        Looking {
            client: Client::connect(server.http, "").expect("the desk answers"),
            cookie: format!("Cookie: __Host-firstline={}\r\n", filled.session),
        }
    }

    /// For so long; what each page took is added.
    fn look(&mut self, longest: Duration, pages: &mut Vec<Duration>) {
        until(longest, || {
            let page = Instant::now();
            let answer = self.client.ask("GET", "/inbox/everyone", &self.cookie, b"");
            assert_eq!(answer.expect("a page").status, 200);
            pages.push(page.elapsed());
            false
        });
    }
}

fn drain(server: &Server, filled: &Filled, heap: usize, figures: &mut Figures) {
    let mut looking = Looking::at(server, filled);
    let (begun, at_first) = (Instant::now(), unread(server));
    assert!(at_first > 0, "control: nothing waits, so nothing can be measured");
    let (mut pages, mut weights) = (Vec::new(), Vec::new());
    let read = until(LONGEST, || {
        looking.look(LOOK, &mut pages);
        let weight = memory_mib(server.pid(), "VmRSS");
        let left = unread(server);
        weights.push((at_first - left, weight));
        left == 0
    });
    assert!(read, "the heap is read");
    #[expect(clippy::cast_precision_loss)]
    let rate = heap as f64 / begun.elapsed().as_secs_f64();
    figures.add(Figure::new("a heap of letters read", "/s", rate).large());
    let mut alone = Vec::new();
    until(QUIET, || {
        looking.look(LOOK, &mut alone);
        false
    });
    let (busy, quiet) = (Times::of(pages).quantile(0.95), Times::of(alone).quantile(0.95));
    let inbox = Figure::new("inbox while it is read, p95", "ms", busy).budget(100.0);
    figures.add(inbox.held(Held::InFull).floor(quiet, 60.0));
    weigh(&weights, at_first, figures);
}

/// Letters read until then, and what the program weighed.
fn weigh(weights: &[(i64, f64)], heap: i64, figures: &mut Figures) {
    let most = |from: i64, to: i64| {
        let within = weights
            .iter()
            .filter(|(read, _)| (heap * from..=heap * to).contains(&(read * 10)));
        within.map(|(_, weight)| *weight).fold(0.0, f64::max)
    };
    let first = |from: i64| weights.iter().find(|(read, _)| read * 10 >= heap * from);
    let all = most(0, 10);
    let mut add =
        |name, value: f64, budget| figures.add(Figure::new(name, "MiB", value).budget(budget).held(Held::Always));
    add("memory while it is read, the most", all, 400.0);
    // Its caches are filled once a tenth is read.
    let early = first(1).map_or(all, |(_, weight)| *weight);
    add("memory grown after a tenth", (all - early).max(0.0), 100.0);
    // Were each letter of a heap of 50,000 kept in memory, this would be twice as much.
    add(
        "memory grown in its second half",
        (most(5, 10) - most(0, 5)).max(0.0),
        32.0,
    );
}

/// Kept, read and filed, with everything that follows from it: all threads of the program, over the letters sent. Beside
/// it what the bare engine takes for the rows of one.
fn cost(server: &Server, floor: &Floor, mode: Mode, size: usize, figures: &mut Figures) {
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
    let group: Vec<Vec<u8>> = (0..GROUP).map(|n| letter("bare", n, size).1).collect();
    let before = processor_ms();
    for _ in 0..BARE_GROUPS {
        floor.letters(&group);
        floor.group(GROUP);
    }
    #[expect(clippy::cast_precision_loss)]
    let bare = (processor_ms() - before) / (GROUP * BARE_GROUPS) as f64;
    let figure = Figure::new("a letter kept and filed, processor", "ms", spent).budget(2.0);
    figures.add(figure.held(Held::InFull).floor(bare, 40.0));
}
