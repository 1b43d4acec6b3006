//! The real program, from outside: how soon it is ready, what it weighs, how many letters a second it keeps.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::fill::Filled;
use crate::floor::Floor;
use crate::http::Client;
use crate::measure::{Times, memory_mib, time};
use crate::report::{Figure, Figures, Held, Mode};
use crate::server::{SUPPORT, Server};
use crate::smtp;
use crate::tools::until;
use crate::work;

const CONNECTIONS: usize = 16;
const READERS: usize = 8;

pub(crate) fn measure(runtime: &Runtime, filled: &Filled, floor: &Floor, mode: Mode, figures: &mut Figures) {
    let logs = filled.folder.parent().expect("a folder in a folder");
    let start = || Server::start(&filled.folder, logs, &[]);
    let cold: Vec<Duration> = (0..5)
        .map(|_| {
            let server = start();
            let took = server.ready_in;
            server.stop();
            took
        })
        .collect();
    figures.add(Figure::new("cold start to ready", "ms", Times::of(cold).median()).budget(300.0));
    let server = start();
    idle(&server, filled, figures);
    pages(runtime, &server, filled, figures);
    work::measure(&server, filled, mode, figures);
    intake(&server, filled, floor, mode, figures);
    server.stop();
}

/// After everything was opened once and nothing happens any more.
fn idle(server: &Server, filled: &Filled, figures: &mut Figures) {
    // The followers look at the log once a second: two of those.
    until(Duration::from_secs(2), || false);
    figures.add(Figure::new("memory, ready and idle", "MiB", memory_mib(server.pid(), "VmRSS")).budget(150.0));
    let mut client = Client::connect(server.http, "").expect("the desk is ready");
    for path in ["/inbox/everyone", "/tickets/1001", "/search?q=mail+folder"] {
        let cookie = format!("Cookie: __Host-firstline={}\r\n", filled.session);
        assert_eq!(
            client.ask("GET", path, &cookie, b"").expect("a page").status,
            200,
            "{path}"
        );
    }
    figures.add(
        Figure::new(
            "memory, idle after some pages",
            "MiB",
            memory_mib(server.pid(), "VmRSS"),
        )
        .budget(150.0),
    );
}

/// Over loopback, beside the least a web server can do.
fn pages(runtime: &Runtime, server: &Server, filled: &Filled, figures: &mut Figures) {
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let bare = axum::Router::new().route("/", axum::routing::get(|| async { "hello" }));
    let serving = runtime.spawn(async move { axum::serve(listener, bare).await });
    let mut client = Client::connect(address, "").expect("the bare server answers");
    let floor = time(500, |_| client.get("/").expect("hello")).median();
    serving.abort();
    let mut client = Client::connect(server.http, "").expect("the desk answers");
    let cookie = format!("Cookie: __Host-firstline={}\r\n", filled.session);
    let ours = time(500, |_| {
        client.ask("GET", "/inbox/everyone", &cookie, b"").expect("a page")
    })
    .median();
    figures.add(Figure::new("inbox over HTTP, with the network", "ms", ours).floor(floor, 400.0));
    let health = time(500, |_| client.get("/health").expect("alive")).median();
    figures.add(Figure::new("health over HTTP", "ms", health).floor(floor, 20.0));
}

