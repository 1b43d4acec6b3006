//! The program under twenty technicians at work, a thousand pages that wait for news, and how soon news reach one.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fill::Filled;
use crate::http::Client;
use crate::measure::{Times, memory_mib, time};
use crate::report::{Figure, Figures, Mode};
use crate::server::Server;
use crate::tools::until;

const TECHNICIANS: usize = 20;
/// Between two clicks of one person: many times faster than people are.
const BREATH: Duration = Duration::from_millis(100);

pub(crate) fn measure(server: &Server, filled: &Filled, mode: Mode, figures: &mut Figures) {
    at_work(server, filled, mode, figures);
    parts(server, filled, figures);
    news(server, filled, figures);
    waiting(server, filled, mode, figures);
}

fn cookie(filled: &Filled) -> String {
    format!("Cookie: __Host-firstline={}\r\n", filled.session)
}

/// Each opens the inbox and a ticket in turn, and writes a note at every fourth.
fn at_work(server: &Server, filled: &Filled, mode: Mode, figures: &mut Figures) {
    let steps = if mode == Mode::Smoke { 10 } else { 100 };
    let (inbox, ticket) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for n in 0..TECHNICIANS {
            let (inbox, ticket) = (&inbox, &ticket);
            scope.spawn(move || {
                let (lists, pages) = technician(server, filled, n, steps).expect("the desk answers");
                inbox.lock().expect("nobody died").extend(lists);
                ticket.lock().expect("nobody died").extend(pages);
            });
        }
    });
    let (inbox, ticket) = (times(inbox), times(ticket));
    figures.add(Figure::new("inbox, 20 at work, p95", "ms", inbox.quantile(0.95)).budget(30.0));
    figures.add(Figure::new("ticket page, 20 at work, p95", "ms", ticket.quantile(0.95)).budget(50.0));
}

fn times(all: Mutex<Vec<Duration>>) -> Times {
    Times::of(all.into_inner().expect("nobody died"))
}

fn technician(server: &Server, filled: &Filled, n: usize, steps: usize) -> io::Result<(Vec<Duration>, Vec<Duration>)> {
    let mut pages = Client::connect(server.http, "")?;
    let mut writes = Client::connect(server.http, &filled.tokens[n % filled.tokens.len()])?;
    let (mut lists, mut tickets) = (Vec::new(), Vec::new());
    for step in 0..steps {
        let number = 1_001 + (n * 7_919 + step * 613) % filled.tickets;
        let mut look = |path: &str| -> io::Result<Duration> {
            until(BREATH, || false);
            let begun = Instant::now();
            let answer = pages.ask("GET", path, &cookie(filled), b"")?;
            assert_eq!(answer.status, 200, "{path}");
            Ok(begun.elapsed())
        };
        lists.push(look("/inbox/everyone")?);
        tickets.push(look(&format!("/tickets/{number}"))?);
        if step % 4 == 0 {
            let key = format!("work{}-{n}-{step}", std::process::id());
            let said = writes.post(
                &format!("/api/firstline/v1/tickets/{number}/notes"),
                &key,
                &json!({"body": "Looked at it."}),
            )?;
            // A ticket that was merged or is closed takes no note.
            assert!(said.status < 500, "{}", said.text());
        }
    }
    Ok((lists, tickets))
}

/// What is asked for while somebody types, and a page of sums.
fn parts(server: &Server, filled: &Filled, figures: &mut Figures) {
    let mut client = Client::connect(server.http, "").expect("the desk answers");
    let mut of = |path: &str| {
        time(200, |_| {
            let answer = client.ask("GET", path, &cookie(filled), b"").expect("a page");
            assert_eq!(answer.status, 200, "{path}");
        })
        .quantile(0.95)
    };
    figures.add(Figure::new("palette, p95", "ms", of("/palette?q=mail")).budget(60.0));
    figures.add(Figure::new("a report of 30 days, p95", "ms", of("/reports/time-to-solve")).budget(50.0));
    let year = "/reports/volume?from=2025-12-01&to=2026-11-30&by=topic";
    figures.add(Figure::new("a report of a year, p95", "ms", of(year)).budget(50.0));
}

/// From the sending of a change to the line on the stream of a page that shows it.
fn news(server: &Server, filled: &Filled, figures: &mut Figures) {
    let mut writes = Client::connect(server.http, &filled.tokens[0]).expect("the desk answers");
    let open = writes
        .post(
            "/api/firstline/v1/tickets",
            &format!("news{}", std::process::id()),
            &json!({"subject": "News", "body": "To be told.", "requester": {"email": "news@bench.example"}}),
        )
        .expect("a ticket");
    let number = open.json()["number"].as_i64().expect("a number");
    let mut stream = Waiting::open(server.http, filled, &format!("ticket:{number}")).expect("a stream");
    let all = (0..40).map(|n| {
        let begun = Instant::now();
        let key = format!("told{}-{n}", std::process::id());
        let said = writes.post(
            &format!("/api/firstline/v1/tickets/{number}/notes"),
            &key,
            &json!({"body": "News."}),
        );
        assert!(said.expect("an answer").status < 300);
        stream.until_line("event: refresh").expect("it is told");
        begun.elapsed()
    });
    let told = Times::of(all.collect());
    figures.add(Figure::new("a change until it is told, p95", "ms", told.quantile(0.95)).budget(150.0));
}

/// Pages that are open and wait, each with its own stream.
fn waiting(server: &Server, filled: &Filled, mode: Mode, figures: &mut Figures) {
    let many = if mode == Mode::Smoke { 100 } else { 1_000 };
    let before = memory_mib(server.pid(), "VmRSS");
    let streams: Vec<Waiting> = (0..many)
        .map(|_| Waiting::open(server.http, filled, "view:mine,team").expect("a stream"))
        .collect();
    let grown = memory_mib(server.pid(), "VmRSS") - before;
    let thousand = grown.max(0.0) * 1_000.0 / many as f64;
    figures.add(Figure::new("1,000 idle streams", "MiB", thousand).budget(100.0));
    drop(streams);
}

/// One open stream of `/live`.
struct Waiting(BufReader<TcpStream>);

impl Waiting {
    fn open(address: SocketAddr, filled: &Filled, topics: &str) -> io::Result<Waiting> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let request = format!(
            "GET /live?topics={topics} HTTP/1.1\r\nHost: localhost\r\n{}\r\n",
            cookie(filled)
        );
        stream.write_all(request.as_bytes())?;
        let mut waiting = Waiting(BufReader::with_capacity(512, stream));
        waiting.until_line(": open")?;
        Ok(waiting)
    }

    fn until_line(&mut self, wanted: &str) -> io::Result<()> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.0.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line.trim_end() == wanted {
                return Ok(());
            }
        }
    }
}