/// Letters over sixteen connections while people read, and what the program weighs then.
fn intake(server: &Server, filled: &Filled, floor: &Floor, mode: Mode, figures: &mut Figures) {
    let each = if mode == Mode::Smoke { 30 } else { 250 };
    let raw: Vec<Vec<u8>> = (0..CONNECTIONS).map(|n| letter(filled, n, n).into_bytes()).collect();
    let bare: Duration = (0..each).map(|_| floor.letters(&raw)).sum();
    let begun = Instant::now();
    send_all(server, filled, each, 0);
    let took = begun.elapsed();
    #[expect(clippy::cast_precision_loss)]
    let rate = |took: Duration| (CONNECTIONS * each) as f64 / took.as_secs_f64();
    let figure = Figure::new("letters kept, 16 connections", "/s", rate(took)).large();
    // A disk that does not keep twice as many of its own does not let us keep so many.
    let allowed = (rate(bare) / 2.0).min(1_000.0);
    figures.add(figure.budget(allowed).held(Held::InFull).floor(rate(bare), 60.0));
    let read = until(Duration::from_secs(300), || unread(server) == 0);
    assert!(read, "every letter is read");
    figures.add(Figure::new("letters kept and filed", "/s", rate(begun.elapsed())).large());

    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for n in 0..READERS {
            let stop = &stop;
            scope.spawn(move || look_around(server, filled, n, stop));
        }
        send_all(server, filled, each, 1);
        stop.store(true, Ordering::Relaxed);
    });
    figures.add(Figure::new("memory under load, the most", "MiB", memory_mib(server.pid(), "VmHWM")).budget(400.0));
    until(Duration::from_secs(300), || unread(server) == 0);
}

fn send_all(server: &Server, filled: &Filled, each: usize, round: usize) {
    send(server, each, &|n| {
        let n = round * CONNECTIONS * each + n;
        let from = format!("counter{}@branch{}.example", n % 5_000, n % 5_000 % 200);
        (from, letter(filled, n, round).into_bytes())
    });
}

/// Sixteen senders at once, each with so many letters, until each letter has its 250; how many that were.
pub(crate) fn send(server: &Server, each: usize, letter: &(dyn Fn(usize) -> (String, Vec<u8>) + Sync)) -> usize {
    std::thread::scope(|scope| {
        for c in 0..CONNECTIONS {
            scope.spawn(move || {
                let mut client = smtp::Client::connect(server.smtp).expect("SMTP greets");
                for n in 0..each {
                    let (from, raw) = letter(c * each + n);
                    let code = client.send(&from, SUPPORT, raw).expect("SMTP answers");
                    assert_eq!(code, 250, "a letter is kept");
                }
            });
        }
    });
    CONNECTIONS * each
}

fn letter(filled: &Filled, n: usize, round: usize) -> String {
    let text = &filled.texts[n * 13 % filled.texts.len()];
    let subject: String = text.title.chars().filter(char::is_ascii).take(120).collect();
    let body = text
        .body
        .replace("\r\n", "\n")
        .replace('\n', "\r\n")
        .replace("\r\n.", "\r\n..");
    let who = n % 5_000;
    let id = std::process::id();
    format!(
        "From: Counter {who} <counter{who}@branch{}.example>\r\nTo: {SUPPORT}\r\nMessage-ID: <b{id}r{round}n{n}@bench.example>\r\n\
         Subject: {}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         {body}\r\n",
        who % 200,
        subject.trim(),
    )
}

fn look_around(server: &Server, filled: &Filled, n: usize, stop: &AtomicBool) {
    let mut client = Client::connect(server.http, "").expect("the desk answers");
    let cookie = format!("Cookie: __Host-firstline={}\r\n", filled.session);
    let mut step = n;
    while !stop.load(Ordering::Relaxed) {
        step += 1;
        let path = match step % 3 {
            0 => "/inbox/everyone".to_string(),
            1 => format!("/tickets/{}", 1_001 + step * 37 % filled.tickets),
            _ => "/search?q=mail+folder".to_string(),
        };
        assert_eq!(
            client.ask("GET", &path, &cookie, b"").expect("a page").status,
            200,
            "{path}"
        );
    }
}

/// Letters kept and not read yet; -1 when that is not known.
pub(crate) fn unread(server: &Server) -> i64 {
    let metrics = Client::connect(server.http, "").and_then(|mut client| client.get("/metrics"));
    let text = metrics.map(|answer| answer.text()).unwrap_or_default();
    let line = text.lines().find_map(|line| {
        line.strip_prefix("firstline_letters_unread")?
            .trim()
            .parse::<f64>()
            .ok()
    });
    #[expect(clippy::cast_possible_truncation)]
    line.map_or(-1, |number| number as i64)
}
